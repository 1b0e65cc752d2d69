/** 帮我催一催: once a day to whoever has the matter; soon again, and one level up hears of it too. */
import { DAY, dateAt } from '../../base/time.ts'
import { aboveOf } from '../../domain/cases/complaints.ts'
import type { CaseRecord } from '../../domain/cases/ports.ts'
import { event } from '../../domain/cases/report.ts'
import type { ToldPolicy } from '../../domain/cases/told.ts'
import { readChain } from '../../domain/registry/responsible.ts'
import type { Casework } from '../casework.ts'
import type { HandlerResult, Say, SubmitContext } from '../handlers.ts'
import type { HandlerReads } from '../ports.ts'
import { actorOf } from '../submit/case.ts'
import { markOf, noticesTo, saysOf } from './matter-notices.ts'

/** Name of the timeline entry. */
export const URGED = 'urged'

export interface UrgeParts {
  readonly casework: Casework
  readonly reads: Pick<HandlerReads, 'lastEvent'>
  readonly told: ToldPolicy
}

/** What is said is what happens: to whom it goes, when, or why it goes to nobody. */
export async function urgeMatter(
  { casework, reads, told }: UrgeParts,
  matter: CaseRecord,
  { at, zone, ids, speaker }: Pick<SubmitContext, 'at' | 'zone' | 'ids' | 'speaker'>,
): Promise<HandlerResult> {
  const { registry, watching } = casework
  if (matter.closedAt !== null) return saysOf({ key: 'people:urge.closed' }, matter)
  const [staff] = matter.assigneeId === null ? [] : await registry.staff([matter.assigneeId])
  const params = { name: staff?.name ?? '' }
  const last = await reads.lastEvent(matter.id, URGED)
  const on = dateAt(at, zone)
  if (last !== null && dateAt(last, zone) === on)
    return saysOf({ key: staff ? 'people:urge.already' : 'people:urge.already_nobody', params }, matter)
  const leave = watching.mayLeave('case_new', at)
  const isLater = leave > at
  const isAgain = last !== null && at - last <= told.urge.upWithinDays * DAY
  const chain = isAgain ? await readChain(registry, matter.territoryId) : null
  const above = chain && aboveOf(chain, matter.assigneeId, 'dk', on).hearerId
  const [lead] = above ? await registry.staff([above]) : []
  const key = `people:urge.${!staff ? 'nobody' : isLater ? 'later' : 'told'}`
  const up: readonly Say[] = lead
    ? [{ text: { key: `told:urge.${isLater ? 'up_later' : 'up'}`, params: { name: lead.name } } }]
    : []
  const raised = { number: matter.number, days: told.urge.upWithinDays }
  return {
    changes: [event(ids, matter.id, at, actorOf(speaker), URGED, lead?.id ?? null)],
    say: [{ text: { key, params } }, ...up],
    matter: markOf(matter),
    notices: [
      ...noticesTo(matter.assigneeId, matter, { key: 'cases:staff.urge', params: { number: matter.number } }, leave),
      ...noticesTo(lead?.id ?? null, matter, { key: 'told:urge.staff_up', params: raised }, leave),
    ],
  }
}
