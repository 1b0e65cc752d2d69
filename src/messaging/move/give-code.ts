/**
 * 换手机 on the old phone: a one-time code that takes everything of whoever speaks over to the phone it is typed on. What belongs
 * to others of this phone stays: holding a phone is no right to carry their things away.
 */
import { MINUTE } from '../../base/time.ts'
import type { Parts } from '../parts.ts'
import { audit } from '../privacy/audit.ts'
import { setWaiting } from '../speaker/waiting.ts'
import { say, type Work } from '../work.ts'
import { newCode, spacedCode } from './new-code.ts'

/** Whoever has nothing to take along is taken to be on the new phone, and asked for the code. */
export async function giveCode(parts: Parts, work: Work): Promise<void> {
  const { record, stored, speaker } = work.account
  const { profile } = record
  if (!stored || profile === null || (profile.name ?? profile.phone ?? profile.consentVersion) === null) {
    setWaiting(parts, work, { kind: 'move' })
    return say(work, 'people:move.ask_code')
  }
  const code = await newCode(parts, work, profile.id, parts.reads.moveCodeHash)
  if (code === null) return
  audit(work, 'move_code', speaker.identityId, {})
  say(work, record.speakers.length > 1 ? 'people:move.code_own' : 'people:move.code', {
    code: spacedCode(code),
    minutes: Math.round(parts.people.move.validMs / MINUTE),
  })
}
