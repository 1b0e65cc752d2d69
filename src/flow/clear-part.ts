/** Whether a part of a message can be nothing but the answer to a question. */
import { askedNow, saidIn } from './asked-now.ts'
import { isBareNumber } from './answers/bare-number.ts'
import { severalOf } from './answers/choice-list.ts'
import { spelledOut } from './answers/choice-forms.ts'
import { normalise } from './answers/normalise.ts'
import { isPersonName } from './answers/person-name.ts'
import { isNone, isUnknown } from './answers/silence.ts'
import type { Asked, Understanding } from './answers/understanding.ts'
import { understand } from './answers/understand.ts'
import type { Place } from './place.ts'
import type { AskRow } from './program.ts'
import type { Run } from './run.ts'

export function isClearFor(run: Run, row: AskRow, place: Place, part: string): boolean {
  const text = normalise(part)
  if (text === '' || isNone(text) || isUnknown(text)) return false
  const asked = askedNow(run, row, place, part)
  switch (row.type) {
    case 'text':
      return asked.isName === true && isPersonName(part)
    case 'phone':
    case 'id_number':
      return isUnderstood(run, asked, part)
    case 'integer':
    case 'decimal':
      return !isBareNumber(text) && row.unit !== null && isUnderstood(run, asked, part) && !fitsAnyUnit(run, row, part)
    case 'date':
      return !isBareNumber(text) && isUnderstood(run, asked, part)
    case 'select_one':
      return row.list?.yesNo !== true && !/\d/.test(text) && spelledOut(text, asked.choices ?? []) !== null
    case 'select_multiple':
      return !/\d/.test(text) && !isBareNumber(text) && severalOf(text, asked.choices ?? []) !== null
    default:
      return false
  }
}

const heard = (run: Run, asked: Asked, text: string): Understanding =>
  understand(asked, text, saidIn(run), run.program.forms)

const isUnderstood = (run: Run, asked: Asked, text: string): boolean => heard(run, asked, text).result === 'understood'

/** It names no unit: asked in days and in people alike it is understood. */
function fitsAnyUnit(run: Run, row: AskRow, text: string): boolean {
  const others = (['day', 'person', 'yuan'] as const).filter((unit) => unit !== row.unit)
  return others.every((unit) => isUnderstood(run, { type: row.type, unit }, text))
}
