/** How values are written out in a language: `${by, date}` in a sentence, or called directly. All of it asks Intl. */

const cached = <Made>(make: (language: string) => Made) => {
  const made = new Map<string, Made>()
  return (language: string): Made => {
    let one = made.get(language)
    if (!one) made.set(language, (one = make(language)))
    return one
  }
}

const numbers = cached((language) => new Intl.NumberFormat(language, { maximumFractionDigits: 6 }))
const days = cached((language) => new Intl.DateTimeFormat(language, { month: 'long', day: 'numeric', timeZone: 'UTC' }))
const weekdays = cached(
  (language) => new Intl.DateTimeFormat(language, { month: 'long', day: 'numeric', weekday: 'short', timeZone: 'UTC' }),
)
const fullDays = cached(
  (language) => new Intl.DateTimeFormat(language, { year: 'numeric', month: 'long', day: 'numeric', timeZone: 'UTC' }),
)
const lists = cached((language) => new Intl.ListFormat(language, { style: 'narrow', type: 'unit' }))

/** 3500 → `3,500`. */
export const groupedNumber = (value: number, language: string): string => numbers(language).format(value)

/** `漏雨、停水`, `a leaking roof, no water`. */
export function joinedList(items: readonly string[], language: string): string {
  if (language.startsWith('zh')) return items.join('、')
  return lists(language)
    .formatToParts(items)
    .map((part) => (part.type === 'literal' && part.value.trim() === '' ? ', ' : part.value))
    .join('')
}

const dayFormat =
  (formatter: (language: string) => Intl.DateTimeFormat) =>
  (value: string, language: string): string => {
    const at = /^\d{4}-\d\d-\d\d$/.test(value) ? Date.parse(`${value}T00:00:00Z`) : Number.NaN
    return Number.isNaN(at) ? value : formatter(language).format(at)
  }

/** `2026-11-25` → `11月25日`. Anything else is given back as it is. */
export const shortDate = dayFormat(days)

/** `2026-11-25` → `11月25日周三`. */
export const weekdayDate = dayFormat(weekdays)

/** `2026-11-25` → `2026年11月25日`. */
export const fullDate = dayFormat(fullDays)

/** What may stand behind the comma of a gap. */
export const FORMATS = {
  date: shortDate,
  weekday: weekdayDate,
  fulldate: fullDate,
  number: (value: string, language: string) =>
    value.trim() === '' || Number.isNaN(Number(value)) ? value : groupedNumber(Number(value), language),
} as const satisfies Record<string, (value: string, language: string) => string>

export type FormatName = keyof typeof FORMATS
