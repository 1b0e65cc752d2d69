/** Global words where no flow answers them: between flows, or left to the house by the open one. */
import { UNASKED } from '../flow/effects.ts'
import { askAgain, setAside } from './begin-flow.ts'
import { adopt } from './submit.ts'
import { draftOf, offer } from './drafts.ts'
import { callPerson } from './hand-off/call-person.ts'
import { menuSentence, showMenu } from './menu.ts'
import { openFlow } from './open-flow.ts'
import type { Parts } from './parts.ts'
import { askErase, askLanguage, setMuted } from './person-words.ts'
import { showMyData } from './privacy/my-data.ts'
import { sayHuman } from './say-human.ts'
import { say } from './work.ts'
import type { FoundWord, Work } from './work.ts'

/** Flow that answers 进度. */
const STATUS_FLOW = 'status_query'
/** Flow that answers 投诉. */
const COMPLAINT_FLOW = 'complaint'

export async function answerWord(parts: Parts, work: Work, { word, argument }: FoundWord): Promise<void> {
  const { talk } = work
  const handler = parts.handlers.words[word]
  const handled = handler ? await handler(commandContext(parts, work, argument ?? '', null)) : null
  if (handled) adopt(work, handled)
  else {
    switch (word) {
      case 'menu':
        if (talk) await setAside(parts, work, talk)
        return showMenu(parts, work, menuSentence)
      case 'status': {
        const flow = parts.flows.byId(STATUS_FLOW)
        if (flow) return openFlow(parts, work, flow)
        return showMenu(parts, work, menuSentence)
      }
      case 'human':
        if (argument === UNASKED) await sayHuman(parts, work, 'messaging:human')
        else if (await callPerson(parts, work)) return
        break
      case 'complain': {
        const flow = parts.flows.byId(COMPLAINT_FLOW)
        if (flow) return openFlow(parts, work, flow)
        await sayHuman(parts, work, 'messaging:complain')
        break
      }
      case 'language':
        askLanguage(parts, work)
        break
      case 'profile':
        await showMyData(parts, work)
        break
      case 'erase':
        askErase(work)
        break
      case 'mute':
      case 'unmute':
        setMuted(parts, work, word === 'mute')
        break
      case 'help':
        return showMenu(parts, work, { key: 'messaging:help' })
      case 'resume': {
        const draft = await draftOf(parts, work, null)
        return draft ? offer(parts, work, draft) : showMenu(parts, work, menuSentence)
      }
      case 'back':
      case 'skip':
      case 'stop':
      case 'edit':
      case 'show':
      case 'restart':
      case 'submit':
        say(work, 'messaging:nothing_open')
        return showMenu(parts, work, menuSentence)
    }
  }
  if (work.talk && work.talk === talk) await askAgain(parts, work, work.talk)
}

export function commandContext(parts: Parts, work: Work, text: string, choice: string | null) {
  return {
    text,
    choice,
    group: work.group,
    chat: work.place.chat,
    speaker: work.account.speaker,
    at: work.at,
    zone: parts.zone,
    ids: parts.ids,
  }
}
