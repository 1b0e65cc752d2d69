import { seal, type Change } from '../../../base/change.ts'
import type { JsonObject } from '../../../base/json.ts'
import { amend } from './amend.ts'
import { readIdNumber } from './id-number.ts'
import type { ImportedMember } from './ports.ts'
import { refused, type ColumnSpec, type RawRow, type Reading, type Verdict } from './row.ts'
import { rowReader, type ReadContext } from './row-reader.ts'
import type { ImportWork } from './work.ts'

export const MEMBER_COLUMNS: readonly ColumnSpec[] = [
  { name: 'household', required: true, text: true },
  { name: 'name', required: true },
  { name: 'id_number', text: true },
  { name: 'birth_date' },
  { name: 'sex' },
  { name: 'relation' },
  { name: 'phone', text: true },
  { name: 'health' },
  { name: 'work_status' },
  { name: 'work_place' },
  { name: 'skills' },
  { name: 'care_flag' },
]

export interface MemberRow {
  /** Key of the household in the source system. */
  readonly household: string
  readonly name: string
  readonly idNumber: string | null
  readonly birthOn: string | null
  readonly sex: string | null
  readonly relation: string | null
  readonly phone: string | null
  readonly health: string | null
  readonly workStatus: string | null
  readonly workPlace: string | null
  readonly skills: string | null
  readonly careFlag: string | null
  readonly extra: JsonObject | null
}

export function readMemberRow(row: RawRow, context: ReadContext): Reading<MemberRow> {
  const reader = rowReader(row, context)
  const household = reader.text('household', 100)
  if (household === null) reader.refuse('household', 'missing')
  const id = idOf(reader)
  const birthOn = reader.day('birth_date', { notAfterToday: true })
  if (id && birthOn !== null && birthOn !== id.birthOn)
    reader.refuse('birth_date', 'birth_mismatch', { value: birthOn })
  if (id && id.birthOn > context.today) reader.refuse('id_number', 'id_birth')
  const sex = reader.word('sex', 'sex')
  if (id && sex !== null && sex !== id.sex) reader.refuse('sex', 'sex_mismatch')
  const open = (column: string, list: 'relation' | 'work_status' | 'health' | 'care_flag' | 'trade') =>
    reader.openWords(column, list).join(' ') || null
  return reader.done({
    household: household?.replace(/^'/, '') ?? '',
    name: reader.name('name'),
    idNumber: id?.number ?? null,
    birthOn: birthOn ?? id?.birthOn ?? null,
    sex: sex ?? id?.sex ?? null,
    relation: open('relation', 'relation'),
    phone: reader.phone('phone', 'any'),
    health: reader.words('health', 'health', HEALTH).join(' ') || null,
    workStatus: open('work_status', 'work_status'),
    workPlace: reader.text('work_place', 100),
    skills: open('skills', 'trade'),
    careFlag: reader.words('care_flag', 'care_flag', CARE_FLAGS).join(' ') || null,
    extra: row.extra,
  })
}

const HEALTH = ['healthy', 'chronic', 'serious', 'disabled']
const CARE_FLAGS = ['left_behind_elder', 'left_behind_child', 'de_facto_unattended_child', 'living_alone']

function idOf(reader: ReturnType<typeof rowReader>) {
  const cell = reader.raw('id_number')
  if (cell === null) return null
  const reading = readIdNumber(cell)
  if (reading.kind === 'fine') return reading
  reader.refuse('id_number', `id_${reading.kind}`)
  return null
}

type Member = { -readonly [Field in keyof ImportedMember]: ImportedMember[Field] }

export interface MemberFacts {
  /** Household id by key. */
  readonly households: ReadonlyMap<string, string>
  /** By identity. */
  readonly members: Map<string, Member>
  /** Household that this very file has put a person (identity) into. */
  readonly placed: Map<string, string>
  /** What follows for visits when a member is new, or something changed that a plan is made from. */
  readonly visitsFollowing: (member: ImportedMember) => readonly Change[]
}

/** The hash of the ID number; without one, household, name and birth date. */
export function memberIdentities(row: MemberRow, householdId: string, fingerprint: ImportWork['fingerprint']) {
  return {
    byId: row.idNumber === null ? null : `id:${fingerprint('idNumber', row.idNumber)}`,
    byName: `${householdId}|${row.name}|${row.birthOn ?? ''}`,
  }
}

export function decideMember(row: MemberRow, facts: MemberFacts, work: ImportWork): Verdict {
  const householdId = facts.households.get(row.household)
  if (householdId === undefined) return refused('household', 'unknown_household', { value: row.household })
  const { byId, byName } = memberIdentities(row, householdId, work.fingerprint)
  const identity = byId ?? byName
  const placed = facts.placed.get(identity)
  if (placed !== undefined && placed !== householdId) return refused('id_number', 'id_twice')
  facts.placed.set(identity, householdId)

  const namesake = facts.members.get(byName)
  const known = facts.members.get(identity) ?? (namesake?.idNumber === null ? namesake : undefined)
  const subject = `${row.name} ${row.household}`
  const { household: _household, ...columns } = row
  if (known) {
    const before = { ...known }
    const set = amend(known, { ...columns, householdId, identity }, ['idNumber', 'phone', 'health'])
    if (!set) return { kind: 'unchanged', subject }
    work.sheet.set('Member', known, set)
    facts.members.delete(before.identity)
    facts.members.set(identity, known)
    if (PLANNED_BY.some((field) => before[field] !== known[field])) work.sheet.extend(facts.visitsFollowing(known))
    return { kind: 'updated', subject }
  }
  const member: Member = { id: work.ids.next(), identity, householdId, ...columns, revision: 0 }
  const sealed = (value: string | null) => (value === null ? null : seal(value))
  work.sheet.insert('Member', member, {
    ...member,
    idNumber: sealed(member.idNumber),
    phone: sealed(member.phone),
    health: sealed(member.health),
  })
  facts.members.set(identity, member)
  work.sheet.extend(facts.visitsFollowing(member))
  return { kind: 'created', subject }
}

/** What visit plans are made from. */
const PLANNED_BY = ['careFlag', 'health', 'householdId'] as const
