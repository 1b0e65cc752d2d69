/** time and dateTime: 下午3点, 15:00, 8点半, 明天上午九点. */
import { dateAt, formatInstant, instantOf, parseInstant, parsePlainDate, timeAt } from '../../base/time.ts'
import type { PlainDate } from '../../base/time.ts'
import { readDate } from './date.ts'
import { readEnglishNumeral } from './english-numeral.ts'
import { unspaced } from './normalise.ts'
import { readNumeral } from './numeral.ts'
import { REASONS } from './reasons.ts'
import type { Asked, Said, Understanding } from './understanding.ts'

const PARTS =
  '大清早|清早|清晨|凌晨|早上|早晨|早起|一早|早|上午|前晌|上半天|午前|中午|正午|晌午|午后|后晌|下半天|下午|擦黑|傍晚|天黑|晚上|晚|夜里头|夜里|夜晚|黑里|黑了|后半夜|半夜|深夜|白天'
const CLOCK = new RegExp(
  `(?<part>${PARTS})?(?<hour>\\d{1,2})(?:点钟?|时)(?:(?<half>半)|(?<quarter>[13])刻|过?(?<minute>\\d{1,2})分?)?(?:整|正|钟)?$`,
)
const COLON = new RegExp(
  `(?<part>${PARTS})?(?<hour>\\d{1,2})[:.h](?<minute>\\d{2})(?::\\d{2}(?:\\.\\d+)?)?(?:z|[+-]\\d\\d:?\\d\\d)?(?<half>am|pm)?$`,
)
const BEFORE = new RegExp(`(?<part>${PARTS})?差(?<minus>\\d{1,2}|1刻)分?钟?(?:到)?(?<hour>\\d{1,2})点钟?$`)
const PAST =
  /(?:at )?(?<how>half|quarter|(?<minute>\d{1,2})(?: minutes?)?) (?<way>past|to) (?<hour>\d{1,2}|[a-z]+)(?: ?(?<half>am|pm))?$/
