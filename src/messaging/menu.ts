import { normalise, unspaced } from '../flow/answers/normalise.ts'
import { wholeNumeral } from '../flow/answers/numeral.ts'
import type { Choice, TextRef } from '../flow/effects.ts'
import type { Flow } from '../flow/flow.ts'
import { titleOf } from './begin-flow.ts'
import type { Parts } from './parts.ts'
import { say } from './work.ts'
import type { Said, Work } from './work.ts'

/** What this person may choose, in order: staff find their own flows first, and the villagers' below. */
const menuOf = (parts: Parts, work: Work): readonly Flow[] => flowsFor(parts, work.account.speaker.staff !== null)

function flowsFor(parts: Pick<Parts, 'flows'>, isStaff: boolean): readonly Flow[] {
  const listed = parts.flows.current.filter((flow) => flow.menu !== null)
  const of = (audience: Flow['audience']) =>
    listed.filter((flow) => flow.audience === audience).sort((a, b) => (a.menu as number) - (b.menu as number))
  return isStaff ? [...of('staff'), ...of('villager')] : of('villager')
}

/** Entries of one message: more than these are too many for a small screen. */
const PAGE = 14
/** Shown of a longer list before “more”. */
const FIRST_PAGE = 12

/** A tap on “more” under a long menu. */
export const MENU_MORE = 'menu:more'

/** @param opening the sentence above the list */
export function showMenu(parts: Parts, work: Work, opening: TextRef): void {
  work.said.push(...listed(menuOf(parts, work), opening))
}

/** The menu of somebody who is nobody yet. */
export const menuOfVillagers = (parts: Pick<Parts, 'flows'>, opening: TextRef): readonly Said[] =>
  listed(flowsFor(parts, false), opening)

function listed(flows: readonly Flow[], opening: TextRef): readonly Said[] {
  const isLong = flows.length > PAGE
  const choices = (isLong ? flows.slice(0, FIRST_PAGE) : flows).map(choiceOf)
  if (isLong) choices.push({ id: MENU_MORE, label: { key: 'messaging:menu_more.label' } })
  const menu: Said = { kind: 'say', text: opening, choices }
  return isLong ? [menu, { kind: 'say', text: { key: 'messaging:menu_more.hint' } }] : [menu]
}

/** What a long menu had no room for, with the numbers that it goes on with. */
export function showRest(parts: Parts, work: Work): void {
  const flows = menuOf(parts, work)
  if (flows.length <= PAGE) return showMenu(parts, work, menuSentence)
  const rest = flows.slice(FIRST_PAGE)
  say(work, 'messaging:menu_more.title')
  rest.forEach((flow, place) =>
    say(work, 'messaging:menu_more.line', { n: FIRST_PAGE + place + 1, title: titleOf(flow) }),
  )
  work.said.push({ kind: 'say', text: { literal: '' }, choices: rest.map(choiceOf), numbered: false })
}

/** “More” where a menu is long. */
export const isMore = (parts: Parts, text: string): boolean =>
  parts.text.languages.some((language) => {
    const forms = parts.text.object(language, 'messaging:menu_more.also')
    return Array.isArray(forms) && forms.some((form) => normalise(String(form)) === text)
  })

const choiceOf = (flow: Flow): Choice => ({ id: flow.id, label: titleOf(flow) })

export const menuSentence: TextRef = { key: 'messaging:menu' }

/** The flow that was chosen by its number, its title or one of its triggers. */
export function flowNamed(parts: Parts, work: Work, said: string): Flow | null {
  const number = wholeNumeral(unspaced(normalise(said)))
  return number !== null ? (menuOf(parts, work)[number - 1] ?? null) : flowTitled(parts, work, said)
}

/** The title, or the name that officials have for it: nobody who says it tells of a trouble. A number of the menu too. */
export function isName(parts: Parts, flow: Flow, text: string): boolean {
  const said = unspaced(text)
  if (wholeNumeral(said) !== null) return true
  return parts.text.languages.some((language) => {
    const names = parts.text.object(language, `asks:flows.${flow.id}.names`)
    const title = parts.text.say(titleOf(flow), language)
    return [title, ...(Array.isArray(names) ? names.map(String) : [])].some(
      (name) => unspaced(normalise(name)) === said,
    )
  })
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
