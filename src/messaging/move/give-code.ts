/**
 * 换手机 on the old phone: a one-time code that takes everything of whoever speaks over to the phone it is typed on. What belongs
 * to others of this phone stays: holding a phone is no right to carry their things away.
 */
import { insert, update } from '../../base/change.ts'
import { DAY, instant } from '../../base/time.ts'
import type { Parts } from '../parts.ts'
import { audit } from '../privacy/audit.ts'
import { setWaiting } from '../speaker/waiting.ts'
import { say, type Work } from '../work.ts'

/** Codes that one account is given in 24 hours. */
const CODES_A_DAY = 10
const MINUTE_MS = 60_000

/** Whoever has nothing to take along is taken to be on the new phone, and asked for the code. */
export async function giveCode(parts: Parts, work: Work): Promise<void> {
  const { record, stored } = work.account
  const { profile } = record
  if (!stored || profile === null || (profile.name ?? profile.phone ?? profile.consentVersion) === null) {
    setWaiting(parts, work, { kind: 'move' })
    return say(work, 'people:move.ask_code')
  }
  const { digits, validMs } = parts.people.move
  if ((await parts.reads.moveCodesSince(record.id, instant(work.at - DAY))) >= CODES_A_DAY) {
    return say(work, 'people:move.too_many')
  }
  // One at a time: an earlier one is good no more.
  for (const older of await parts.reads.openMoveCodes(record.id, work.at)) {
    work.changes.push(update('MoveCode', older.id, older.revision, { usedAt: work.at }))
  }
  const code = parts.digits(digits)
  work.changes.push(
    insert('MoveCode', {
      id: parts.ids.next(),
      identityId: record.id,
      profileId: profile.id,
      codeHash: parts.reads.moveCodeHash(code),
      createdAt: work.at,
      expiresAt: instant(work.at + validMs),
      usedAt: null,
      revision: 0,
    }),
  )
  audit(work, 'move_code', record.id, {})
  work.sealed = true
  say(work, record.speakers.length > 1 ? 'people:move.code_own' : 'people:move.code', {
    code: code.replace(/^(.{4})(.+)$/, '$1 $2'),
    minutes: Math.round(validMs / MINUTE_MS),
  })
}
