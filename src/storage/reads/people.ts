/** Accounts joined with whoever is behind them. */
import type { IdentityRecord } from '../../messaging/ports.ts'
import type { Rows } from '../generated/catalogue.ts'
import type { RowSource, Where } from '../row-source.ts'

const PLACE = ['id', 'name', 'path', 'level', 'publicPhone'] as const

export async function identitiesWhere(rows: RowSource, where: Where<'ChatIdentity'>): Promise<IdentityRecord[]> {
  const found = await rows.find('ChatIdentity', { where, order: ['channel', 'user'] })
  return Promise.all(found.map((identity) => joined(rows, identity)))
}

async function joined(rows: RowSource, identity: Rows['ChatIdentity']): Promise<IdentityRecord> {
  const [staff, profile, village] = await Promise.all([
    identity.staffId === null ? null : staffOf(rows, identity.staffId),
    identity.profileId === null ? null : profileOf(rows, identity.profileId),
    identity.villageId === null ? null : rows.first('Territory', { columns: PLACE, where: { id: identity.villageId } }),
  ])
  const { id, user, language, mutedAt, asked, revision } = identity
  return {
    id,
    channel: identity.channel as IdentityRecord['channel'],
    user,
    language,
    mutedAt,
    ...(asked !== null && { asked }),
    revision,
    staff,
    profile,
    village,
  }
}

async function staffOf(rows: RowSource, id: string): Promise<IdentityRecord['staff']> {
  const staff = await rows.first('Staff', { columns: ['id', 'name'], where: { id, leftOn: null } })
  if (!staff) return null
  const roles = await rows.find('StaffRole', {
    columns: ['role', 'territoryId'],
    where: { staffId: id },
    order: ['territoryId', 'role'],
  })
  const places = await rows.find('Territory', {
    columns: ['id', 'path'],
    where: { id: { in: roles.map(({ territoryId }) => territoryId) } },
  })
  const paths = new Map(places.map((place) => [place.id, place.path]))
  return { ...staff, scopes: roles.map((role) => ({ ...role, path: paths.get(role.territoryId) ?? '' })) }
}

async function profileOf(rows: RowSource, id: string): Promise<IdentityRecord['profile']> {
  const profile = await rows.first('Profile', {
    columns: ['id', 'name', 'phone', 'territoryId', 'consentVersion', 'revision'],
    where: { id },
  })
  if (!profile) return null
  const place =
    profile.territoryId === null
      ? null
      : await rows.first('Territory', { columns: ['path'], where: { id: profile.territoryId } })
  return { ...profile, territoryPath: place?.path ?? null }
}
