/** Made by `vite.config.ts` from the folders of `locales/`. */
declare module 'virtual:languages' {
  export const languages: readonly { readonly code: string; readonly name: string }[]
}
