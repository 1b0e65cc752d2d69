/** The page's own words, in the browser's language. */
import en from '../../../../locales/en/web.json'
import zh from '../../../../locales/zh-CN/web.json'

export const language: string = navigator.language.startsWith('en') ? 'en' : 'zh-CN'

export const words: typeof zh = language === 'en' ? { ...zh, ...en } : zh

export const fill = (text: string, params: Record<string, string | number>): string =>
  text.replace(/\$\{(\w+)\}/g, (whole, name: string) => String(params[name] ?? whole))

document.documentElement.lang = language
