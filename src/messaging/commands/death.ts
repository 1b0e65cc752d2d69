/** 去世 张国强, and 记错了 the same day. In private only; who it is in a household of several is asked. */
import { normalise, unspaced } from '../../flow/answers/normalise.ts'
import type { MemberRecord } from '../../domain/measures/ports.ts'
import type { HouseholdRecord } from '../../domain/registry/ports.ts'
import type { Choice } from '../../flow/effects.ts'
import type { Text } from '../../text/text.ts'
import { recordDeath, takeBackDeath, type Died } from '../cases/record-death.ts'
import { DIED_TAP, diedOf, HEAD, livingIn, whoDied } from '../cases/who-died.ts'
import type { Casework } from '../casework.ts'
import type { CommandContext, CommandHandler, HandlerResult, StaffSpeaker } from '../handlers.ts'
import type { PickerReads } from '../ports.ts'
import { covers } from '../scope.ts'
import { answered } from './matter-for-staff.ts'
import { formsOf } from './typed.ts'

/** People of one name that are looked through. */
const MOST = 20
const LONGEST_NAME = 20

export interface DeathParts {
  readonly casework: Casework
  readonly pickers: Pick<PickerReads, 'householdsNamed' | 'householdsHelpedBy' | 'within'>
  readonly text: Text
}

export function deathCommand(parts: DeathParts): CommandHandler {
  const words = formsOf(parts.text, 'referrals:commands.died').toSorted((a, b) => b.length - a.length)
  const undo = new Set(formsOf(parts.text, 'referrals:commands.undo').map(unspaced))
  const own = new Set(formsOf(parts.text, 'referrals:commands.self'))
  return async (context) => {
    const { staff } = context.speaker
    if (!staff) return null
    if (context.choice !== null) {
      if (!context.choice.startsWith(DIED_TAP)) return null
      return context.group ? answered('measures:private') : tapped(parts, staff, context.choice, context)
    }
    if (!context.group && undo.has(unspaced(normalise(context.text))))
      return takeBackDeath(parts.casework, staff, context)
    const said = read(context.text, words)
    if (!said) return null
    const found = await findNamed(parts, staff, said.name)
    if (context.group) return said.isCommand || found.length > 0 ? answered('measures:private') : null
    const [only] = found
    if (!only) return said.isCommand ? answered('visits:not_found', { name: said.name }) : null
    if (found.length > 1) return several(parts, found, said.name)
    if (only.member) return recordDeath(parts.casework, memberDied(only.household, only.member), staff, context)
    return ofHousehold(parts, only.household, said.who, own, staff, context)
  }
}

interface Said {
  readonly name: string
  /** Who of the household. */
  readonly who: string | null
  /** The word came first: nothing else can have been meant. */
  readonly isCommand: boolean
}

function read(text: string, words: readonly string[]): Said | null {
  const plain = text
    .normalize('NFKC')
    .replace(/\s+/gu, ' ')
    .trim()
    .replace(/[。.!！]+$/u, '')
  const lower = plain.toLowerCase()
  const first = words.find((word) => lower.startsWith(word))
  const last = first === undefined ? words.find((word) => lower.endsWith(word)) : undefined
  const rest =
    first !== undefined ? plain.slice(first.length) : last !== undefined ? plain.slice(0, -last.length) : null
  const [name = '', ...who] = (rest ?? '').split(/[\s,，:：]+/u).filter((part) => part !== '')
  if (rest === null || name === '' || name.length > LONGEST_NAME || who.join(' ').length > LONGEST_NAME) return null
  if (first === undefined && who.length > 0) return null
  return { name, who: who.length > 0 ? who.join(' ') : null, isCommand: first !== undefined }
}

interface Named {
  readonly household: HouseholdRecord
  readonly member: MemberRecord | null
}

