/** `bangfu comparison list|show ROUND`: what departments sent, and how far it is; counts, never a name. */
import { AppError } from '../../base/errors.ts'
import { dateAt } from '../../base/time.ts'
import { countRound } from '../../domain/comparison/counts.ts'
import type { ComparisonReads, RoundRecord } from '../../domain/comparison/ports.ts'
import { roundLine } from '../../messaging/commands/release.ts'
import type { Text } from '../../text/text.ts'

export interface RoundListOptions {
  readonly comparison: ComparisonReads
  readonly text: Text
  readonly language: string
  readonly zone: string
  readonly out: { write(text: string): unknown }
}

/** @returns exit code 0 */
export async function runRoundList(options: RoundListOptions): Promise<0> {
  const rounds = await options.comparison.rounds()
  if (rounds.length === 0)
    options.out.write(`${options.text.say({ key: 'comparison:round.none' }, options.language)}\n`)
  for (const round of rounds) await write(round, options)
  return 0
}

/**
 * @returns exit code 0
 * @throws AppError NOT_FOUND
 */
export async function runRoundShow(name: string, options: RoundListOptions): Promise<0> {
  const rounds = await options.comparison.roundsNamed(name.normalize('NFKC').trim())
  if (rounds.length === 0) throw new AppError('NOT_FOUND', { what: name })
  for (const round of rounds) await write(round, options)
  return 0
}

async function write(round: RoundRecord, { comparison, text, language, zone, out }: RoundListOptions): Promise<void> {
  const say = (key: string, params: Record<string, string> = {}) =>
    text.say({ key: `comparison:round.${key}`, params }, language)
  out.write(`${text.say(roundLine(round, await countRound(comparison, round)), language)}\n`)
  const imported = say('imported', { on: dateAt(round.importedAt, zone) })
  const state =
    round.releasedAt !== null
      ? say('released', { on: dateAt(round.releasedAt, zone) })
      : say(round.releasedById === null ? 'not_released' : 'releasing', { round: round.round })
  out.write(`  ${imported} ${state}\n`)
}
