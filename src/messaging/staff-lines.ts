/**
 * What staff type in the middle of a flow that can be no answer to it: a command word that stands alone, or a whole line
 * (`走访 石二妹 麻老五 上门 无变化`, `请假 到12月5日 交给石二妹`). What merely holds such words stays an answer.
 */
import type { PlainDate } from '../base/time.ts'
import { normalise, unspaced } from '../flow/answers/normalise.ts'
import type { Text } from '../text/text.ts'
import { awaySaid, leaveForms } from './commands/leave.ts'
import { formsOf } from './commands/typed.ts'
import { lineWords, type LineWords } from './visits/line-words.ts'
import { readLine, type VisitLine } from './visits/read-line.ts'

export type StaffLine = 'word' | 'visit' | 'leave'

export interface StaffLines {
  /** @param anything the open question takes whatever is typed: the line must leave no doubt */
  read(said: string, today: PlainDate, anything: boolean): StaffLine | null
}

/** Lists of words that mean one thing wherever they stand alone. */
const ALONE = ['cases:commands.todo', 'month:commands.month', 'month:commands.last', 'registry:commands.back']
const LONGEST = 300
/** A name, a village before it where there is one. */
const NAME = /^(?:[\p{Script=Han}·]{2,8}|[a-z][a-z .'-]{2,40})$/u

/** The words are read when the first of the staff types in a flow. */
export function staffLines(text: Text): StaffLines {
  let made: ReturnType<typeof wordsOf> | null = null
  return {
    read(said, today, anything) {
      if (said.length > LONGEST) return null
      const { alone, leave, visit } = (made ??= wordsOf(text))
      if (alone.has(unspaced(normalise(said)))) return 'word'
      const line = readLine(said, visit, today)
      if (line && isWhole(line, anything)) return 'visit'
      const away = awaySaid(said, leave, today)
      return away && away.by !== null && typeof away.days !== 'string' ? 'leave' : null
    },
  }
}

const wordsOf = (text: Text) => ({
  alone: new Set(ALONE.flatMap((key) => formsOf(text, key)).map(unspaced)),
  leave: leaveForms(text, 'leave'),
  visit: lineWords(text) satisfies LineWords,
})

function isWhole(line: VisitLine, anything: boolean): boolean {
  const isHow = line.mode !== null || line.verb === 'phone'
  const isWhat = line.met !== null || line.changes.length > 0 || line.gaps.length > 0
  if (line.names.length === 0 && line.numbers.length === 0) return false
  if (!line.names.every((name) => NAME.test(name))) return false
  return line.verb === null || anything ? isHow && isWhat : isHow || isWhat
}
