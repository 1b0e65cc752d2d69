/** time and dateTime: 下午3点, 15:00, 8点半, 明天上午九点. */
import { dateAt, formatInstant, instantOf, parseInstant, parsePlainDate, timeAt } from '../../base/time.ts'
import type { PlainDate } from '../../base/time.ts'
import { readDate } from './date.ts'
import { unspaced } from './normalise.ts'
import { readNumeral } from './numeral.ts'
import { REASONS } from './reasons.ts'
import type { Asked, Said, Understanding } from './understanding.ts'

const PARTS =
  '清早|清晨|凌晨|早上|早晨|早|上午|午前|中午|正午|晌午|午后|下午|傍晚|天黑|晚上|晚|夜里|夜晚|半夜|深夜|白天'
const CLOCK = new RegExp(
  `(?<part>${PARTS})?(?<hour>\\d{1,2})(?:点钟?|时)(?:(?<half>半)|(?<quarter>[13])刻|过?(?<minute>\\d{1,2})分?)?(?:整|正|钟)?$`,
)
const COLON = new RegExp(
  `(?<part>${PARTS})?(?<hour>\\d{1,2})[:.h](?<minute>\\d{2})(?::\\d{2}(?:\\.\\d+)?)?(?:z|[+-]\\d\\d:?\\d\\d)?(?<half>am|pm)?$`,
)
const BEFORE = new RegExp(`(?<part>${PARTS})?差(?<minus>\\d{1,2}|1刻)分?钟?(?:到)?(?<hour>\\d{1,2})点钟?$`)
const ENGLISH = /(?:at )?(?<hour>\d{1,2})(?:[:.](?<minute>\d{2}))? ?(?<half>am|pm|a\.m|p\.m|o'?clock)$/
const NAMED: Readonly<Record<string, string>> = {
  中午: '12:00', 正午: '12:00', 晌午: '12:00', noon: '12:00', midday: '12:00', 半夜: '00:00', 零点: '00:00', midnight: '00:00',
} // prettier-ignore

interface Read {
  readonly times: readonly string[]
  /** Where the time begins. */
  readonly from: number
}

const pad = (n: number): string => String(n).padStart(2, '0')

/** Numerals as digits, so that 三点半 and 3点半 are one. */
function digits(text: string): string {
  return text.replace(/[零一二三四五六七八九十两]+/g, (run) => {
    const leading = /^零(?=[一二三四五六七八九])/.test(run) ? run.slice(1) : run
    const found = readNumeral(leading)
    return found?.end === leading.length && found.values.length === 1 ? String(found.values[0]) : run
  })
}

/** Hours 0–23 that the said hour may be. Without a part of the day 1 to 11 may be either half. */
function hoursOf(hour: number, part: string | undefined, digital: boolean): number[] {
  if (hour > 24) return []
  if (hour === 24) return [0]
  if (part === undefined) return hour === 0 || hour >= 12 || digital ? [hour] : [hour, hour + 12]
  if (hour > 12) return [hour]
  if (/^(?:下午|午后|傍晚|天黑)$/.test(part)) return [hour === 12 ? 12 : hour + 12]
  if (/^(?:晚上|晚|夜里|夜晚|深夜)$/.test(part)) return [hour === 12 ? 0 : hour <= 4 ? hour : hour + 12]
  if (/^(?:中午|正午|晌午)$/.test(part)) return [hour <= 3 ? hour + 12 : hour]
  if (/^(?:半夜|凌晨)$/.test(part)) return [hour === 12 ? 0 : hour === 11 && part === '半夜' ? 23 : hour]
  return part === '白天' ? [hour >= 7 ? hour : hour + 12] : [hour]
}

/** Likeliest first: people mean waking hours, 6 to 21. */
const likely = (hours: readonly number[]): number[] =>
  [...hours].sort((a, b) => Number(b >= 6 && b < 22) - Number(a >= 6 && a < 22) || a - b)

/** The time at the end of the text. @returns null when there is none, an empty list when there is no such time */
function timeIn(text: string): Read | null {
  const tight = digits(unspaced(text)).replace(/(?:左右|前后|吧|的时候|之前|以前|以后|开始|整|钟)+$/, '')
  for (const [word, time] of Object.entries(NAMED))
    if (tight.endsWith(word)) return { times: [time], from: tight.length - word.length }
  const english = ENGLISH.exec(text)
  const found = english ?? BEFORE.exec(tight) ?? CLOCK.exec(tight) ?? COLON.exec(tight)
  const groups = found?.groups
  if (!found || !groups) return null
  let hour = Number(groups['hour'])
  let minute = Number(groups['minute'] ?? 0)
  const half = groups['half']
  let part = groups['part']
  if (half === '半') minute = 30
  else if (half?.startsWith('p')) part = '下午'
  else if (half?.startsWith('a')) [part, hour] = ['早', hour === 12 ? 0 : hour]
  if (groups['quarter'] !== undefined) minute = Number(groups['quarter']) * 15
  let hours = hoursOf(hour, part, tight.includes(':') && !english)
  if (groups['minus'] !== undefined) {
    minute = 60 - (groups['minus'] === '1刻' ? 15 : Number(groups['minus']))
    hours = hours.map((each) => (each + 23) % 24)
  }
  if (minute > 59 || minute < 0) hours = []
  return { times: likely(hours).map((each) => `${pad(each)}:${pad(minute)}`), from: found.index }
}

/** `HH:MM`. */
export function literalTime(text: string): Understanding | null {
  return /^(?:[01]\d|2[0-3]):[0-5]\d$/.test(text)
    ? { result: 'understood', value: text, literal: true, echo: text }
    : null
}

const LEAD = /^(?:我|就|是|在|嗯+|那|大概|大约|差不多|左右|约|可能|about|around|at|,|，|、| )+$/

function outcome(values: readonly { value: string; echo: string }[], approximate: boolean): Understanding {
  const [first] = values
  if (!first) return { result: 'not_allowed', why: REASONS.time }
  if (values.length > 1) return { result: 'ambiguous', candidates: values }
  return { result: 'understood', ...first, literal: false, ...(approximate && { approximate: true as const }) }
}

const isAbout = (text: string): boolean => /大概|大约|差不多|左右|前后|about|around/.test(text)

/** @param text normalised */
export function parseTime(text: string, said: Said): Understanding {
  if (text.length > 40) return { result: 'not_understood' }
  if (/^(?:现在|刚才|刚刚|now)$/.test(text)) return outcome([same(timeAt(said.at, said.zone))], true)
  const read = timeIn(text)
  if (!read) return { result: 'not_understood' }
  const before = digits(unspaced(text)).slice(0, read.from)
  if (before !== '' && !LEAD.test(before) && !/^(?:今天|每天|天天|今|today)$/.test(before))
    return { result: 'not_understood' }
  return outcome(read.times.map(same), isAbout(text))
}

const same = (value: string): { value: string; echo: string } => ({ value, echo: value })

/** @param text normalised; stored as ISO 8601 with the zone's offset */
export function parseDateTime(text: string, asked: Asked, said: Said): Understanding {
  if (text.length > 60) return { result: 'not_understood' }
  const moment = parseInstant(text.toUpperCase())
  const iso = (date: PlainDate, time: string) => {
    const value = formatInstant(instantOf(date, time, said.zone), said.zone)
    return { value, echo: `${date} ${time}` }
  }
  if (moment !== null) {
    const value = formatInstant(moment, said.zone)
    const echo = `${dateAt(moment, said.zone)} ${timeAt(moment, said.zone)}`
    return { result: 'understood', value, literal: value.toLowerCase() === text, echo }
  }
  if (/^(?:现在|刚才|刚刚|now)$/.test(text))
    return outcome([iso(dateAt(said.at, said.zone), timeAt(said.at, said.zone))], true)
  const read = timeIn(text)
  if (!read) return { result: 'not_understood' }
  const before = digits(unspaced(text))
    .slice(0, read.from)
    .replace(/[t,，、的at]+$/, '')
  const today = dateAt(said.at, said.zone)
  const plain = parsePlainDate(before)
  const day = plain
    ? { reading: { kind: 'options' as const, options: [{ date: plain }] }, approximate: false }
    : before === '' || LEAD.test(before)
      ? null
      : (readDate(before, today) ??
        readDate(text.slice(0, Math.max(0, text.search(/\d{1,2}(?::\d\d)? ?(?:am|pm)/))).trim(), today))
  if (!day) return { result: 'not_understood' }
  if (day.reading.kind === 'impossible') return { result: 'not_allowed', why: REASONS.day }
  const [date] = day.reading.options
  if (!date || date.precision) return { result: 'not_understood' }
  const moments = read.times.map((time) => iso(date.date, time))
  const allowed = moments.filter(({ value }) => asked.allows?.(value) ?? true)
  return outcome(allowed.length > 0 ? allowed : moments, isAbout(text) || day.approximate)
}