const FOUR = /^(?:[01]\d|2[0-3])[0-5]\d$/
/** 八九点, 八点到九点. */
const TWO_HOURS =
  /^(?<part>[^\d零一二三四五六七八九十两]*)(?:(?<pair>[一二三四五六七八九]{2}|十[一二]{2})点|(?<a>[零一二三四五六七八九十两\d]{1,3})点?(?:到|至|或者?|还是|-|~)(?<b>[零一二三四五六七八九十两\d]{1,3})点)(?:多?钟)?$/
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
  return text.replace(/(?!一早)[零一二三四五六七八九十两]+/g, (run) => {
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
  if (/^(?:下午|午后|后晌|下半天|擦黑|傍晚|天黑)$/.test(part)) return [hour === 12 ? 12 : hour + 12]
  if (/^(?:晚上|晚|夜里头|夜里|夜晚|黑里|黑了|深夜)$/.test(part))
    return [hour === 12 ? 0 : hour <= 4 ? hour : hour + 12]
  if (/^(?:中午|正午|晌午)$/.test(part)) return [hour <= 3 ? hour + 12 : hour]
  if (/^(?:半夜|后半夜|凌晨)$/.test(part)) return [hour === 12 ? 0 : hour === 11 && part === '半夜' ? 23 : hour]
  return part === '白天' ? [hour >= 7 ? hour : hour + 12] : [hour]
}

/** Likeliest first: people mean waking hours, 6 to 21. */
const likely = (hours: readonly number[]): number[] =>
  [...hours].sort((a, b) => Number(b >= 6 && b < 22) - Number(a >= 6 && a < 22) || a - b)

/** The time at the end of the text. @returns null when there is none, an empty list when there is no such time */
function timeIn(text: string): Read | null {
  const tight = digits(unspaced(text)).replace(/(?:左右|前后|吧|的时候|之前|以前|以后|开始|整|钟|来钟|多钟?|过)+$/, '')
  for (const [word, time] of Object.entries(NAMED))
    if (tight.endsWith(word)) return { times: [time], from: tight.length - word.length }
  const past = PAST.exec(text)
  if (past) return pastOrTo(past)
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

/** half past three, quarter to 4 pm. */
function pastOrTo(found: RegExpExecArray): Read | null {
  const { how, minute, way, hour = '', half } = found.groups ?? {}
  const said = /^\d/.test(hour) ? Number(hour) : readEnglishNumeral(hour)?.value
  if (said === undefined || said > 12) return null
  const minutes = how === 'half' ? 30 : how === 'quarter' ? 15 : Number(minute)
  const part = half === 'pm' ? '下午' : half === 'am' ? '早' : undefined
  const hours = hoursOf(half === 'am' && said === 12 ? 0 : said, part, false)
  const [shift, past] = way === 'to' ? [23, 60 - minutes] : [0, minutes]
  const times = past < 0 || past > 59 ? [] : likely(hours.map((each) => (each + shift) % 24))
  return { times: times.map((each) => `${pad(each)}:${pad(past)}`), from: found.index }
}

/** Both times of 八九点; null where one time was said. */
function twoTimes(text: string): Understanding | null {
  const groups = TWO_HOURS.exec(unspaced(text))?.groups
  if (!groups) return null
  const pair = groups['pair'] === undefined ? null : (readNumeral(groups['pair'])?.values ?? [])
  const hours = pair ?? [groups['a'], groups['b']].map((hour) => readNumeral(hour ?? '')?.values[0] ?? Number.NaN)
  const reads = hours.map((hour) => timeIn(`${groups['part']}${hour}点`))
  if (hours.length !== 2 || reads.some((read) => !read || read.times.length === 0)) return null
  if (groups['part'] !== '' && reads[0]?.from !== 0) return null
  return outcome([...new Set(reads.flatMap((read) => read?.times ?? []))].map(same), false)
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

const isAbout = (text: string): boolean => /大概|大约|差不多|左右|前后|来钟|多钟?$|about|around/.test(text)

/** @param text normalised */
export function parseTime(text: string, said: Said): Understanding {
  if (text.length > 40) return { result: 'not_understood' }
  if (/^(?:现在|刚才|刚刚|now)$/.test(text)) return outcome([same(timeAt(said.at, said.zone))], true)
  if (FOUR.test(text)) return outcome([same(`${text.slice(0, 2)}:${text.slice(2)}`)], false)
  const two = twoTimes(text)
  if (two) return two
  const read = timeIn(text)
  if (!read) return { result: 'not_understood' }
  const before = digits(unspaced(text)).slice(0, read.from)
  if (before !== '' && !LEAD.test(before) && !/^(?:今天|每天|天天|今|today)$/.test(before))
    return { result: 'not_understood' }
  return outcome(read.times.map(same), isAbout(text))
}

const same = (value: string): { value: string; echo: string } => ({ value, echo: value })

/** In numerals it may be either calendar's, which digits don't tell any more. */
const SPOKEN_MONTH = /[一二三四五六七八九十]月/

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
      : ((SPOKEN_MONTH.test(text) ? readDate(text, today) : null) ??
        readDate(before, today) ??
        readDate(text.slice(0, Math.max(0, text.search(/\d{1,2}(?::\d\d)? ?(?:am|pm)/))).trim(), today))
  if (!day) return { result: 'not_understood' }
  if (day.reading.kind === 'impossible') return { result: 'not_allowed', why: REASONS.day }
  const dates = day.reading.kind === 'ask' ? day.reading.options : day.reading.options.slice(0, 1)
  if (dates.length === 0 || dates.some(({ precision }) => precision)) return { result: 'not_understood' }
  const moments = dates.flatMap(({ date }) => read.times.map((time) => iso(date, time)))
  const allowed = moments.filter(({ value }) => asked.allows?.(value) ?? true)
  return outcome(allowed.length > 0 ? allowed : moments, isAbout(text) || day.approximate)
}
