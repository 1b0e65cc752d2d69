/** 投诉 with what it is about right behind it: the complaint opens with these words, in the middle of a flow too. */
import type { Flow } from '../flow/flow.ts'
import type { WordForms } from '../flow/words.ts'
import { setAsked } from './asked.ts'
import { askAgain, beginFlow, setAside } from './begin-flow.ts'
import { sayElsewhere } from './elsewhere.ts'
import { saySafety } from './free-words.ts'
import { warnInside } from './inside-flow.ts'
import type { Parts } from './parts.ts'
import { isRefusedHere } from './sensitive.ts'
import type { Work } from './work.ts'

const COMPLAINT_FLOW = 'complaint'
const SEPARATED = /^[\s,，:：;；、。!！]+/
/** Something that tells, not a number alone. */
const TELLS = /[^\d\s\p{P}].*[^\d\s\p{P}]/su

/**
 * What is said behind the word.
 * @param loose the word may stand right before what is said too, where nothing else was understood (投诉村里没人管)
 * @returns null for anything else
 */
export function complaintSaid(parts: Parts, said: string, loose: boolean): string | null {
  const text = said.trim()
  const lower = text.toLowerCase()
  for (const word of wordsOf(parts)) {
    if (!lower.startsWith(word)) continue
    const behind = text.slice(word.length)
    const rest = behind.replace(SEPARATED, '')
    if (TELLS.test(rest) && (rest !== behind || (loose && !/[a-z]$/.test(word)))) return rest === behind ? text : rest
  }
  return null
}

/** A pure hint: neither the forms nor a flow ever change after they were read. */
const listed = new WeakMap<Flow, { readonly forms: WordForms; readonly words: readonly string[] }>()

/** The same words that open the flow when they stand alone, the longest first. */
function wordsOf({ flows, forms }: Parts): readonly string[] {
  const flow = flows.byId(COMPLAINT_FLOW)
  if (!flow) return []
  const known = listed.get(flow)
  if (known?.forms === forms) return known.words
  const said = [...forms.values()].flatMap((words) => words.complain ?? [])
  const words = [...said, ...[...flow.triggers.values()].flat()].map((word) => word.toLowerCase())
  words.sort((a, b) => b.length - a.length)
  listed.set(flow, { forms, words })
  return words
}

/** What was open is set aside; a draft of another complaint stays where it is. */
export async function openComplaint(parts: Parts, work: Work, said: string, words: string): Promise<void> {
  const flow = parts.flows.byId(COMPLAINT_FLOW)
  if (!flow) return
  const { talk } = work
  const danger = parts.intent.danger(said)
  if (talk && talk.phase !== 'draft') await warnInside(parts, work, talk, said)
  else if (danger !== null) saySafety(work, danger)
  if (isRefusedHere(parts, work, flow)) {
    await sayElsewhere(parts, work, flow)
    return talk && talk.phase !== 'draft' ? askAgain(parts, work, talk) : undefined
  }
  const opened = await parts.handlers.openings[COMPLAINT_FLOW]?.(work.account.speaker, work.at)
  if (talk) await setAside(parts, work, talk)
  const told = work.cause === null ? [] : [work.cause]
  setAsked(parts, work, { flows: [], told, danger: danger !== null, again: false })
  await beginFlow(parts, work, flow, opened && 'given' in opened ? opened.given : {}, words)
}
