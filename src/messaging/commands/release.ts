/** `下发 第三轮`: a county officer sees what a round holds, and lets it go out. Nothing of a comparison is opened before. */
import type { Change } from '../../base/change.ts'
import { countRound, type RoundCounts } from '../../domain/comparison/counts.ts'
import type { ComparisonReads, RoundRecord } from '../../domain/comparison/ports.ts'
import type { TextRef } from '../../flow/effects.ts'
import type { Text } from '../../text/text.ts'
import { beginRelease, RELEASE_ROLE } from '../comparison/release-round.ts'
import type { CommandContext, CommandHandler, HandlerResult, StaffSpeaker } from '../handlers.ts'
import { formsOf } from './typed.ts'

/** Rounds named when no name is given. */
const MOST_NAMED = 10
const LONGEST = 200

interface Said {
  readonly round: string
  /** What was shown before, when it is confirmed. */
  readonly confirmed: number | 'typed' | null
}

export function releaseCommand({ comparison }: { readonly comparison: ComparisonReads }, text: Text): CommandHandler {
  const words = formsOf(text, 'comparison:commands.release').toSorted((a, b) => b.length - a.length)
  const sure = formsOf(text, 'comparison:commands.sure')
  return async (context) => {
    const { staff } = context.speaker
    if (!staff) return null
    const said = await read(context, words, sure, comparison)
    if (!said) return null
    if (context.group) return says({ key: 'comparison:release.private' })
    if (!isOfficer(staff)) return says({ key: 'comparison:release.officer_only' })
    if (said.round === '') return says(await waitingRounds(comparison))
    const rounds = await comparison.roundsNamed(said.round)
    if (rounds.length === 0) return says({ key: 'comparison:release.unknown', params: { round: said.round } })
    return release(comparison, said, rounds, staff, context)
  }
}

async function read(
  { text, choice }: CommandContext,
  words: readonly string[],
  sure: readonly string[],
  comparison: ComparisonReads,
): Promise<Said | null> {
  if (choice !== null) {
    const tapped = /^release:([0-9a-z]+):(\d+)$/.exec(choice)
    if (!tapped) return null
    const round = (await comparison.rounds()).find(({ id }) => id === tapped[1])
    return round ? { round: round.round, confirmed: Number(tapped[2]) } : null
  }
  if (text.length > LONGEST) return null
  let said = text.normalize('NFKC').replace(/\s+/gu, ' ').trim()
  const before = sure.find((form) => said.startsWith(form) && words.some((word) => after(said, form).startsWith(word)))
  if (before !== undefined) said = after(said, before)
  const word = words.find((form) => said.toLowerCase().startsWith(form))
  if (word === undefined) return null
  let round = after(said, word)
  const behind = sure.find((form) => round !== form && new RegExp(`[ ,，:：]${form}$`, 'u').test(round))
  if (behind !== undefined) round = round.slice(0, -behind.length).replace(/[\s,，:：]+$/u, '')
  return { round, confirmed: before !== undefined || behind !== undefined ? 'typed' : null }
}

const after = (said: string, form: string): string => said.slice(form.length).replace(/^[\s,，:：]+/u, '')

const isOfficer = (staff: StaffSpeaker): boolean => staff.scopes.some(({ role }) => role === RELEASE_ROLE)

async function release(
  comparison: ComparisonReads,
  { round: name, confirmed }: Said,
  rounds: readonly RoundRecord[],
  staff: StaffSpeaker,
  { at }: CommandContext,
): Promise<HandlerResult> {
  const counted = await Promise.all(
    rounds.map(async (round) => ({ round, counts: await countRound(comparison, round) })),
  )
  const waiting = counted.filter(({ round }) => round.releasedAt === null && round.releasedById === null)
  const lines = counted.map(({ round, counts }) => roundLine(round, counts))
  if (waiting.length === 0) {
    const isUnderWay = rounds.some(({ releasedAt }) => releasedAt === null)
    return says({ key: `comparison:release.${isUnderWay ? 'under_way' : 'done'}`, params: { round: name } }, ...lines)
  }
  const open = waiting.reduce((sum, { counts }) => sum + counts.waiting, 0)
  const ask = waiting.reduce((sum, { counts }) => sum + counts.candidates, 0)
  const [first] = waiting
  // What was shown is what is let go: when a file came in since, the counts are shown again.
  if (first && (confirmed === null || (confirmed !== 'typed' && confirmed !== open + ask))) {
    const params = { round: name, open, ask }
    return {
      ...says(...lines),
      say: [
        ...lines.map((text) => ({ text })),
        {
          text: { key: 'comparison:release.ask', params },
          choices: [{ id: `release:${first.round.id}:${open + ask}`, label: { key: 'comparison:release.yes' } }],
          numbered: false,
        },
      ],
    }
  }
  const changes: readonly Change[] = waiting.flatMap(({ round }) => beginRelease(round, staff.id, at))
  return { ...says({ key: 'comparison:release.begun', params: { round: name, open, ask } }), changes }
}

/** Counts of a round in one sentence; no name of anybody. */
export const roundLine = (round: RoundRecord, counts: RoundCounts): TextRef => ({
  key: 'comparison:round.line',
  params: {
    round: round.round,
    source: round.source,
    kind: { key: `risk:cause.${round.kind}` },
    ...counts,
    threshold:
      round.threshold === null
        ? { key: 'comparison:round.no_threshold' }
        : { key: 'comparison:round.threshold', params: { threshold: round.threshold } },
  },
})

async function waitingRounds(comparison: ComparisonReads): Promise<TextRef> {
  const names = (await comparison.rounds()).filter(({ releasedAt }) => releasedAt === null).map(({ round }) => round)
  const some = [...new Set(names)].slice(0, MOST_NAMED)
  return some.length === 0
    ? { key: 'comparison:release.none' }
    : { key: 'comparison:release.which', params: { rounds: some.join('、'), round: some[0] ?? '' } }
}

const says = (...sentences: readonly TextRef[]): HandlerResult => ({
  changes: [],
  say: sentences.map((text) => ({ text })),
  notices: [],
  matter: null,
})
