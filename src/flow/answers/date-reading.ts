/** What a said date may mean. */
import type { PlainDate } from '../../base/time.ts'
import { daysBetween } from '../../base/time.ts'

export interface DateOption {
  readonly date: PlainDate
  /** Only a month or a year was said: the date is its first day. */
  readonly precision?: 'month' | 'year'
  readonly approximate?: true
  /** It was said in the lunar calendar. */
  readonly lunar?: true
}

export type DateReading =
  /** Likeliest first; a constraint may rule the first ones out. */
  | { readonly kind: 'options'; readonly options: readonly DateOption[] }
  /** Two calendars or two orders fit: the person chooses. */
  | { readonly kind: 'ask'; readonly options: readonly DateOption[] }
  /** A date, but of no day that exists: 2月30日. */
  | { readonly kind: 'impossible' }

export const options = (list: readonly DateOption[]): DateReading =>
  list.length > 0 ? { kind: 'options', options: list } : { kind: 'impossible' }

export const exactly = (date: PlainDate | null): DateReading =>
  date ? { kind: 'options', options: [{ date }] } : { kind: 'impossible' }

/** Days beyond which this year's day is doubted, if another year's is within `NEAR` days: 12月28日 said on 3 January. */
const FAR = 270
const NEAR = 60

/** A day said without its year: this year's, then last year's, then next year's; far ones give way to near ones. */
export function aroundToday(
  today: PlainDate,
  thisYear: number,
  dayIn: (year: number) => PlainDate | null,
): readonly PlainDate[] {
  const days = [thisYear, thisYear - 1, thisYear + 1].map(dayIn)
  const [own, ...others] = days
  const found = days.filter((day) => day !== null)
  if (!own || Math.abs(daysBetween(today, own)) <= FAR) return found
  const near = others.find((day) => day && Math.abs(daysBetween(today, day)) <= NEAR)
  return near ? [near, ...found.filter((day) => day !== near)] : found
}
