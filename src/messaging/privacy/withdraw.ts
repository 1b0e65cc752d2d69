/** 撤回: a consent is taken back as easily as it was given; a matter is taken back where one asks how far it is. */
import { normalise, unspaced } from '../../flow/answers/normalise.ts'
import { wholeNumeral } from '../../flow/answers/numeral.ts'
import type { ReceivedBody } from '../channel.ts'
import { openFlow } from '../open-flow.ts'
import type { Parts } from '../parts.ts'
import { changeProfile } from '../speaker/profile-change.ts'
import { setWaiting } from '../speaker/waiting.ts'
import { say, type Work } from '../work.ts'
import { audit } from './audit.ts'
import { consentTakenBack } from './consents.ts'

const STATUS_FLOW = 'status_query'
const CHOICES = ['consent', 'matter', 'nothing'] as const
const idOf = (choice: (typeof CHOICES)[number]) => `withdraw:${choice}`
const labelOf = (choice: (typeof CHOICES)[number]) => ({ key: `people:withdraw.${choice}` })

export function askWithdraw(parts: Parts, work: Work): void {
  setWaiting(parts, work, { kind: 'withdraw' })
  work.said.push({
    kind: 'say',
    text: { key: 'people:withdraw.ask' },
    choices: CHOICES.map((choice) => ({ id: idOf(choice), label: labelOf(choice) })),
  })
}

/** @returns false for what is no answer */
export async function answerWithdraw(parts: Parts, work: Work, body: ReceivedBody): Promise<boolean> {
  const picked = CHOICES.find((choice, place) => isPicked(parts, work, body, choice, place))
  if (picked === undefined) return false
  if (picked === 'consent') await withdrawConsent(parts, work)
  else if (picked === 'nothing') say(work, 'people:withdraw.kept')
  else {
    const flow = parts.flows.byId(STATUS_FLOW)
    if (flow) await openFlow(parts, work, flow)
  }
  return true
}

function isPicked(parts: Parts, work: Work, body: ReceivedBody, choice: (typeof CHOICES)[number], place: number) {
  if (body.kind === 'choice') return body.id === idOf(choice)
  const said = body.kind === 'text' ? body.text : body.kind === 'voice' ? (body.transcript ?? '') : ''
  const text = unspaced(normalise(said))
  if (text === '') return false
  const label = unspaced(normalise(parts.text.say(labelOf(choice), work.account.speaker.language)))
  return wholeNumeral(text) === place + 1 || text === label
}

/** Nothing more is stored without asking again; what is with the staff already stays with them, as the law has it. */
export async function withdrawConsent(parts: Parts, work: Work): Promise<void> {
  const { profile } = work.account.record
  if (!profile || profile.consentVersion === null) return say(work, 'people:withdraw.none')
  await consentTakenBack(parts, work, null)
  audit(work, 'consent_withdrawn', profile.id, { version: profile.consentVersion })
  changeProfile(parts, work, { consentVersion: null }, { consentVersion: null, consentAt: null })
  say(work, 'people:withdraw.done')
}
