import { evalLine } from '../../../src/cli/flow/eval.ts'
import { seededRandom } from '../../../src/base/random.ts'
import { instant } from '../../../src/base/time.ts'

/** 2026-11-23 is a Monday. */
export const NOW = '2026-11-23T09:00:00+08:00'

export type Request = Record<string, unknown>

/** What `flow eval` answers: the value, or `reason@position` of a refusal. */
export function evaluate(expr: string, request: Request = {}): unknown {
  const answer = ask(expr, request)
  if (!('error' in answer)) return answer['value']
  if (answer['error'] !== 'EXPRESSION_INVALID') return `${String(answer['error'])} ${String(answer['message'])}`
  return String(answer['message']).split(',')[0]?.replace(' at ', '@')
}

export function ask(expr: string, request: Request = {}): Record<string, unknown> {
  const line = JSON.stringify({ id: 'x', now: NOW, tz: 'Asia/Shanghai', ...request, expr })
  return evalLine(line, { now: instant(0), zone: 'Asia/Shanghai', random: seededRandom(7) })
}
