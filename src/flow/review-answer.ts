/** What is said when the answers lie there to be looked through. */
import { pick } from './answer.ts'
import { saidIn } from './asked-now.ts'
import { understand } from './answers/understand.ts'
import { editPath, obey } from './command.ts'
import { linesOf } from './lines.ts'
import { spoken } from './question.ts'
import { putReview } from './review.ts'
import type { Run } from './run.ts'
import { submit } from './submit.ts'

export function answerReview(run: Run, text: string): void {
  const line = linesOf(run).find(({ number }) => number > 1 && String(number) === text.trim())
  if (line) return editPath(run, line.path)
  const { options } = spoken(run, run.program.own.review)
  const said = understand({ type: 'select_one', choices: options }, text, saidIn(run), run.program.forms)
  if (said.result === 'understood') return submit(run)
  if (said.result === 'global') return obey(run, said, text)
  const yesNo = pick(run, run.program.own.yesNo, text)
  if (yesNo === 'yes') return submit(run)
  run.attempts++
  if (yesNo === 'no') return run.say('flow:edit_which')
  run.say('flow:not_understood.review')
  putReview(run)
}
