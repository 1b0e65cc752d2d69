/** 换手机 on the old phone: a one-time code that takes everything of this account over to the phone it is typed on. */
import { insert, update } from '../../base/change.ts'
import { DAY, instant } from '../../base/time.ts'
import type { Parts } from '../parts.ts'
import { audit } from '../privacy/audit.ts'
import { setWaiting } from '../speaker/waiting.ts'
import { say, type Work } from '../work.ts'

/** Codes that one account is given in 24 hours. */
const CODES_A_DAY = 10
const MINUTE_MS = 60_000

/** An account with nothing to take along is taken for the new phone, and asked for the code. */
export async function giveCode(parts: Parts, work: Work): Promise<void> {
  const { record, stored } = work.account
  if (!stored || record.speakers.length === 0) {
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
      codeHash: parts.reads.moveCodeHash(code),
      createdAt: work.at,
      expiresAt: instant(work.at + validMs),
      usedAt: null,
      revision: 0,
    }),
  )
  audit(work, 'move_code', record.id, {})
  work.sealed = true
  say(work, 'people:move.code', {
    code: code.replace(/^(.{4})(.+)$/, '$1 $2'),
    minutes: Math.round(validMs / MINUTE_MS),
  })
}
