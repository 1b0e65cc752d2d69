/** What the bot did, as the lines of a story. */
import type { Effect, Submission } from '../../flow/effects.ts'
import type { Flow } from '../../flow/flow.ts'
import { isSay } from './session.ts'

type Say = Extract<Effect, { kind: 'say' }>

/** Sentences of one turn as the message that a person gets. */
export type Render = (said: readonly Say[], language: string) => RenderedMessage

export interface RenderedMessage {
  readonly text: string
  readonly choices: readonly { readonly id: string; readonly label: string }[]
}

/** @param submitted the sentence that a submitted flow ends with, null when it has none */
export function transcriptOf(
  effects: readonly Effect[],
  flow: Flow,
  language: string,
  render: Render,
  submitted: string | null,
): string[] {
  const said = effects.filter(isSay)
  const lines: string[] = []
  if (said.length > 0) {
    const { text, choices } = render(said, language)
    lines.push(...text.split('\n'))
    const isListed = said.some((effect) => (effect.choices?.length ?? 0) > 0 && effect.numbered !== false)
    const tappable = choices.filter(({ id }) => !isListed || ACTIONS.has(id))
    if (tappable.length > 0) lines.push(tappable.map(({ id, label }) => `[${id}: ${label}]`).join(' '))
  }
  for (const effect of effects) lines.push(...aside(effect, flow))
  if (submitted !== null && effects.some(({ kind }) => kind === 'submit')) lines.push(...submitted.split('\n'))
  return lines
}

const ACTIONS: ReadonlySet<string> = new Set(['submit', 'skip', 'back', 'help', 'human'])

/** What the person does not see, in brackets. */
function aside(effect: Effect, flow: Flow): string[] {
  switch (effect.kind) {
    case 'say':
      return []
    case 'learn':
      return [
        `(learn ${Object.entries(effect.facts)
          .map(([fact, value]) => `${fact}=${value}`)
          .join(' ')})`,
      ]
    case 'alert':
      return [`(alert ${effect.level} ${effect.question})`]
    case 'submit':
      return [`(submit ${flow.submit})`, ...answersOf(effect.submission)]
    case 'word':
      return [`(word ${effect.word}${effect.argument === undefined ? '' : ` ${effect.argument}`})`]
    case 'end':
      return [`(end ${effect.reason})`]
    case 'fault':
      return [`(fault ${effect.code} ${effect.question ?? ''})`]
  }
}

function answersOf({ answers, approximate, media }: Submission): string[] {
  const lines = Object.entries(answers).map(
    ([question, answer]) => `  ${question} = ${typeof answer === 'string' ? answer : JSON.stringify(answer)}`,
  )
  if (approximate.length > 0) lines.push(`  about: ${approximate.join(' ')}`)
  for (const { question, id } of media) lines.push(`  file of ${question}: ${id}`)
  return lines
}
