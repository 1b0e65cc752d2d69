/** What is wrong with a flow file, in words. */
import type { Text } from './text.ts'

export interface FlowProblem {
  /** `locales/<language>/flow-check.json` has the sentence. */
  readonly code: string
  readonly params: Readonly<Record<string, string | number>>
}

export function problemReason({ code, params }: FlowProblem, text: Text, language: string): string {
  const reason = params['reason']
  const why = typeof reason === 'string' ? text.say({ key: `flow-check:reasons.${reason}`, params }, language) : ''
  return text.say({ key: `flow-check:${code}`, params: { ...params, why } }, language)
}
