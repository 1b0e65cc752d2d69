/** What a finished conversation becomes. */
import { formatInstant } from '../base/time.ts'
import { AnswersEnvironment } from './answers-environment.ts'
import type { Submission, StoredAnswer } from './effects.ts'
import { keptFor } from './keep.ts'
import { OUTSIDE, pathOf } from './place.ts'
import { answerShown, labelOf, linesOf } from './lines.ts'
import type { Run } from './run.ts'
import { answersOf, type Answer } from './survey.ts'

type Answers = { [question: string]: StoredAnswer }

export function submit(run: Run): void {
  const given = answersOf(run)
  const submission = submissionOf(run, given)
  const facts = factsOf(run, given)
  run.phase = 'submitted'
  run.cursor = null
  if (Object.keys(facts).length > 0) run.effects.push({ kind: 'learn', facts })
  run.effects.push({ kind: 'submit', submission }, { kind: 'end', reason: 'submitted' })
}

function submissionOf(run: Run, given: readonly Answer[]): Submission {
  const answers: Answers = {}
  const approximate: string[] = []
  const media: { question: string; id: string }[] = []
  for (const { place, row } of given) {
    const into = holderOf(run, answers, row.scope, place.position)
    if (row.kind === 'repeat') {
      const list = (into[row.key] ??= []) as Answers[]
      list.push({})
      continue
    }
    const cell = run.cell(row, place.position)
    const value = row.kind === 'silent' && row.source === 'end' ? formatInstant(run.turn.at, run.turn.zone) : cell.v
    if (value !== '') into[row.key] = value
    if (cell.p === 1) approximate.push(pathOf(run.program, place))
    const files = keptFor(run, place)?.media
    if (files) for (const id of files) media.push({ question: pathOf(run.program, place), id })
  }
  const environment = new AnswersEnvironment(run, OUTSIDE, '')
  for (const { name, value } of run.program.settings)
    answers[name] = typeof value === 'string' ? value : value.string(environment)
  const lines = linesOf(run, given).map((line) => ({
    question: line.path,
    label: labelOf(run, line),
    shown: answerShown(run, line, false),
  }))
  const { id, version, digest } = run.flow
  return { flow: id, version, digest, answers, approximate, media, lines }
}

/** The object that answers of these instances go into. */
function holderOf(run: Run, answers: Answers, scope: readonly number[], position: readonly number[]): Answers {
  if (scope.length === 0) return answers
  let into = answers
  scope.forEach((repeat, depth) => {
    into = (into[run.row(repeat).key] as Answers[])[position[depth] as number] as Answers
  })
  return into
}

function factsOf(run: Run, given: readonly Answer[]): Record<string, string> {
  const facts: Record<string, string> = {}
  for (const { place, row } of given)
    if (row.kind === 'ask' && row.fact !== null) {
      const { k, v } = run.cell(row, place.position)
      if (k === 'a' && v !== '') facts[row.fact] = v
    }
  return facts
}
