/** What a page learns of a conversation with a reply: which one is open, and which question has just been answered. */
import type { Stepped } from './engine.ts'
import type { Marked } from './reply.ts'
import type { Talk } from './talk.ts'
import type { Work } from './work.ts'

/** Marks the last sentence of the turn; consents have no line that could be edited and are left out. */
export function markTalk(work: Work, talk: Talk, log: Stepped['log']): void {
  if (work.place.channel !== 'web' || work.talk !== talk || talk.phase === 'draft') return
  const last = work.said.length - 1
  const said = work.said[last]
  if (!said) return
  const taken = log.find(({ kind, raw, value }) => kind !== 'superseded' && raw !== '' && value !== 'OK')
  const marked: Marked = { ...said, talk: talk.id, ...(taken && { answered: taken.question }) }
  work.said[last] = marked
}
