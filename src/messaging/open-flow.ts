import type { Flow } from '../flow/flow.ts'
import { askAgain, beginFlow, setAside } from './begin-flow.ts'
import type { Given } from './begin-flow.ts'
import { draftOf, offer } from './drafts.ts'
import type { Parts } from './parts.ts'
import { say } from './work.ts'
import type { Work } from './work.ts'

const NOTHING_GIVEN: Given = {}

/**
 * Somebody wants this flow. Staff flows are for staff; what is open is set aside; a draft of the flow is offered back first.
 * In a group no flow is talked through.
 */
export async function openFlow(parts: Parts, work: Work, flow: Flow, given: Given = NOTHING_GIVEN): Promise<void> {
  if (work.group) return say(work, 'messaging:group.private')
  if (flow.audience === 'staff' && !work.account.speaker.staff) return say(work, 'messaging:staff_only')
  const { talk } = work
  if (talk && talk.phase !== 'draft' && talk.flow.id === flow.id && given === NOTHING_GIVEN) {
    return askAgain(parts, work, talk)
  }
  if (talk) await setAside(parts, work, talk)
  if (given === NOTHING_GIVEN) {
    const draft = await draftOf(parts, work, flow.id)
    if (draft) return await offer(parts, work, draft)
  }
  const opening = given === NOTHING_GIVEN ? parts.handlers.openings[flow.id] : undefined
  await beginFlow(parts, work, flow, opening ? await opening(work.account.speaker, work.at) : given)
}
