/** A one-time code for somebody's other phone or account. The code itself is nowhere. */
import { insert, update } from '../../base/change.ts'
import { DAY, instant } from '../../base/time.ts'
import type { Parts } from '../parts.ts'
import { say, type Work } from '../work.ts'

/** Codes that one person is given in 24 hours. */
const CODES_A_DAY = 10

/**
 * @param hashOf under which a code of this kind is stored: one kind is no good as the other
 * @returns null when that was asked for too often, which is said
 */
export async function newCode(
  parts: Parts,
  work: Work,
  profileId: string,
  hashOf: (code: string) => string,
): Promise<string | null> {
  const { identityId } = work.account.speaker
  const { digits, validMs } = parts.people.move
  if ((await parts.reads.moveCodesSince(identityId, instant(work.at - DAY))) >= CODES_A_DAY) {
    say(work, 'people:move.too_many')
    return null
  }
  // One at a time: an earlier one is good no more.
  for (const older of await parts.reads.openMoveCodes(identityId, work.at)) {
    work.changes.push(update('MoveCode', older.id, older.revision, { usedAt: work.at }))
  }
  const code = parts.digits(digits)
  work.changes.push(
    insert('MoveCode', {
      id: parts.ids.next(),
      identityId,
      profileId,
      codeHash: hashOf(code),
      createdAt: work.at,
      expiresAt: instant(work.at + validMs),
      usedAt: null,
      revision: 0,
    }),
  )
  work.sealed = true
  return code
}

/** `1234 5678` */
export const spacedCode = (code: string): string => code.replace(/^(.{4})(.+)$/, '$1 $2')
