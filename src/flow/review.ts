/** The last step: the answers, numbered, before anything happens. */
import { refresh } from './derive.ts'
import type { Choice } from './effects.ts'
import { answerShown, labelOf, linesOf, sayLines } from './lines.ts'
import { spoken } from './question.ts'
import type { Run } from './run.ts'
import { submit } from './submit.ts'

/** Nothing is left to ask. */
export function openReview(run: Run): void {
  run.cursor = null
  run.attempts = 0
  refresh(run)
  if (!run.program.review) return submit(run)
  run.phase = 'review'
  putReview(run)
}

export function putReview(run: Run): void {
  const lines = linesOf(run)
  run.say('flow:review.title')
  sayLines(run, lines, 'flow:review.line')
  const edits = lines.map((line): Choice => {
    return { id: `edit:${line.path}`, label: { key: 'flow:review.edit_choice', params: { short: labelOf(run, line) } } }
  })
  run.effects.push({
    kind: 'say',
    text: { key: 'flow:review.ask' },
    choices: [...spoken(run, run.program.own.review).choices, ...edits],
    numbered: false,
    progress: { done: run.done, of: run.of },
    lines: lines.map((line) => {
      return { question: line.path, label: labelOf(run, line), shown: answerShown(run, line, true) }
    }),
  })
}
