/** The page's own words. A language is a folder in `locales/`; what it lacks is said in Chinese. */
import { reactive, ref } from 'vue'
import { languages } from 'virtual:languages'
import base from '../../../../locales/zh-CN/web.json'

const BASE = 'zh-CN'
const KEY = 'bangfu.language'
const loaders = import.meta.glob<Partial<typeof base>>(
  ['../../../../locales/*/web.json', '!../../../../locales/zh-CN/web.json'],
  { import: 'default' },
)

export const words = reactive({ ...base })
export const language = ref(BASE)

export const fill = (text: string, params: Record<string, string | number>): string =>
  text.replace(/\$\{(\w+)\}/g, (whole, name: string) => String(params[name] ?? whole))

/** The language that was chosen here before, else the browser's. */
export function wantedLanguage(): string {
  const wanted = [localStorage.getItem(KEY) ?? '', ...navigator.languages]
  for (const one of wanted) {
    const found =
      languages.find(({ code }) => code === one) ??
      languages.find(({ code }) => one !== '' && code.split('-')[0] === one.split('-')[0])
    if (found) return found.code
  }
  return BASE
}

/** Resolves when the page speaks it; a language that can't be fetched leaves the page as it was. */
export async function speak(code: string): Promise<void> {
  const load = Object.entries(loaders).find(([path]) => path.includes(`/locales/${code}/`))?.[1]
  const own = code === BASE || !load ? {} : await load().catch(() => null)
  if (own === null) return
  Object.assign(words, base, own)
  language.value = code
  document.documentElement.lang = code
}

export async function chooseLanguage(code: string): Promise<void> {
  localStorage.setItem(KEY, code)
  await speak(code)
}
