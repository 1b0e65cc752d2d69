/** Accounts joined with whoever is behind them. */
import type { PlainDate } from '../../base/time.ts'
import type { IdentityRecord } from '../../messaging/ports.ts'
import type { Rows } from '../generated/catalogue.ts'
import type { RowSource, Where } from '../row-source.ts'

const PLACE = ['id', 'name', 'path', 'level', 'publicPhone'] as const

/** @param on the day: whoever leaves later is still there; without it whoever has any last day counts as gone */
export async function identitiesWhere(
  rows: RowSource,
  where: Where<'ChatIdentity'>,
  on?: PlainDate,
): Promise<IdentityRecord[]> {
  const found = await rows.find('ChatIdentity', { where, order: ['channel', 'user'] })
  return Promise.all(found.map((identity) => joined(rows, identity, on)))
}

async function joined(rows: RowSource, identity: Rows['ChatIdentity'], on?: PlainDate): Promise<IdentityRecord> {
  const firstId = firstIdOf(identity)
  const [staff, speakers, village, first] = await Promise.all([
    identity.staffId === null ? null : staffOf(rows, identity.staffId, on),
    speakersOf(rows, identity),
    identity.villageId === null ? null : rows.first('Territory', { columns: PLACE, where: { id: identity.villageId } }),
    firstId === null
      ? null
      : rows.first('ChatIdentity', { columns: ['id', 'mutedAt', 'revision'], where: { id: firstId } }),
  ])
  const { id, user, language, asked, speakerAt, waiting, revision } = identity
  return {
    id,
    channel: identity.channel as IdentityRecord['channel'],
    user,
    language,
    mutedAt: first ? first.mutedAt : identity.mutedAt,
    ...(first && { sameAs: { id: first.id, revision: first.revision } }),
    ...(asked !== null && { asked }),
    revision,
    staff,
    profile: speakers.find((one) => one.id === identity.profileId) ?? null,
    speakers,
    speakerAt,
    waiting,
    village,
  }
}

/** An account of one of the staff is no villager's, whatever it was before. */
const firstIdOf = ({ staffId, sameAsId }: Rows['ChatIdentity']): string | null => (staffId === null ? sameAsId : null)

export async function staffOf(rows: RowSource, id: string, on?: PlainDate): Promise<IdentityRecord['staff']> {
  const found = await rows.first('Staff', { columns: ['id', 'name', 'leftOn'], where: { id } })
  if (!found || (found.leftOn !== null && (on === undefined || found.leftOn <= on))) return null
  const staff = { id: found.id, name: found.name }
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

/** Whoever had the own data erased speaks no more. */
async function speakersOf(rows: RowSource, identity: Rows['ChatIdentity']): Promise<IdentityRecord['speakers']> {
  const all = await rows.find('Profile', {
    columns: ['id', 'name', 'phone', 'phoneOf', 'territoryId', 'consentVersion', 'revision'],
    where: { identityId: firstIdOf(identity) ?? identity.id },
    order: ['createdAt', 'id'],
  })
  const profiles = all.filter(
    ({ id, name, phone, consentVersion }) =>
      id === identity.profileId || name !== null || phone !== null || consentVersion !== null,
  )
  const ids = profiles.flatMap(({ territoryId }) => territoryId ?? [])
  if (ids.length === 0) return profiles.map((profile) => ({ ...profile, territoryPath: null }))
  const places = await rows.find('Territory', { columns: ['id', 'path'], where: { id: { in: ids } } })
  const paths = new Map(places.map(({ id, path }) => [id, path]))
  return profiles.map((profile) => ({ ...profile, territoryPath: paths.get(profile.territoryId ?? '') ?? null }))
}
