import type { TextRef } from '../flow/effects.ts'
import type { Flow } from '../flow/flow.ts'
import { askAgain, beginFlow, setAside } from './begin-flow.ts'
import type { Given } from './begin-flow.ts'
import { draftOf, offer } from './drafts.ts'
import { sayElsewhere } from './elsewhere.ts'
import { showMenu } from './menu.ts'
import type { Parts } from './parts.ts'
import { isRefusedHere } from './sensitive.ts'
import { say } from './work.ts'
import type { Work } from './work.ts'

const NOTHING_GIVEN: Given = {}

/**
 * Somebody wants this flow. Staff flows are for staff; what is open is set aside; a draft of the flow is offered back first.
 * Where there is nothing to begin with (no open course, no matter of one's own) that is said, and what is open stays open.
 * In a group no flow is talked through.
 * @param now words of the message that is being handled which belong to what was told before (asked.ts)
 */
export async function openFlow(
  parts: Parts,
  work: Work,
  flow: Flow,
  given: Given = NOTHING_GIVEN,
  now: string | null = null,
): Promise<void> {
  if (work.group) return say(work, 'messaging:group.private')
  if (flow.audience === 'staff' && !work.account.speaker.staff) return say(work, 'messaging:staff_only')
  const { talk } = work
  if (isRefusedHere(parts, work, flow)) {
    await sayElsewhere(parts, work, flow)
    return talk && talk.phase !== 'draft' ? askAgain(parts, work, talk) : undefined
  }
  if (talk && talk.phase !== 'draft' && talk.flow.id === flow.id && given === NOTHING_GIVEN) {
    return askAgain(parts, work, talk)
  }
  const opening = given === NOTHING_GIVEN ? parts.handlers.openings[flow.id] : undefined
  const opened = opening ? await opening(work.account.speaker, work.at) : { given }
  if ('instead' in opened) return nothingToBegin(parts, work, opened.instead)
  if (talk) await setAside(parts, work, talk)
  if (given === NOTHING_GIVEN) {
    const draft = await draftOf(parts, work, flow.id)
    if (draft) return await offer(parts, work, draft)
  }
  await beginFlow(parts, work, flow, opened.given, now)
}

async function nothingToBegin(parts: Parts, work: Work, why: TextRef): Promise<void> {
  const { talk } = work
  if (!talk || talk.phase === 'draft') return showMenu(parts, work, why)
  work.said.push({ kind: 'say', text: why })
  await askAgain(parts, work, talk)
}
