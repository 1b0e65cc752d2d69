/** The month in words that anybody may read: counts and kinds, no numbers of matters, no names, no places below the title. */
import { formatInstant, dateAt, type Instant } from '../../base/time.ts'
import { monthName, type MonthFigures } from '../../domain/month/figures.ts'
import type { Phrase } from '../../text/phrase.ts'

/** Fewer matters than this: their kind would tell whose they are. */
const FEWEST_WITH_KINDS = 2

/** `2026年11月` */
export function monthPhrase(figures: Pick<MonthFigures, 'from'>): Phrase {
  const [year = '', month = ''] = monthName(figures).split('-')
  return { key: 'month:name', params: { year, n: String(Number(month)) } }
}

export function monthTitle(figures: MonthFigures, territory: string | null, at: Instant, zone: string): Phrase {
  const params = { month: monthPhrase(figures), on: dateAt(at, zone), time: formatInstant(at, zone).slice(11, 16) }
  return territory === null
    ? { key: 'month:title_group', params }
    : { key: 'month:title', params: { ...params, territory } }
}

/** @param kinds also how many of each kind */
export function monthLines({ cases, casesByKind, visits }: MonthFigures, kinds: boolean): readonly Phrase[] {
  const known = Math.max(cases.leads, cases.open, cases.decided)
  return [
    { key: 'month:leads', params: { count: cases.leads } },
    { key: 'month:decided', params: { count: cases.decided, inTime: cases.inTime } },
    { key: 'month:open', params: { count: cases.open, late: cases.late } },
    { key: 'month:visits', params: { due: visits.due, done: visits.done, onTime: visits.onTime } },
    ...(kinds && known >= FEWEST_WITH_KINDS
      ? [...casesByKind].map(([kind, { leads, decided, open }]): Phrase => ({
          key: 'month:kind',
          params: { kind: { key: `cases:kind_staff.${kind}` }, leads, decided, open },
        }))
      : []),
  ]
}
