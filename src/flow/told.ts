/**
 * What was told before the first question: choices that it clearly names are answered by it, and it begins the story.
 * It takes effect behind a consent only: whoever refuses leaves nothing behind.
 */
import { AnswersEnvironment } from './answers-environment.ts'
import { mentioned } from './answers/choice.ts'
import { normalise } from './answers/normalise.ts'
import { personsSaid } from './answers/persons-said.ts'
import type { TextRef } from './effects.ts'
import { OUTSIDE } from './place.ts'
import type { AskRow } from './program.ts'
import { shownRows } from './question.ts'
import { record } from './record.ts'
import type { Run } from './run.ts'
import { sentence, shown } from './spoken.ts'
import type { Told } from './turn.ts'

/** The text question that what was told begins, in any flow that has one. */
const STORY = 'story'

/** Choices that are never clearly said by a word in passing. */
const ASIDE: ReadonlySet<string> = new Set(['none', 'dk', 'other', 'any'])

/**
 * Answers what the telling answers, up to the next consent that is not given yet, or that answers may still ask for.
 * @param behind row that has just been dealt with; -1 when nothing has
 */
export function takeTold(run: Run, behind: number): void {
  const { told } = run.turn
  if (run.more.told === undefined || !told) return
  const filled: AskRow[] = []
  let waits = false
  for (const row of run.program.rows) {
    if (row.kind !== 'ask' || row.scope.length > 0 || run.cell(row, OUTSIDE).k !== 'n') continue
    const isInPlay = run.inPlay(row, OUTSIDE)
    if (row.type === 'acknowledge') {
      const isPassed = !isInPlay && row.at < behind
      if (isPassed || (row.fact !== null && run.turn.known.get(row.fact)?.confirmed)) continue
      waits = true
      break
    }
    if (!isInPlay) continue
    const value = valueIn(run, row, told)
    if (value === null || !allows(run, row, value)) continue
    record(run, { row: row.at, position: OUTSIDE }, 'answered', { raw: told.text, value })
    if (row.type === 'text') run.more = { ...run.more, begun: row.path }
    else filled.push(row)
  }
  if (!waits) {
    const { told: _told, ...rest } = run.more
    run.more = rest
  }
  if (filled.length > 0) run.say('flow:told.heard', { what: listed(filled.map((row) => heard(run, row))) })
}

function valueIn(run: Run, row: AskRow, told: Told): string | null {
  if (row.type === 'text') return row.prefill || row.name === STORY ? told.text : null
  if (!row.prefill) return null
  if (row.type === 'integer' && row.unit === 'person') {
    const persons = personsSaid(told.clear)
    return persons === null ? null : String(persons)
  }
  if (row.type !== 'select_multiple' && row.type !== 'select_one') return null
  const shownNames = new Set(shownRows(run, row, OUTSIDE).map(({ name }) => name))
  const options = (row.asked.get(run.language)?.choices ?? []).filter(
    ({ name }) => shownNames.has(name) && !ASIDE.has(name),
  )
  const named = mentioned(normalise(told.clear), options).map(({ name }) => name)
  if (named.length === 0 || (row.type === 'select_one' && named.length > 1)) return null
  return named.join(' ')
}

const allows = (run: Run, row: AskRow, value: string): boolean =>
  row.constraint === null || row.constraint.boolean(new AnswersEnvironment(run, OUTSIDE, value))

const heard = (run: Run, row: AskRow): TextRef => ({
  key: 'flow:told.one',
  params: {
    short: sentence(run, row.sentences.short ?? row.sentences.label, OUTSIDE),
    value: shown(run, row, OUTSIDE, run.cell(row, OUTSIDE).v),
  },
})

function listed(items: readonly TextRef[]): TextRef {
  const [first, ...rest] = items
  if (!first) return { literal: '' }
  return rest.length === 0 ? first : { key: 'flow:told.and', params: { first, rest: listed(rest) } }
}
