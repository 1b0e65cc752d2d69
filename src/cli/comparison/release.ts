/** `bangfu comparison release ROUND --by STAFF`: the same as 下发 in a chat, for the county officer who is named. */
import { insert } from '../../base/change.ts'
import { AppError } from '../../base/errors.ts'
import type { IdSource } from '../../base/ids.ts'
import { dateAt, type Clock } from '../../base/time.ts'
import { countRound } from '../../domain/comparison/counts.ts'
import { readPhone } from '../../domain/registry/import/phone-cell.ts'
import { isThere } from '../../domain/registry/responsible.ts'
import { roundLine } from '../../messaging/commands/release.ts'
import {
  beginRelease,
  RELEASE_ROLE,
  releaseRound,
  type ReleaseParts,
} from '../../messaging/comparison/release-round.ts'
import type { Text } from '../../text/text.ts'

export interface ReleaseOptions {
  readonly round: string
  /** Phone or name of a county officer. */
  readonly by: string
  readonly parts: ReleaseParts
  /** Who runs the command. */
  readonly actor: string
  readonly text: Text
  readonly language: string
  readonly clock: Clock
  readonly ids: IdSource
  readonly zone: string
  readonly out: { write(text: string): unknown }
}

/**
 * @returns exit code 0
 * @throws AppError NOT_FOUND for no such round, ARGUMENT_INVALID for somebody who is no county officer
 */
export async function runRelease(options: ReleaseOptions): Promise<0> {
  const { parts, text, language, clock, ids, zone, out } = options
  const name = options.round.normalize('NFKC').trim()
  const rounds = await parts.comparison.roundsNamed(name)
  if (rounds.length === 0) throw new AppError('NOT_FOUND', { what: name })
  const staffId = await officerOf(options)
  const at = clock.now()
  for (const round of rounds) {
    if (round.releasedAt === null) {
      if (round.releasedById === null) {
        const audit = insert('AuditEntry', {
          at,
          actor: options.actor,
          action: 'comparison_release_by',
          subject: round.id,
          detail: { staff: staffId },
        })
        const outcome = await parts.writer.commit([...beginRelease(round, staffId, at), audit])
        if (outcome.kind !== 'committed') throw new AppError('WRITE_CONFLICT', { table: 'ComparisonRound' })
      }
      await releaseRound(parts, { ...round, releasedById: round.releasedById ?? staffId }, at, zone, ids)
    }
    const [now = round] = (await parts.comparison.roundsNamed(name)).filter(({ id }) => id === round.id)
    out.write(`${text.say(roundLine(now, await countRound(parts.comparison, now)), language)}\n`)
  }
  return 0
}

async function officerOf({ by, parts, clock, zone, text, language }: ReleaseOptions): Promise<string> {
  const { registry } = parts
  const refuse = (reason: string): never => {
    throw new AppError('ARGUMENT_INVALID', {
      argument: '--by',
      reason: text.say({ key: `comparison:release.${reason}`, params: { name: by } }, language),
    })
  }
  const phone = readPhone(by, 'any')
  const named =
    phone.kind === 'fine' ? await registry.staffWithPhone(phone.phone) : await registry.staffNamed(by.trim())
  const on = dateAt(clock.now(), zone)
  const there = named.filter(({ leftOn }) => isThere(leftOn, on))
  if (there.length === 0) return refuse('by_unknown')
  const roles = await registry.rolesOf(there.map(({ id }) => id))
  const officers = there.filter(({ id }) => roles.some((held) => held.staffId === id && held.role === RELEASE_ROLE))
  const [officer] = officers
  if (!officer) return refuse('by_no_officer')
  return officers.length === 1 ? officer.id : refuse('by_several')
}
