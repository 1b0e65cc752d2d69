/** When somebody will be away, and who stands in: 到12月5日 交给石二妹 · 三天 · 12月1日到5日,石二妹代 · until friday, covered by … */
import { addDays, daysBetween, weekdayOf, type PlainDate } from '../../base/time.ts'
import { readDate } from './date.ts'
import { normalise, unspaced } from './normalise.ts'
import { wholeNumeral } from './numeral.ts'

export interface Absence {
  /** The days, both included; `none` when none were said, `unclear` when they can't be read, `past` when they are over or too far. */
  readonly days: { readonly fromOn: PlainDate; readonly toOn: PlainDate } | 'none' | 'unclear' | 'past'
  /** Who was named, a place before the name where one was said. */
  readonly by: string | null
}

/** A day said that long ago may begin what lasts until now; nobody asks for a day that far ahead. */
const DAYS_BACK = 14
const DAYS_AHEAD = 183
export const LONGEST_ABSENCE = 366

const NAME = String.raw`(?<name>(?:[\p{L}·]{2,12}[村镇乡寨组区道格县市点局] ?的?)?[\p{L}·]{2,20}?)`
const DOES = '(?:来|帮我|先)?(?:代理|代管|代班|代办|代|替我|替|顶班|顶|负责|接手|接|管)'
const END = String.raw`(?=$|[\s,;。]|到|至)`
/** Who stands in, as it is said. */
const STANDS_IN = [
  new RegExp(
    String.raw`(?:工作|事情|的事|手上的事)?(?:都|先)?(?:交给|交由|转给|转交|托给|由|让|叫|请)[ :]?${NAME}${DOES}?${END}`,
    'u',
  ),
  new RegExp(String.raw`代(?:理|班|管)?人(?:是|为|:)?\s*${NAME}${END}`, 'u'),
  new RegExp(String.raw`(?:^|[\s,;。])${NAME}${DOES}${END}`, 'u'),
  /(?:hand(?:ed|ing)?(?: it)?(?: over)? to|cover(?:ed)? by|cover:) *(?<name>\p{L}[\p{L} .'-]{1,40})$/iu,
]

/** @param said without the word that says that one is away */
export function readAbsence(said: string, today: PlainDate): Absence {
  const text = said.normalize('NFKC').replace(/\s+/g, ' ').trim()
  const stands = STANDS_IN.map((pattern) => pattern.exec(text)).find((match) => match !== null)
  const rest = stands ? `${text.slice(0, stands.index)},${text.slice(stands.index + stands[0].length)}` : text
  const by = stands?.groups?.['name']?.trim() ?? null
  const pieces = rest
    .split(/[,;。、]/)
    .map(piece)
    .filter((each) => each !== '')
  if (pieces.length === 0) return { days: 'none', by }
  // A reason may stand beside the days.
  for (const each of pieces) {
    const days = daysIn(each, today)
    if (days !== null) return { days: days === 'unclear' ? days : bounded(days, today), by }
  }
  return { days: 'unclear', by }
}

interface Days {
  readonly fromOn: PlainDate
  readonly toOn: PlainDate
}

const AROUND = /^(?:我|要|想|从|自|打|我从|from )+|(?:起|开始|为止|止|期间|在外|不在|休息|上午|下午|晚上|全天)+$/g

function piece(said: string): string {
  const text = normalise(said)
  return (/\p{Script=Han}/u.test(text) ? unspaced(text) : text).replace(AROUND, '').trim()
}

function bounded({ fromOn, toOn }: Days, today: PlainDate): Absence['days'] {
  if (toOn < today || toOn < fromOn || fromOn > addDays(today, DAYS_AHEAD)) return 'past'
  const from = fromOn < today ? today : fromOn
  return daysBetween(from, toOn) < LONGEST_ABSENCE ? { fromOn: from, toOn } : 'past'
}

function daysIn(text: string, today: PlainDate): Days | 'unclear' | null {
  const until = /^(?:到|至|until|till|through|to) *(.+)$/.exec(text)
  if (until) {
    const toOn = dayFrom(until[1] as string, today)
    return toOn && { fromOn: today, toOn }
  }
  return (
    range(text, today) ??
    lasting(text, today) ??
    twoDays(text, today) ??
    wholeWeek(text, today) ??
    // 3日 is three days, or a day of the month.
    (/^\d{1,2}[日号]?$/.test(text) ? 'unclear' : oneDay(text, today))
  )
}

const BETWEEN = /到|至|~|—|–|-| to | until | till | through /g

function range(text: string, today: PlainDate): Days | null {
  for (const found of text.matchAll(BETWEEN)) {
    const fromOn = dayFrom(text.slice(0, found.index).trim(), today)
    const toOn = fromOn && dayFrom(text.slice(found.index + found[0].length).trim(), today, fromOn)
    if (fromOn && toOn) return { fromOn, toOn }
  }
  return null
}

const LENGTH =
  /^(?<from>.*?)(?:请|休|走|共|一共|大概|大约|for )*(?<count>[\d零一二两三四五六七八九十廿卅半]+|an?|one|two|three|four|five) *个?(?<unit>天|工作日|周|星期|礼拜|月|days?|weeks?|months?)(?:左右|的?假)?$/u
const UNIT_DAYS: Readonly<Record<string, number>> = { 周: 7, 星期: 7, 礼拜: 7, 月: 30, week: 7, month: 30 }
const ENGLISH = ['a', 'one', 'two', 'three', 'four', 'five']

function lasting(text: string, today: PlainDate): Days | null {
  const found = LENGTH.exec(text)?.groups
  if (!found) return null
  const { from = '', count = '', unit = '' } = found
  const fromOn = from === '' ? today : dayFrom(piece(from), today)
  const each = UNIT_DAYS[unit.replace(/s$/, '')] ?? 1
  const many =
    count === '半'
      ? 0.5
      : count === 'an'
        ? 1
        : ENGLISH.includes(count)
          ? Math.max(1, ENGLISH.indexOf(count))
          : wholeNumeral(count)
  if (!fromOn || many === null || many <= 0) return null
  return { fromOn, toOn: addDays(fromOn, Math.max(1, Math.ceil(many * each)) - 1) }
}

/** 今明两天, 明后天 */
function twoDays(text: string, today: PlainDate): Days | null {
  const found = /^(今|明)天?(?:和|、)?(明|后)(?:两|2|二)?天$/.exec(text)
  if (!found || (found[1] === '今') !== (found[2] === '明')) return null
  const fromOn = addDays(today, found[1] === '今' ? 0 : 1)
  return { fromOn, toOn: addDays(fromOn, 1) }
}

/** The rest of this week, or the next from Monday on. */
function wholeWeek(text: string, today: PlainDate): Days | null {
  const found = /^(?:(这|本)|下)个?(?:周|星期|礼拜)$|^(?:(this)|next) week$/.exec(text)
  if (!found) return null
  const sunday = addDays(today, (7 - weekdayOf(today)) % 7)
  return found[1] || found[2]
    ? { fromOn: today, toOn: sunday }
    : { fromOn: addDays(sunday, 1), toOn: addDays(sunday, 7) }
}

function oneDay(text: string, today: PlainDate): Days | null {
  const day = dayFrom(text.replace(/^(?:on|tomorrow's) /, ''), today)
  return day && { fromOn: day, toOn: day }
}

/** Said with its month, a day that is just over is meant as it is said; 5号 is the next one. */
const DAY_ALONE = /^[\d零一二两三四五六七八九十廿卅]{1,3}[日号]$|^(?:周|星期|礼拜)/

const recent = (text: string, today: PlainDate): PlainDate =>
  DAY_ALONE.test(text) ? today : addDays(today, -DAYS_BACK)

/** The first day of that name from `first` on; the latest one where all are before it. */
function dayFrom(text: string, today: PlainDate, first: PlainDate = recent(text, today)): PlainDate | null {
  const said = [today, ...(/^\d/.test(text) ? [first] : [])].flatMap((base) => optionsOf(text, base))
  const days = said.sort()
  return days.find((day) => day >= first) ?? days.at(-1) ?? null
}

function optionsOf(text: string, today: PlainDate): readonly PlainDate[] {
  const reading = readDate(text, today)?.reading
  if (!reading || reading.kind === 'impossible') return []
  return reading.options.filter(({ precision }) => precision === undefined).map(({ date }) => date)
}
