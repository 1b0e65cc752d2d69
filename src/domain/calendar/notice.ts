/**
 * The text of the State Council's yearly notice, as people paste it: `一、元旦：1月1日（周四）至3日（周六）放假调休，共3天。1月4日（周日）上班。`
 * What counts days and names weekdays is checked against the calendar; a sentence that says something else is refused.
 */
import { addDays, daysBetween, plainDate, weekdayOf, type PlainDate } from '../../base/time.ts'

export interface NoticeDay {
  readonly line: number
  readonly date: PlainDate
  readonly kind: 'off' | 'work'
  /** Of the feast: what stands before the colon. */
  readonly name: string | null
}

export interface NoticeRefusal {
  readonly line: number
  readonly sentence: string
  /** Below `calendar:reasons`. */
  readonly reason: 'unclear' | 'no_year' | 'no_such_day' | 'backwards' | 'count' | 'weekday'
  readonly params?: Readonly<Record<string, string | number>>
}

export interface Notice {
  /** Null = the text names none. */
  readonly year: number | null
  readonly days: readonly NoticeDay[]
  readonly refusals: readonly NoticeRefusal[]
}

const DATE = /(?:(\d{4})年)?(?:(\d{1,2})月)?(\d{1,2})日(?:\(([^)]*)\))?/
const ANY_DATE = /\d{1,2}月\d{1,2}日/
const SIGNATURE = /^(?:国务院办公厅)?(?:\d{4}年)?\d{1,2}月\d{1,2}日$/
const OFF = new RegExp(`^(${DATE.source})(?:(?:至|到|-|—|~)(${DATE.source}))?放假(?:调休)?(?:[,]?共?(\\d{1,2})天)?$`)
const WORK = new RegExp(`^${DATE.source}(?:[、,和及]${DATE.source})*(?:正常)?上班$`)
const WEEKDAYS = '日一二三四五六'

/** Whether it is such a text at all, rather than a table. */
export const isNotice = (text: string): boolean =>
  /\d{1,2}月\d{1,2}日[^\n]*(?:放假|上班)/.test(text) && !/^[^\n]*(?:date|日期)\s*[,;\t]/.test(text.trimStart())

/** @param year of the days that name none; null = that of the title */
export function readNotice(text: string, year: number | null = null): Notice {
  const of = year ?? yearIn(text)
  const days: NoticeDay[] = []
  const refusals: NoticeRefusal[] = []
  for (const [index, raw] of text.split('\n').entries()) {
    const plain = raw.normalize('NFKC').replaceAll(/\s/g, '')
    if (!ANY_DATE.test(plain) || SIGNATURE.test(plain)) continue
    const heading = /^(?:[一二三四五六七八九十]+、|\d+[.、)])?([^:\d]{1,20}):/.exec(plain)
    const name = heading?.[1] ?? null
    for (const sentence of plain.slice(heading?.[0].length ?? 0).split(/[。;]/)) {
      if (!/\d日/.test(sentence)) continue
      const read = readSentence(sentence, of)
      const line = index + 1
      if ('kind' in read) for (const date of read.dates) days.push({ line, date, kind: read.kind, name })
      else refusals.push({ line, sentence, ...read })
    }
  }
  return { year: of, days, refusals }
}

/** Of the title, else the only one that is named at all. */
function yearIn(text: string): number | null {
  const plain = text.normalize('NFKC').replaceAll(/\s/g, '')
  const title = /(\d{4})年(?:部分)?节假日/.exec(plain)
  if (title) return Number(title[1])
  const named = new Set([...plain.matchAll(/(\d{4})年/g)].map((match) => match[1]))
  return named.size === 1 ? Number([...named][0]) : null
}

type Read =
  { readonly kind: 'off' | 'work'; readonly dates: readonly PlainDate[] } | Omit<NoticeRefusal, 'line' | 'sentence'>

function readSentence(sentence: string, year: number | null): Read {
  const off = OFF.exec(sentence)
  if (!off && !WORK.test(sentence)) return { reason: 'unclear' }
  const ends: PlainDate[] = []
  for (const match of sentence.matchAll(new RegExp(DATE, 'g'))) {
    const read = readDate(match, ends.at(-1) ?? null, year)
    if (typeof read !== 'string') return read
    ends.push(read)
  }
  if (!off) return { kind: 'work', dates: ends }
  const [first, last] = [ends[0] as PlainDate, ends.at(-1) as PlainDate]
  if (last < first) return { reason: 'backwards', params: { first, last } }
  const days = daysBetween(first, last) + 1
  const said = /(\d{1,2})天$/.exec(sentence)
  if (said && Number(said[1]) !== days) return { reason: 'count', params: { said: Number(said[1]), days } }
  return { kind: 'off', dates: Array.from({ length: days }, (_, place) => addDays(first, place)) }
}

/** A day without month or year has those of the day before it. */
function readDate(
  [, ownYear, ownMonth, day, remark = '']: RegExpMatchArray,
  before: PlainDate | null,
  year: number | null,
): PlainDate | Omit<NoticeRefusal, 'line' | 'sentence'> {
  const inYear = ownYear ?? before?.slice(0, 4) ?? year
  const inMonth = ownMonth ?? before?.slice(5, 7)
  if (inYear === null) return { reason: 'no_year' }
  if (inMonth === undefined) return { reason: 'unclear' }
  const date = plainDate(Number(inYear), Number(inMonth), Number(day))
  if (date === null) return { reason: 'no_such_day', params: { month: Number(inMonth), day: Number(day) } }
  const weekday = /(?:周|星期)([日天一二三四五六])/.exec(remark)?.[1]
  if (weekday && WEEKDAYS.indexOf(weekday === '天' ? '日' : weekday) !== weekdayOf(date))
    return { reason: 'weekday', params: { date, said: weekday, is: WEEKDAYS[weekdayOf(date)] ?? '' } }
  return date
}
