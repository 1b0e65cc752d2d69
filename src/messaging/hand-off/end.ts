/** 结束, 好了: the villager has said it all. What was put aside for it is offered back. */
import { normalise, unspaced } from '../../flow/answers/normalise.ts'
import { draftOf, offer } from '../drafts.ts'
import { menuSentence, showMenu } from '../menu.ts'
import type { Parts } from '../parts.ts'
import { say, type Work } from '../work.ts'
import { ownTalk } from './pass-on.ts'
import { closed } from './rows.ts'
import { answerGiven } from './waiting-task.ts'

/** @returns false for other words, and where nobody is being talked to */
export async function endSaid(parts: Parts, work: Work, said: string): Promise<boolean> {
  const { handOff: desk } = parts
  if (!desk || work.noTicket || !isEnd(parts, said)) return false
  const talk = await ownTalk(parts, work)
  if (!talk) return false
  const wasHeard = (await desk.reads.handOffLines(talk.id, 1)).length > 0
  work.changes.push(closed(talk, 'person', work.at), ...(await answerGiven(desk, talk, null, work.at)))
  if (wasHeard && talk.staffId !== null) {
    work.notices.push({
      to: { kind: 'staff', staffId: talk.staffId },
      say: [{ text: { key: 'hand-off:staff.ended_by_person', params: { number: talk.number } } }],
      matter: null,
      reminder: null,
      notBefore: desk.watching.mayLeave('urgent_case', work.at),
    })
  }
  work.noTicket = true
  say(work, 'hand-off:ended', { number: talk.number })
  const draft = await draftOf(parts, work, null)
  if (draft) await offer(parts, work, draft)
  else showMenu(parts, work, menuSentence)
  return true
}

const isEnd = ({ text }: Parts, said: string): boolean => {
  const typed = unspaced(normalise(said))
  return text.languages.some((language) => {
    const forms = text.object(language, 'hand-off:said.end')
    return Array.isArray(forms) && forms.some((form) => unspaced(normalise(String(form))) === typed)
  })
}
