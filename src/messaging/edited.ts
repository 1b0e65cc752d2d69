/** A message that was changed after it had been answered: the answer stands, and the person is told how to change it. */
import { askAgain } from './begin-flow.ts'
import type { ReceivedBody } from './channel.ts'
import type { Parts } from './parts.ts'
import { say } from './work.ts'
import type { Work } from './work.ts'

/** What a channel calls it (`other`). */
const EDITED = 'edited'

export const isEdited = (body: ReceivedBody): boolean => body.kind === 'other' && body.what === EDITED

export async function answerEdited(parts: Parts, work: Work): Promise<void> {
  const { talk } = work
  say(work, 'channels:telegram.edited')
  if (talk && talk.phase !== 'draft') await askAgain(parts, work, talk)
}
