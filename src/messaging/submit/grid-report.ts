/** What a grid worker reports: a lead for each household; nothing new is one reply and no record of somebody's zeal. */
import { seal, type Change } from '../../base/change.ts'
import type { Urgency } from '../../domain/cases/ports.ts'
import { event } from '../../domain/cases/report.ts'
import type { HouseholdRecord } from '../../domain/registry/ports.ts'
import type { StoredAnswer, TextRef } from '../../flow/effects.ts'
import type { Casework } from '../casework.ts'
import type { MatterMark } from '../channel.ts'
import type { HandlerResult, Notice, StaffSpeaker, SubmitContext, SubmitHandler } from '../handlers.ts'
import type { Opening } from '../parts.ts'
import { reportCase } from '../report-case.ts'
import { covers } from '../scope.ts'
import { numberOf, textOf } from './answer-text.ts'

/** How many grids the speaker answers for; a single one is known and not asked. */
export const gridOpening =
  ({ registry }: Pick<Casework, 'registry'>): Opening =>
  async ({ staff }) => {
    const scopes = await Promise.all((staff?.scopes ?? []).map(({ territoryId }) => registry.within(territoryId)))
    const ids = [...new Set(scopes.flat())].slice(0, MOST_PLACES)
    const grids = (await registry.territories(ids)).filter(({ level }) => level === 'grid')
    const [only] = grids
    const grid: Record<string, string> = only && grids.length === 1 ? { grid: only.path } : {}
    return { given: { grids: String(grids.length), ...grid } }
  }

/** Whoever answers for more places than this works in no grid. */
const MOST_PLACES = 500

const RANK: Readonly<Record<Urgency, number>> = { normal: 0, urgent: 1, danger: 2 }

interface Item {
  readonly household: string
  readonly name: string
  readonly matters: readonly string[]
  readonly urgency: Urgency
}

interface Lead {
  readonly changes: readonly Change[]
  readonly notices: readonly Notice[]
  readonly matter: MatterMark
  readonly name: string
}

export const submitGridReport =
  (casework: Casework): SubmitHandler =>
  async (context) => {
    const { submission, speaker, territoryId } = context
    const { staff } = speaker
    if (!staff) return says({ key: 'visits:staff_only' })
    if (textOf(submission.answers, 'has_new') !== 'yes') return says({ key: 'visits:grid.nothing' })
    const leads: Lead[] = []
    const outside: string[] = []
    for (const item of itemsOf(submission.answers['items'])) {
      const [household = null] = item.household === '' ? [] : await casework.registry.households([item.household])
      if (household && !(await answersFor(casework, staff, household))) outside.push(household.head)
      else if (household || territoryId !== null) leads.push(await leadOf(casework, item, household, staff, context))
    }
    const handled = numberOf(submission.answers, 'handled') ?? 0
    return {
      changes: leads.flatMap(({ changes }) => changes),
      say: [
        { text: { key: 'visits:grid.reported', params: { count: leads.length, handled } } },
        ...leads.map(({ matter, name }) => ({
          text: { key: 'visits:grid.line', params: { number: matter.number, name } },
        })),
        ...(outside.length > 0 ? [{ text: { key: 'visits:outside' } }] : []),
      ],
      notices: leads.flatMap(({ notices }) => notices),
      matter: leads[0]?.matter ?? null,
    }
  }

const says = (text: TextRef): HandlerResult => ({ changes: [], say: [{ text }], notices: [], matter: null })

/** One household said twice is one item, as pressing as the more pressing of the two. */
function itemsOf(answer: StoredAnswer | undefined): readonly Item[] {
  const items = new Map<string, Item>()
  for (const one of typeof answer === 'string' || answer === undefined ? [] : answer) {
    const household = textOf(one, 'household')
    const name = textOf(one, 'name')
    const said = textOf(one, 'urgency')
    const urgency: Urgency = said === 'danger' || said === 'urgent' ? said : 'normal'
    const key = household || name
    const before = items.get(key)
    items.set(key, {
      household,
      name,
      matters: [...(before?.matters ?? []), textOf(one, 'matter')],
      urgency: before && RANK[before.urgency] > RANK[urgency] ? before.urgency : urgency,
    })
  }
  return [...items.values()]
}

async function answersFor({ registry }: Casework, staff: StaffSpeaker, household: HouseholdRecord): Promise<boolean> {
  if (household.helperId === staff.id) return true
  const [place] = await registry.territories([household.territoryId])
  return place !== undefined && covers(staff, place.path)
}

/** A household of the roster has one open lead; somebody who is not in it is known by the name that was given. */
async function leadOf(
  casework: Casework,
  item: Item,
  household: HouseholdRecord | null,
  staff: StaffSpeaker,
  { speaker, submissionId, territoryId, at, zone, ids }: SubmitContext,
): Promise<Lead> {
  const name = household?.head ?? item.name
  const actor = { kind: 'staff', id: staff.id } as const
  const { decision, notices } = await reportCase(
    casework,
    {
      kind: 'hardship',
      urgency: item.urgency,
      source: 'cadre',
      territoryId: household?.territoryId ?? (territoryId as string),
      identityId: household ? null : speaker.identityId,
      profileId: null,
      householdId: household?.id ?? null,
      personName: name,
      submissionId,
      alarm: null,
      actor,
    },
    {
      name,
      phone: household?.phone ?? null,
      causes: shown(item.matters),
      what: { key: `cases:staff.${item.urgency === 'danger' ? 'what_now' : 'what_urgent'}` },
    },
    at,
    zone,
    ids,
  )
  const { number, kind, stage, id } = decision.matter
  const found = item.matters.map((matter) => event(ids, id, at, actor, 'found', seal(matter)))
  return {
    changes: [...decision.changes, ...found],
    // Whoever found it knows of it.
    notices: notices.filter((notice) => notice.to.kind !== 'staff' || notice.to.staffId !== staff.id),
    matter: { number, kind, stage },
    name,
  }
}

function shown(matters: readonly string[]): TextRef {
  const [first = '', ...rest] = matters
  const one: TextRef = first.startsWith('voice:') ? { key: 'flow:review.voice' } : { literal: first }
  return rest.length === 0 ? one : { key: 'cases:staff.told_and', params: { first: one, rest: shown(rest) } }
}
