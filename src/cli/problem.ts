/** A problem in one clear line: the code, and what the person at the keyboard can do. */
import { join } from 'node:path'
import { AppError } from '../base/errors.ts'
import type { Json } from '../base/json.ts'
import { PACKAGE_ROOT } from '../config.ts'
import { loadText, type Text } from '../text/text.ts'
import { readResources } from './definitions.ts'

/** The words that ship with the program: a wrong setting may be the folder of the locales itself. */
export const shippedText = (): Text =>
  loadText({ resources: readResources(join(PACKAGE_ROOT, 'locales')), defaultLocale: 'zh-CN' })

export function reportProblem(error: unknown, text: Text = shippedText(), language = 'zh-CN'): string {
  if (!(error instanceof AppError))
    return `INTERNAL: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`
  return `${error.code}: ${explain(error, text, language)}`
}

/** The sentence of `errors.json` with the details put in; without a sentence, the details alone. */
export function explain(error: AppError, text: Text, language: string): string {
  const key = `errors:${error.code}`
  if (!text.has(key, language)) return JSON.stringify(error.details)
  return text.say(
    { key, params: Object.fromEntries(Object.entries(error.details).map(([name, value]) => [name, shown(value)])) },
    language,
  )
}

const shown = (value: Json): string | number =>
  typeof value === 'number' || typeof value === 'string' ? value : JSON.stringify(value)
