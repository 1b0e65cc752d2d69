/** What became of a row, and what a round holds, in words. */
import type { RoundCounts } from '../../domain/comparison/counts.ts'
import type { RoundRecord, RowState } from '../../domain/comparison/ports.ts'
import type { Refusal } from '../../domain/registry/import/row.ts'
import { roundLine } from '../../messaging/commands/release.ts'
import type { Text } from '../../text/text.ts'

export type RowVerdict =
  | { readonly kind: 'created'; readonly state: RowState; readonly name: string }
  | { readonly kind: 'unchanged'; readonly name: string }
  | { readonly kind: 'refused'; readonly refusals: readonly Refusal[] }

interface Words {
  readonly text: Text
  readonly language: string
}

export function lineOf(line: number, verdict: RowVerdict, { text, language }: Words): string {
  const say = (key: string, params: Record<string, string | number>) =>
    text.say({ key, params: { line, ...params } }, language)
  if (verdict.kind === 'refused')
    return verdict.refusals
      .map((refusal) =>
        say('imports:rows.refused', { column: refusal.column, reason: reasonOf(refusal, { text, language }) }),
      )
      .join('\n')
  if (verdict.kind === 'unchanged') return say('imports:rows.unchanged', { subject: verdict.name })
  const state = text.say({ key: `comparison:state.${verdict.state}` }, language)
  return say('imports:rows.created', { subject: [verdict.name, state].filter(Boolean).join(' ') })
}

/** Reasons of comparisons, else those that all imports share. */
export function reasonOf({ reason, params }: Refusal, { text, language }: Words): string {
  const own = `comparison:reasons.${reason}`
  const key = text.has(own, language) ? own : `imports:reasons.${reason}`
  return text.say({ key, ...(params && { params }) }, language)
}

export const roundSentence = (round: RoundRecord, counts: RoundCounts, { text, language }: Words): string =>
  text.say(roundLine(round, counts), language)
