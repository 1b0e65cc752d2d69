import { seal } from '../../../base/change.ts'
import type { JsonObject } from '../../../base/json.ts'
import { amend } from './amend.ts'
import type { PlaceIndex } from './place-index.ts'
import { refused, type ColumnSpec, type RawRow, type Reading, type Verdict } from './row.ts'
import { rowReader, type ReadContext } from './row-reader.ts'
import type { StaffIndex, StaffMember } from './staff-index.ts'
import { namesIn } from './vocabulary.ts'
import type { ImportWork } from './work.ts'

export const STAFF_COLUMNS: readonly ColumnSpec[] = [
  { name: 'name', required: true },
  { name: 'phone', text: true },
  { name: 'role', required: true },
  { name: 'territory', required: true },
  { name: 'channel' },
  { name: 'user', text: true },
  { name: 'position' },
  { name: 'left_on' },
]

export interface StaffRow {
  readonly name: string
  readonly phone: string | null
  readonly roles: readonly string[]
  readonly territory: string
  readonly account: { readonly channel: string; readonly user: string } | null
  readonly position: string | null
  readonly leftOn: string | null
  readonly extra: JsonObject | null
}

export function readStaffRow(row: RawRow, context: ReadContext): Reading<StaffRow> {
  const reader = rowReader(row, context)
  const name = reader.name('name')
  const roles = reader.words('role', 'role', namesIn(context.vocabulary, 'role'))
  if (reader.raw('role') === null) reader.refuse('role', 'missing')
  const territory = reader.text('territory')
  if (territory === null) reader.refuse('territory', 'missing')
  const channel = reader.text('channel', 40)?.toLowerCase() ?? null
  const user = reader.text('user', 200)
  if (channel !== null && !context.channels.includes(channel)) {
    reader.refuse('channel', 'unknown_channel', { value: channel, known: context.channels.join(' ') })
  }
  if (channel !== null && user === null) reader.refuse('user', 'missing_with', { column: 'channel' })
  if (user !== null && channel === null) reader.refuse('channel', 'missing_with', { column: 'user' })
  return reader.done({
    name,
    phone: reader.phone('phone', 'any'),
    roles,
    territory: territory ?? '',
    account: channel !== null && user !== null ? { channel, user } : null,
    position: reader.text('position', 100),
    leftOn: reader.day('left_on'),
    extra: row.extra,
  })
}

export interface StaffFacts {
  readonly places: PlaceIndex
  readonly staff: StaffIndex
}

export function decideStaff(row: StaffRow, { places, staff }: StaffFacts, work: ImportWork): Verdict {
  const place = places.find(row.territory)
  if (!place) return refused('territory', 'unknown_territory', { value: row.territory })
  const found = findMember(row, place.id, staff)
  if (found === 'ambiguous') return refused('name', 'ambiguous_staff', { name: row.name })
  const account = row.account && staff.account(row.account.channel, row.account.user)
  if (account && account.staffId !== null && account.staffId !== found?.id) return refused('user', 'account_taken')

  const subject = `${row.name} ${place.path}`
  const member = found ?? createMember(row, staff, work)
  let changed = false
  if (found) {
    const set = amend(
      member,
      { name: row.name, phone: row.phone, position: row.position, leftOn: row.leftOn, extra: row.extra },
      ['phone'],
    )
    if (set) work.sheet.set('Staff', member, set)
    changed = set !== null
    staff.reindex(member)
  }
  for (const role of row.roles) {
    if (member.roles.some((held) => held.role === role && held.territoryId === place.id)) continue
    member.roles.push({ role, territoryId: place.id })
    work.sheet.add('StaffRole', { id: work.ids.next(), staffId: member.id, role, territoryId: place.id })
    changed = true
  }
  if (found && row.leftOn !== null && row.leftOn <= work.today) work.left?.(member.id)
  if (row.account && bindAccount(row.account, member.id, staff, work)) changed = true
  return { kind: found ? (changed ? 'updated' : 'unchanged') : 'created', subject }
}

/** By phone; else by name among those with a role in this very place, unless they have another phone. */
function findMember(row: StaffRow, territoryId: string, staff: StaffIndex): StaffMember | 'ambiguous' | null {
  if (row.phone !== null) {
    const member = staff.byPhone(row.phone)
    if (member) return member
  }
  const namesakes = staff
    .byName(row.name)
    .filter((member) => member.roles.some((role) => role.territoryId === territoryId))
    .filter((member) => row.phone === null || member.phone === null)
  return namesakes.length > 1 ? 'ambiguous' : (namesakes[0] ?? null)
}

function createMember(row: StaffRow, staff: StaffIndex, work: ImportWork): StaffMember {
  const { name, phone, position, leftOn, extra } = row
  const member: StaffMember = { id: work.ids.next(), name, phone, position, leftOn, extra, revision: 0, roles: [] }
  work.sheet.insert('Staff', member, {
    id: member.id,
    name,
    phone: phone === null ? null : seal(phone),
    position,
    leftOn,
    extra,
    revision: 0,
  })
  staff.add(member)
  return member
}

/** @returns whether anything changed. */
function bindAccount(
  { channel, user }: { channel: string; user: string },
  staffId: string,
  staff: StaffIndex,
  work: ImportWork,
): boolean {
  const known = staff.account(channel, user)
  if (known?.staffId === staffId) return false
  if (known) {
    known.staffId = staffId
    work.sheet.set('ChatIdentity', known, { staffId })
    return true
  }
  const account = { id: work.ids.next(), channel, user, staffId, revision: 0 }
  work.sheet.insert('ChatIdentity', account, {
    ...account,
    profileId: null,
    language: null,
    villageId: null,
    mutedAt: null,
    createdAt: work.at,
  })
  staff.addAccount(account)
  return true
}
