/** The `case:` of a flow file as it stands there, for what must be known before the flow is finished: expressions are not worked out. */
import type { JsonObject } from '../../base/json.ts'

/** `'hardship'` → hardship; null for everything that is no constant. */
export const constantIn = (settings: JsonObject, name: string): string | null => matched(/^'(\w+)'$/, settings, name)

/** `${person}` → the answer to person, where it has been given. */
export function answerIn(settings: JsonObject, name: string, answers: Readonly<Record<string, string>>): string | null {
  const question = matched(/^\$\{(\w+)\}$/, settings, name)
  return question === null ? null : (answers[question] ?? null)
}

function matched(pattern: RegExp, settings: JsonObject, name: string): string | null {
  const written = settings[name]
  return typeof written === 'string' ? (pattern.exec(written.trim())?.[1] ?? null) : null
}
