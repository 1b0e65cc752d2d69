/** The staff an import knows, found by phone, by name and by place. */
import type { ImportedIdentity, ImportedStaff } from './ports.ts'
import type { PlaceIndex } from './place-index.ts'

export type StaffMember = Omit<{ -readonly [Field in keyof ImportedStaff]: ImportedStaff[Field] }, 'roles'> & {
  roles: { readonly role: string; readonly territoryId: string }[]
}

export type Account = { -readonly [Field in keyof ImportedIdentity]: ImportedIdentity[Field] }

export interface StaffIndex {
  byPhone(phone: string): StaffMember | undefined
  byName(name: string): readonly StaffMember[]
  byId(id: string): StaffMember | undefined
  account(channel: string, user: string): Account | undefined
  add(member: StaffMember): void
  addAccount(account: Account): void
  /** After a phone or name changed. */
  reindex(member: StaffMember): void
}

export function staffIndex(staff: readonly ImportedStaff[], accounts: readonly ImportedIdentity[]): StaffIndex {
  const phones = new Map<string, StaffMember>()
  const names = new Map<string, StaffMember[]>()
  const ids = new Map<string, StaffMember>()
  const known = new Map<string, Account>()
  const reindex = (member: StaffMember) => {
    ids.set(member.id, member)
    if (member.phone !== null) phones.set(member.phone, member)
    const others = names.get(member.name) ?? []
    if (!others.includes(member)) names.set(member.name, [...others, member])
  }
  for (const member of staff) reindex({ ...member, roles: [...member.roles] })
  for (const account of accounts) known.set(`${account.channel} ${account.user}`, { ...account })
  return {
    byPhone: (phone) => phones.get(phone),
    byId: (id) => ids.get(id),
    byName: (name) => (names.get(name) ?? []).filter((member) => member.name === name),
    account: (channel, user) => known.get(`${channel} ${user}`),
    add: reindex,
    addAccount: (account) => void known.set(`${account.channel} ${account.user}`, account),
    reindex,
  }
}

/** Whether one of the roles is held in the place or in one that it lies in. */
export function isInScope(member: StaffMember, territoryId: string, places: PlaceIndex): boolean {
  const lineage = new Set(places.lineage(territoryId).map((place) => place.id))
  return member.roles.some((role) => lineage.has(role.territoryId))
}
