/** `公益岗 12月底前 石二妹负责 1200元 …`: what, by when, who, how much, in any order; the rest is a note. */
import { addDays, addMonths, type PlainDate } from '../../base/time.ts'
import { readDate } from '../../flow/answers/date.ts'
import { normalise } from '../../flow/answers/normalise.ts'
import { readQuantity } from '../../flow/answers/quantity.ts'
import type { Text } from '../../text/text.ts'
import { formsOf, formTable, startsWithForm } from './typed.ts'

export interface MeasureSaid {
  readonly kind: string | null
  readonly dueOn: PlainDate | null
  readonly ownerName: string | null
  /** Yuan. */
  readonly amount: number | null
  readonly note: string | null
}

export interface MeasureWords {
  read(rest: string, today: PlainDate): MeasureSaid
  /** `1200元`, `1200`; null when it is no sum. */
  sum(said: string): number | null
}

export function measureWords(text: Text, kinds: readonly string[]): MeasureWords {
  const kindForms = formTable(text, (kind) => `measures:kind_forms.${kind}`, kinds)
  const owner = formsOf(text, 'measures:said.owner')
  const before = formsOf(text, 'measures:said.before').toSorted((a, b) => b.length - a.length)

  const ownerIn = (token: string): string | null => {
    for (const form of owner) {
      if (token.endsWith(form) && token.length > form.length) return token.slice(0, -form.length)
      if (token.startsWith(form) && token.length > form.length) return token.slice(form.length).replace(/^[:：]/, '')
    }
    return null
  }

  const dayIn = (token: string, today: PlainDate): PlainDate | null => {
    const lower = normalise(token)
    const form = before.find((each) => lower.endsWith(each) || lower.startsWith(`${each} `))
    const bare =
      form === undefined ? lower : lower.endsWith(form) ? lower.slice(0, -form.length) : lower.slice(form.length)
    return dayAhead(bare.trim(), today)
  }

  return {
    read(rest, today) {
      const found = startsWithForm(rest, kindForms)
      let said: Omit<MeasureSaid, 'kind' | 'note'> = { dueOn: null, ownerName: null, amount: null }
      const notes: string[] = []
      for (const token of (found?.rest ?? rest).split(/[\s,，;；、]+/u).filter((each) => each !== '')) {
        const ownerName = ownerIn(token)
        const dueOn = said.dueOn === null && ownerName === null ? dayIn(token, today) : null
        const amount = said.amount === null && ownerName === null && dueOn === null ? sumWithUnit(token) : null
        if (ownerName !== null) said = { ...said, ownerName }
        else if (dueOn !== null) said = { ...said, dueOn }
        else if (amount !== null) said = { ...said, amount }
        else if (!before.includes(normalise(token)) && !owner.includes(normalise(token))) notes.push(token)
      }
      return { kind: found?.name ?? null, ...said, note: notes.length > 0 ? notes.join(' ') : null }
    },
    sum: (said) => (/^\d+$/.test(said) ? Number(said) : sumWithUnit(said)),
  }
}

function sumWithUnit(token: string): number | null {
  if (!/\D/.test(token)) return null
  const [value, ...others] = readQuantity(normalise(token), 'yuan')?.values ?? []
  return value === undefined || others.length > 0 || value < 0 ? null : Math.round(value)
}

/** A day that was so many days ago is a slip, not meant for next year. */
const LATELY = 60

/** The next such day; a month without a day ends with it. A day of this year that is long past is next year's. */
function dayAhead(said: string, today: PlainDate): PlainDate | null {
  if (said === '' || /^\d{1,4}$/.test(said)) return null
  const read = readDate(said, today)?.reading
  if (!read || read.kind === 'impossible') return null
  const days = read.options.map(({ date, precision }) =>
    precision === 'month' && date.endsWith('-01') ? addDays(addMonths(date, 1), -1) : date,
  )
  const [first] = days
  if (first === undefined) return null
  const ahead = days.find((day) => day >= today)
  const next = ahead ?? (/\d{4}/.test(said) ? first : addMonths(first, 12))
  const before = addMonths(next, -12)
  return before < today && before >= addDays(today, -LATELY) && !/\d{4}/.test(said) ? before : next
}
