/** Advice to authors: nothing here stops a flow from loading. */
import { normalise } from '../answers/normalise.ts'
import type { Flow } from '../flow.ts'
import type { AskRow, Program, Row } from '../program.ts'
import type { Complaints, Spot } from './problems.ts'
import type { FileSource } from './source.ts'
import { wordsAnywhere, type Words } from './words.ts'

/** More questions than this, asked of everybody, tire a villager. */
export const MAX_QUESTIONS = 12
/** A choice label longer than this does not fit the buttons of all platforms (Telegram cuts at about this width on a phone). */
export const MAX_CHOICE_LABEL = 20

const spotOf = (row: Row): Spot => ({ file: row.file, line: row.line, question: row.name })

export function lint(flow: Flow, file: FileSource, words: Words, complaints: Complaints): void {
  const program = flow.program as Program
  const asked = program.rows.filter((row): row is AskRow => row.kind === 'ask')
  const counted = asked.filter((row) => row.scope.length === 0 && row.gates.length === 0)
  if (flow.audience === 'villager' && counted.length > MAX_QUESTIONS)
    complaints.add('too_many_questions', { file: file.file, line: 1 }, { count: counted.length, most: MAX_QUESTIONS })
  if (flow.menu === null && [...flow.triggers.values()].every((forms) => forms.length === 0))
    complaints.add('no_trigger', { file: file.file, line: 1 })
  for (const row of program.rows) {
    unreachable(row, complaints)
    comparedWithZero(row, program, complaints)
  }
  for (const row of asked) choiceWords(row, words, complaints)
}

/** `relevant: no`, or a condition that no answer can change and that is false. */
function unreachable(row: Row, complaints: Complaints): void {
  const source = row.relevant?.source.trim()
  if (source !== undefined && /^\(?\s*(no|false|false\(\)|0|1\s*=\s*2)\s*\)?$/i.test(source))
    complaints.add('unreachable', spotOf(row))
}

/** `${x} != 0` holds when x is unanswered. */
function comparedWithZero(row: Row, program: Program, complaints: Complaints): void {
  const sources = [row.relevant?.source]
  if (row.kind === 'ask') sources.push(row.constraint?.source, row.filter?.source)
  if (row.kind === 'silent') sources.push(row.calculation?.source)
  for (const source of sources)
    for (const match of source?.matchAll(/\$\{([^}]+)\}\s*!=\s*0(?![.\d])/g) ?? []) {
      const read = program.rows.find((other) => other.name === match[1])
      if (read?.kind === 'ask' && read.required !== true && (read.type === 'integer' || read.type === 'decimal'))
        complaints.add('number_compared_with_zero', spotOf(row), { name: read.name })
    }
}

function choiceWords(row: AskRow, words: Words, complaints: Complaints): void {
  if (!row.list) return
  for (const [language, spoken] of row.list.spoken) {
    const forms = wordsAnywhere(words, language)
    for (const option of spoken.options) {
      const clash = [option.label, ...(option.also ?? [])].find((word) => forms.has(normalise(word)))
      if (clash !== undefined) complaints.add('word_clash', spotOf(row), { word: clash, choice: option.name, language })
      if ([...option.label].length > MAX_CHOICE_LABEL && /^zh/.test(language))
        complaints.add('choice_label_long', spotOf(row), { choice: option.name, language, most: MAX_CHOICE_LABEL })
    }
  }
}
