/** Staff as people name them: by phone, by name, or by a name with a place before it. */
import type { PlainDate } from '../../base/time.ts'
import { readPhone } from './import/phone-cell.ts'
import type { RegistryReads, StaffRecord } from './ports.ts'

export interface CalledStaff {
  readonly id: string
  readonly name: string
  readonly leftOn: PlainDate | null
  /** Where each role is held, by path. */
  readonly roles: readonly { readonly role: string; readonly territoryId: string; readonly path: string }[]
}

/** @returns everybody who may be meant, those who left included; by id */
export async function staffCalled(reads: RegistryReads, said: string): Promise<readonly CalledStaff[]> {
  const text = said.normalize('NFKC').trim()
  const phone = readPhone(text, 'any')
  if (phone.kind === 'fine') return withRoles(reads, await reads.staffWithPhone(phone.phone))
  const name = /\p{Script=Han}/u.test(text) ? text.replace(/\s/g, '') : text
  const named = await reads.staffNamed(name)
  if (named.length > 0 || name === '') return withRoles(reads, named)
  return withPlace(reads, name)
}

/** Characters of a Chinese name. */
const NAME_LENGTHS = [4, 3, 2]

async function withPlace(reads: RegistryReads, text: string): Promise<readonly CalledStaff[]> {
  for (const length of NAME_LENGTHS) {
    const place = text.slice(0, -length).replace(/[的/]$/, '')
    if (place === '') continue
    const found = await withRoles(reads, await reads.staffNamed(text.slice(-length)))
    for (const isMeant of [isAt, isIn]) {
      const near = found.filter(({ roles }) => roles.some(({ path }) => isMeant(path, place)))
      if (near.length > 0) return near
    }
  }
  return []
}

/** The end of the path, with or without the last character: 阳孟 is 阳孟村. */
const isAt = (path: string, place: string): boolean =>
  path === place || [path, path.slice(0, -1)].some((end) => end.endsWith(`/${place}`))

/** Somewhere below it. */
const isIn = (path: string, place: string): boolean =>
  path.split('/').some((name) => name === place || name.slice(0, -1) === place)

async function withRoles(reads: RegistryReads, staff: readonly StaffRecord[]): Promise<readonly CalledStaff[]> {
  const roles = await reads.rolesOf(staff.map(({ id }) => id))
  const places = await reads.territories([...new Set(roles.map(({ territoryId }) => territoryId))])
  const paths = new Map(places.map(({ id, path }) => [id, path]))
  return staff.map(({ id, name, leftOn }) => ({
    id,
    name,
    leftOn,
    roles: roles
      .filter(({ staffId }) => staffId === id)
      .map(({ role, territoryId }) => ({ role, territoryId, path: paths.get(territoryId) ?? '' })),
  }))
}
