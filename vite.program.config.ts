/**
 * The program as few files: a start reads these and not seven hundred modules, which takes a fifth less time. What has its
 * own native or generated parts stays in node_modules.
 */
import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vite'

/** Pure JavaScript that every start needs. */
const TAKEN_IN = ['commander', 'cron-parser', 'i18next', 'luxon', 're2js', 'yaml', 'zod']

export default defineConfig({
  root: fileURLToPath(new URL('.', import.meta.url)),
  publicDir: false,
  build: {
    ssr: 'src/cli/main.ts',
    outDir: 'dist/program',
    emptyOutDir: true,
    target: 'node20',
    sourcemap: true,
    rollupOptions: { output: { entryFileNames: 'main.js', chunkFileNames: '[name]-[hash].js' } },
  },
  ssr: { target: 'node', noExternal: TAKEN_IN },
})