/** Households of that head and members of that name, within the scope, the living only. */
async function findNamed(
  { casework, pickers }: DeathParts,
  staff: StaffSpeaker,
  name: string,
): Promise<readonly Named[]> {
  const scopes = await Promise.all(staff.scopes.map(({ territoryId }) => pickers.within(territoryId)))
  const [inScope, helped, members] = await Promise.all([
    pickers.householdsNamed([name], [...new Set(scopes.flat())], MOST),
    pickers.householdsHelpedBy(staff.id, 500),
    casework.deaths.membersNamed(name, MOST),
  ])
  const headed = new Set([...inScope, ...helped.filter(({ head }) => head === name)].map(({ id }) => id))
  const others = members.filter((member) => member.diedOn === null && !headed.has(member.householdId))
  const ids = [...new Set([...headed, ...others.map(({ householdId }) => householdId)])]
  const households = await mayActFor(casework, staff, await casework.registry.households(ids))
  const living: Named[] = []
  for (const household of households) {
    if (headed.has(household.id)) {
      if (!(await isEmpty(casework, household))) living.push({ household, member: null })
      continue
    }
    living.push(
      ...others.filter(({ householdId }) => householdId === household.id).map((member) => ({ household, member })),
    )
  }
  return living
}

async function mayActFor(
  { registry }: Casework,
  staff: StaffSpeaker,
  households: readonly HouseholdRecord[],
): Promise<readonly HouseholdRecord[]> {
  const places = await registry.territories([...new Set(households.map(({ territoryId }) => territoryId))])
  const paths = new Map(places.map(({ id, path }) => [id, path]))
  return households.filter(
    ({ helperId, territoryId }) => helperId === staff.id || covers(staff, paths.get(territoryId) ?? ''),
  )
}

const isEmpty = async ({ deaths }: Casework, { id }: HouseholdRecord): Promise<boolean> =>
  ((await deaths.householdState(id))?.closedOn ?? null) !== null

async function several({ casework }: DeathParts, found: readonly Named[], name: string): Promise<HandlerResult> {
  const places = await casework.registry.territories(found.map(({ household }) => household.territoryId))
  const choices = found.map(({ household, member }): Choice => ({
    id: `${DIED_TAP}${household.id}:${member?.id ?? ''}`,
    label: {
      key: 'visits:household_choice',
      params: {
        head: household.head,
        place: places.find(({ id }) => id === household.territoryId)?.name ?? '',
        size: household.size,
      },
    },
  }))
  return {
    changes: [],
    say: [{ text: { key: 'visits:several', params: { name } }, choices, numbered: true }],
    notices: [],
    matter: null,
  }
}

const memberDied = (household: HouseholdRecord, member: MemberRecord): Died => ({
  household,
  member,
  name: member.name,
  relation: member.relation,
})

/** @param who place in the list, a name, or the word for the head; null when nobody was named */
async function ofHousehold(
  { casework }: DeathParts,
  household: HouseholdRecord,
  who: string | null,
  own: ReadonlySet<string>,
  staff: StaffSpeaker,
  context: CommandContext,
): Promise<HandlerResult> {
  const living = await livingIn(casework, household)
  const [first] = living
  if (who === null) {
    if (household.size <= 1 && first) return recordDeath(casework, diedOf(household, first), staff, context)
    return { changes: [], say: [await whoDied(casework, household)], notices: [], matter: null }
  }
  const said = normalise(who)
  const chosen = own.has(said)
    ? living.find(({ isHead }) => isHead)
    : (living[Number(said) - 1] ?? living.find(({ name }) => name === who))
  if (chosen) return recordDeath(casework, diedOf(household, chosen), staff, context)
  // The roster names nobody but the head: whoever it is, is written down.
  const isNamed = living.some(({ isHead }) => !isHead)
  if (!isNamed && household.size > 1 && !/\d/.test(said))
    return recordDeath(casework, { household, member: null, name: who, relation: null }, staff, context)
  return { changes: [], say: [await whoDied(casework, household)], notices: [], matter: null }
}

/** What is tapped a second time has happened already. */
async function tapped(
  { casework }: DeathParts,
  staff: StaffSpeaker,
  choice: string,
  context: CommandContext,
): Promise<HandlerResult> {
  const [householdId = '', memberId = ''] = choice.slice(DIED_TAP.length).split(':')
  const [household] = await mayActFor(casework, staff, await casework.registry.households([householdId]))
  if (!household || (await isEmpty(casework, household))) return answered('visits:outside')
  const living = await livingIn(casework, household)
  const [first] = living
  if (memberId === '') {
    if (household.size <= 1 && first) return recordDeath(casework, diedOf(household, first), staff, context)
    return { changes: [], say: [await whoDied(casework, household)], notices: [], matter: null }
  }
  const chosen = living.find(({ member, isHead }) => (memberId === HEAD ? isHead : member?.id === memberId))
  if (!chosen) return answered('referrals:death.already')
  return recordDeath(casework, diedOf(household, chosen), staff, context)
}
