/** A flow that may not be talked through on this channel: where to tell it instead. That somebody is in danger is passed on all the same. */
import type { Flow } from '../flow/flow.ts'
import { homeOf } from './account.ts'
import { askedOf, setAsked } from './asked.ts'
import type { Parts } from './parts.ts'
import { adopt } from './submit.ts'
import { say } from './work.ts'
import type { Work } from './work.ts'

/** Submit handler of the flows that become a case. */
const REPORT = 'case'

/** The village's own page, where both are known; its phone; else only that there are people to ask. */
export async function sayElsewhere(parts: Parts, work: Work, flow: Flow): Promise<void> {
  const { record } = work.account
  const pages = parts.channels.get(record.channel)?.abilities.pages
  const home = homeOf(record)
  const village = home && (await parts.reads.territoryById(home.id))
  const code = home && pages !== undefined ? await parts.reads.chatCodeOf(home.id) : null
  say(work, 'channels:telegram.refused.why')
  if (code !== null) say(work, 'channels:telegram.refused.link', { link: `${pages}/chat/${code}` })
  if (village?.publicPhone) {
    say(work, 'channels:telegram.refused.phone', { village: village.name, phone: village.publicPhone })
  } else if (code === null) say(work, 'channels:telegram.refused.no_phone')
  if (home && flow.submit === REPORT && askedOf(work)?.danger) await passOnDanger(parts, work, flow, home.id)
}

/** As when the flow begins; nothing was answered in it. */
async function passOnDanger(parts: Parts, work: Work, flow: Flow, territoryId: string): Promise<void> {
  setAsked(parts, work, null)
  const result = await parts.handlers.alert?.({
    level: 'danger',
    flow,
    conversationId: parts.ids.next(),
    speaker: work.account.speaker,
    answers: {},
    territoryId,
    at: work.at,
    zone: parts.zone,
    ids: parts.ids,
  })
  if (result) adopt(work, result)
}
