/** “Is it about your house?” Said words are never acted on before a yes; what was told is not lost by it. */
import { normalise, unspaced } from '../flow/answers/normalise.ts'
import { wholeNumeral } from '../flow/answers/numeral.ts'
import { readYesNo } from '../flow/answers/yes-no.ts'
import { understand } from '../flow/answers/understand.ts'
import type { Choice, TextRef } from '../flow/effects.ts'
import type { Flow } from '../flow/flow.ts'
import { MOST_TOLD, setAsked, type Asked } from './asked.ts'
import { titleOf } from './begin-flow.ts'
import type { ReceivedBody } from './channel.ts'
import { flowTitled, showMenu } from './menu.ts'
import { openFlow } from './open-flow.ts'
import type { Parts } from './parts.ts'
import { say } from './work.ts'
import type { Work } from './work.ts'

/** None of what was offered is meant. */
const NO = 'no'

export interface Offer {
  readonly flows: readonly Flow[]
  /** Inbox ids of what was told. */
  readonly told: readonly string[]
  readonly danger: boolean
}

/** One flow is asked about with yes and no, several are there to choose from. */
export function offerFlows(parts: Parts, work: Work, { flows, told, danger }: Offer, again = false): void {
  const [only] = flows
  if (!only) return
  if (flows.some(({ sensitive }) => sensitive)) work.sealed = true
  setAsked(parts, work, { flows: flows.map(({ id }) => id), told: told.slice(-MOST_TOLD), danger, again })
  const isOne = flows.length === 1
  const choices: Choice[] = flows.map((flow) => ({
    id: flow.id,
    label: isOne ? { key: 'messaging:offer.yes' } : titleOf(flow),
  }))
  choices.push({ id: NO, label: { key: isOne ? 'messaging:offer.no' : 'messaging:offer.none' } })
  work.said.push({ kind: 'say', text: isOne ? questionOf(parts, work, only) : SEVERAL, choices })
}

const SEVERAL: TextRef = { key: 'messaging:offer.several' }

function questionOf(parts: Parts, work: Work, flow: Flow): TextRef {
  const own = `asks:flows.${flow.id}.confirm`
  if (parts.text.has(own, work.account.speaker.language)) return { key: own }
  return { key: 'messaging:offer.one', params: { title: titleOf(flow) } }
}

/** @returns false when the message is about something else */
export async function answerAsked(parts: Parts, work: Work, asked: Asked, body: ReceivedBody): Promise<boolean> {
  const flows = asked.flows.flatMap((id) => parts.flows.byId(id) ?? [])
  if (flows.length === 0) return false
  const said = body.kind === 'text' ? body.text : body.kind === 'voice' ? (body.transcript ?? '') : ''
  const picked = body.kind === 'choice' ? tappedIn(flows, body.id) : pick(parts, work, flows, said)
  if (picked === NO) {
    decline(parts, work, asked, said)
    return true
  }
  if (picked !== null) {
    await accept(parts, work, asked, picked, said)
    return true
  }
  const isLost = said !== '' && !asked.again && saysNothing(parts, work, said)
  if (isLost) {
    say(work, 'messaging:offer.again')
    offerFlows(parts, work, { flows, told: asked.told, danger: asked.danger }, true)
  }
  return isLost
}

async function accept(parts: Parts, work: Work, asked: Asked, flow: Flow, said: string): Promise<void> {
  // 是的，墙都裂了: what comes with the yes belongs to what was told.
  const tells = work.cause !== null && parts.intent.read(said).flows.length > 0
  if (tells && work.cause !== null) setAsked(parts, work, { ...asked, told: [...asked.told, work.cause] })
  await openFlow(parts, work, flow, undefined, tells ? said : null)
}

/** 不是，是水的事: what is meant instead is offered at once. */
function decline(parts: Parts, work: Work, asked: Asked, said: string): void {
  const meant = parts.intent.read(said).flows.filter((id) => !asked.flows.includes(id))
  const flows = meant.flatMap((id) => parts.flows.byId(id) ?? [])
  if (flows.length > 0 && work.cause !== null) {
    return offerFlows(parts, work, { flows, told: [...asked.told, work.cause], danger: asked.danger })
  }
  setAsked(parts, work, { ...asked, flows: [], again: false })
  showMenu(parts, work, { key: 'messaging:offer.declined' })
}

const tappedIn = (flows: readonly Flow[], id: string): Flow | typeof NO | null =>
  id === NO ? NO : (flows.find((flow) => flow.id === id) ?? null)

function pick(parts: Parts, work: Work, flows: readonly Flow[], said: string): Flow | typeof NO | null {
  const text = normalise(said)
  if (text === '') return null
  const number = wholeNumeral(unspaced(text))
  if (number !== null) return flows[number - 1] ?? (number === flows.length + 1 ? NO : null)
  const titled = flowTitled(parts, work, said)
  if (titled) return flows.includes(titled) ? titled : null
  const answer = readYesNo(text)
  if (answer === 'no') return NO
  const [only] = flows
  if (only && flows.length === 1) return answer === 'yes' ? only : null
  const { language } = work.account.speaker
  const choices = flows.map((flow) => ({ name: flow.id, label: parts.text.say(titleOf(flow), language) }))
  choices.push({ name: NO, label: parts.text.say({ key: 'messaging:offer.none' }, language) })
  const meant = understand(
    { type: 'select_one', choices },
    said,
    { at: work.at, zone: parts.zone, language },
    parts.forms,
  )
  if (meant.result !== 'understood') return null
  return meant.value === NO ? NO : (flows.find(({ id }) => id === meant.value) ?? null)
}

/** Nothing that could be meant instead. */
function saysNothing(parts: Parts, work: Work, said: string): boolean {
  if (flowTitled(parts, work, said)) return false
  const { flows, danger, talk, advert, insult, policy } = parts.intent.read(said)
  if (flows.length > 0 || danger !== null || talk !== null || advert || insult || policy) return false
  const { language } = work.account.speaker
  const word = understand({ type: 'text' }, said, { at: work.at, zone: parts.zone, language }, parts.forms)
  return word.result !== 'global'
}
