import { normalise, unspaced } from '../flow/answers/normalise.ts'
import { wholeNumeral } from '../flow/answers/numeral.ts'
import type { Choice, TextRef } from '../flow/effects.ts'
import type { Flow } from '../flow/flow.ts'
import { titleOf } from './begin-flow.ts'
import type { Parts } from './parts.ts'
import type { Work } from './work.ts'

/** What this person may choose, in order: staff find their own flows first, and the villagers' below. */
export function menuOf(parts: Parts, work: Work): readonly Flow[] {
  const listed = parts.flows.current.filter((flow) => flow.menu !== null)
  const of = (audience: Flow['audience']) =>
    listed.filter((flow) => flow.audience === audience).sort((a, b) => (a.menu as number) - (b.menu as number))
  return work.account.speaker.staff ? [...of('staff'), ...of('villager')] : of('villager')
}

/** @param opening the sentence above the list */
export function showMenu(parts: Parts, work: Work, opening: TextRef): void {
  const choices = menuOf(parts, work).map((flow): Choice => ({ id: flow.id, label: titleOf(flow) }))
  work.said.push({ kind: 'say', text: opening, choices })
}

export const menuSentence: TextRef = { key: 'messaging:menu' }

/** The flow that was chosen by its number, its title or one of its triggers. */
export function flowNamed(parts: Parts, work: Work, said: string): Flow | null {
  const number = wholeNumeral(unspaced(normalise(said)))
  return number !== null ? (menuOf(parts, work)[number - 1] ?? null) : flowTitled(parts, work, said)
}

/** The flow that is called just so, by its title or one of its triggers; the speaker's language goes first. */
export function flowTitled(parts: Parts, work: Work, said: string): Flow | null {
  const text = unspaced(normalise(said))
  if (text === '') return null
  const { language } = work.account.speaker
  const languages = [language, ...parts.text.languages.filter((other) => other !== language)]
  for (const one of languages) {
    for (const flow of parts.flows.current) {
      const titles = [parts.text.say(titleOf(flow), one), ...(flow.triggers.get(one) ?? [])]
      if (titles.some((title) => unspaced(normalise(title)) === text)) return flow
    }
  }
  return null
}
