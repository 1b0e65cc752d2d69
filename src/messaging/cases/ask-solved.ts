/** Some days after the end the villager is asked once whether it was solved. The message is written now and looked at again before it leaves. */
import { DAY, instant } from '../../base/time.ts'
import { afterQuiet } from '../../domain/calendar/quiet-hours.ts'
import { hasDied } from '../../domain/cases/death.ts'
import { REOPENED } from '../../domain/cases/past.ts'
import { event } from '../../domain/cases/report.ts'
import type { Choice } from '../../flow/effects.ts'
import type { Casework } from '../casework.ts'
import type { HandlerReads } from '../ports.ts'
import type { StageHook } from '../stage-hooks.ts'
import { reachOf, type ReachParts } from './reach.ts'

/** Name of the timeline entry that says that the question is planned. */
export const ASKED_SOLVED = 'asked_solved'

/** What a tap carries: `solved:26112200012:no`. */
export const SOLVED_TAP = 'solved:'

export const solvedChoices = (number: string): readonly Choice[] =>
  (['yes', 'no'] as const).map((answer) => ({
    id: `${SOLVED_TAP}${number}:${answer}`,
    label: { key: `told:solved.${answer}` },
  }))

export interface AskSolvedParts extends ReachParts {
  readonly casework: Pick<Casework, 'progress'>
  readonly reads: ReachParts['reads'] & Pick<HandlerReads, 'lastEvent' | 'lastFeedback'>
}

export const askSolvedOnMove =
  (parts: AskSolvedParts): StageHook =>
  async ({ after, by, at, zone, ids }) => {
    const { told, reads, casework } = parts
    const { number, kind, stage } = after
    const nothing = { changes: [], notices: [] }
    // Whoever says oneself that it is solved has been asked.
    if (!told.satisfaction.stages.includes(stage) || by.kind === 'villager') return nothing
    const [asked, reopened, answered] = await Promise.all([
      reads.lastEvent(after.id, ASKED_SOLVED),
      reads.lastEvent(after.id, REOPENED),
      reads.lastFeedback(after.id),
    ])
    const since = reopened ?? 0
    const wait = told.satisfaction.afterDays * DAY
    // An earlier question that has not left yet is withdrawn, because the matter has gone on.
    if (asked !== null && asked >= since && at - asked >= wait) return nothing
    if (answered !== null && answered >= since) return nothing
    if (hasDied(await casework.progress.timeline(after.id))) return nothing
    const leave = afterQuiet(instant(at + wait), told.quiet, zone)
    const reach = await reachOf(parts, after, leave)
    // A window that is shut by then may be opened again meanwhile: it is looked at before the message leaves.
    const identityId = reach.call === 'window' ? after.identityId : reach.identityId
    if (identityId === null) return nothing
    return {
      changes: [event(ids, after.id, at, { kind: 'system', id: null }, ASKED_SOLVED, stage)],
      notices: [
        {
          to: { kind: 'identity', identityId },
          say: [
            { text: { key: 'told:solved.ask', params: { number } }, choices: solvedChoices(number), numbered: false },
          ],
          matter: { number, kind, stage },
          reminder: null,
          notBefore: leave,
          about: 'solved',
        },
      ],
    }
  }
