/**
 * 两边都用 on the account that somebody has: a one-time code, typed on another account of theirs, makes both the same person's.
 * Whatever is known on this account is known on the other then, of everybody who speaks from it; that is said with the code.
 */
import { MINUTE } from '../../base/time.ts'
import { newCode, spacedCode } from '../move/new-code.ts'
import type { Parts } from '../parts.ts'
import { audit } from '../privacy/audit.ts'
import { setWaiting } from '../speaker/waiting.ts'
import { say, type Work } from '../work.ts'

/** On an account that nothing is known of the code of the other is asked for. */
export async function giveLinkCode(parts: Parts, work: Work): Promise<void> {
  const { record, stored, speaker } = work.account
  const { profile } = record
  if (speaker.staff) return say(work, 'link:not_staff')
  if (!stored || profile === null || (profile.name ?? profile.phone ?? profile.consentVersion) === null) {
    setWaiting(parts, work, { kind: 'link' })
    return say(work, 'link:ask_code')
  }
  const code = await newCode(parts, work, profile.id, parts.reads.linkCodeHash)
  if (code === null) return
  audit(work, 'link_code', speaker.identityId, {})
  say(work, record.speakers.length > 1 ? 'link:code_family' : 'link:code', {
    code: spacedCode(code),
    minutes: Math.round(parts.people.move.validMs / MINUTE),
  })
}
