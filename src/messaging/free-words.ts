/** A message outside any flow that is no command and no name of a flow: what is said to it, in order of what matters. */
import type { Telling } from '../flow/intent/telling.ts'
import type { Flow } from '../flow/flow.ts'
import { askedOf } from './asked.ts'
import { showMenu } from './menu.ts'
import { offerFlows } from './offer-flows.ts'
import { sayHuman } from './say-human.ts'
import type { Parts } from './parts.ts'
import { smallTalk } from './small-talk.ts'
import { say } from './work.ts'
import type { Work } from './work.ts'

/** To get out, to call for help: before anything else. */
export const saySafety = (work: Work, danger: string): void => say(work, `messaging:safety.${danger}`)

/** Flows that this person may open, of those that were understood. */
function open(parts: Parts, work: Work, { flows }: Telling): readonly Flow[] {
  return flows.flatMap((id) => {
    const flow = parts.flows.byId(id)
    return flow && (flow.audience === 'villager' || work.account.speaker.staff) ? [flow] : []
  })
}

/** @returns false when nothing was understood */
export async function freeWords(parts: Parts, work: Work, telling: Telling): Promise<boolean> {
  const { danger } = telling
  if (telling.advert && danger === null) {
    once(parts, work, 'advert', () => say(work, 'messaging:advert'))
    return true
  }
  const flows = open(parts, work, telling)
  if (danger !== null) {
    saySafety(work, danger)
    await sayHuman(parts, work, 'messaging:human')
  }
  if (flows.length > 0 && work.cause !== null) {
    // An offer that was not answered, but told more of: all of it belongs together.
    const earlier = askedOf(work)
    const told = [...(earlier?.told ?? []), work.cause]
    offerFlows(parts, work, { flows, told, danger: danger !== null || earlier?.danger === true })
    return true
  }
  if (danger !== null) {
    showMenu(parts, work, { key: 'messaging:menu' })
    return true
  }
  if (telling.talk !== null) return smallTalk(parts, work, telling.talk)
  if (telling.policy) {
    say(work, 'messaging:rule')
    await sayHuman(parts, work, 'messaging:human')
    showMenu(parts, work, { key: 'messaging:menu' })
    return true
  }
  if (telling.insult) {
    once(parts, work, 'insult', () => showMenu(parts, work, { key: 'messaging:calm' }))
    return true
  }
  return false
}

/** The first of its kind for a while is answered, the others are not. */
export function once(parts: Parts, work: Work, kind: 'insult' | 'advert', answer: () => void): void {
  if (parts.manners.isFirst(work.account.record.id, kind, work.at)) answer()
  else parts.manners.drop(kind)
}
