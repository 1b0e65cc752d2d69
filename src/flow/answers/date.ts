/** date: a day, in either calendar, by name, by number or counted from today. */
import type { PlainDate } from '../../base/time.ts'
import { addDays, dateAt, parsePlainDate, partsOf, plainDate } from '../../base/time.ts'
import { dayChoices } from './date-choices.ts'
import type { DateOption, DateReading } from './date-reading.ts'
import { options } from './date-reading.ts'
import type { DateText } from './date-text.ts'
import { dateText } from './date-text.ts'
import { englishDay } from './english-date.ts'
import { aroundNewYear, feast } from './feasts.ts'
import { lunarDay } from './lunar-day.ts'
import { lunarName } from './lunar-name.ts'
import { REASONS } from './reasons.ts'
import { relativeDay } from './relative-day.ts'
import { seasonOf } from './season.ts'
import { solarDay } from './solar-day.ts'
import type { Asked, Said, Understanding } from './understanding.ts'
import { animalOf, zodiacSaid, zodiacYears } from './zodiac.ts'

const LONGEST = 60

/** The time of day after a day: 昨天上午10点. */
const CLOCK =
  /(?<=.) ?(?:[零一二两三四五六七八九十]{1,3}|\d{1,2})(?:点(?:钟|半|[一二三]刻|[零一二三四五六七八九十\d]{1,3}分?)?|:\d\d)(?:多钟?|来钟|过)?(?:左右|的样子)?$/

/** How a candidate's lunar day is shown beside it. */
const BESIDE = / ?[(（](?:农历|lunar )[^)）]*[)）]$/

/** @param text normalised @returns null for what is no date */
export function readDate(text: string, today: PlainDate): { reading: DateReading; approximate: boolean } | null {
  if (text.length > LONGEST) return null
  const own = text.replace(BESIDE, '').replace(/^(\d{4}) (\d{1,2}) (\d{1,2})$/, '$1-$2-$3')
  return (CLOCK.test(own) ? dayIn(own.replace(CLOCK, ''), today) : null) ?? dayIn(own, today)
}

const NEW_YEARS_EVE = /三十(?:晚上|夜)/

type Read = { reading: DateReading; approximate: boolean }

function dayIn(text: string, today: PlainDate): Read | null {
  const said = dateText(text)
  const about = said.approximate || /^(?:about|around|maybe) /.test(text)
  const choices = NEW_YEARS_EVE.test(said.raw) ? null : dayChoices(said.spoken, said.civil)
  const reading = (choices && eachOf(choices, today)) ?? oneDay(said, text, today) ?? beside(said.spoken, today)
  return reading && { reading, approximate: about }
}

function oneDay(said: DateText, text: string, today: PlainDate): DateReading | null {
  return (
    relativeDay(said.raw, today) ??
    relativeDay(said.spoken, today) ??
    relativeDay(said.text, today) ??
    feast(said, today) ??
    seasonOf(said.text, today) ??
    lunarDay(said, today) ??
    solarDay(said.text, today) ??
    aroundNewYear(said.raw, today) ??
    aroundNewYear(said.spoken, today) ??
    birthYears(said.spoken, today) ??
    (/^[a-z]/.test(text) ? inEnglish(said, text, today) : englishDay(text, today))
  )
}

function inEnglish(said: DateText, text: string, today: PlainDate): DateReading | null {
  const own = text.replace(/^(?:i was )?(?:on |at |during |around |about |since |born in |born on )?(?:the )?/, '')
  return (
    feast({ ...said, raw: own, spoken: own }, today) ??
    seasonOf(own, today) ??
    englishDay(text, today) ??
    (own === text ? null : solarDay(own, today))
  )
}

/** 三四天前: the likeliest day of each. */
function eachOf(texts: readonly string[], today: PlainDate): DateReading | null {
  const days: DateOption[] = []
  for (const text of texts) {
    const reading = oneDay(dateText(text), text, today)
    const [day] = reading?.kind === 'options' ? reading.options : []
    if (day) days.push(day)
    // The civil day stands second: where there is none, the other calendar's was hardly meant.
    else if (texts[0]?.includes('农历') && !text.includes('农历')) return { kind: 'impossible' }
  }
  return days.length > 1
    ? { kind: 'ask', options: days }
    : days.length === 1
      ? { kind: 'options', options: days }
      : null
}

/** 国庆前, 立秋以后, 过了正月十五: the day before or after it, roughly. */
const BEFORE_OR_AFTER = /^(.{2,}?)(?:[之以]?(前|后)|跟前|过后|一过|过了)$/
const AFTER = /^(?:过[完了]|等)(.{2,})$/

function beside(spoken: string, today: PlainDate): DateReading | null {
  const found = BEFORE_OR_AFTER.exec(spoken) ?? AFTER.exec(spoken)
  if (!found) return null
  const shift = /(?:前)$/.test(spoken) ? -1 : 1
  const inner = dateText(found[1] as string)
  const reading = oneDay(inner, found[1] as string, today)
  if (reading?.kind !== 'options') return null
  return options(reading.options.map(({ date }) => ({ date: addDays(date, shift), approximate: true as const })))
}

/** 属龙, where a birthday is asked: the years that it may be. 78年属马 is 1978, if that was a year of the horse. */
function birthYears(spoken: string, today: PlainDate): DateReading | null {
  const [thisYear] = partsOf(today)
  const found = /^(.*?)[,，、]?(属.{1,2}?)的?$/.exec(spoken)
  const animal = found && zodiacSaid(found[2] as string)
  if (!found || !animal) return null
  if (found[1] !== '' && found[1] !== '我') {
    const reading = solarDay(dateText(found[1] as string).text, today)
    const [day] = reading?.kind === 'options' ? reading.options : []
    return day && animalOf(partsOf(day.date)[0]) === animal ? reading : null
  }
  const years = zodiacYears(animal, thisYear)
  return {
    kind: 'ask',
    options: years.flatMap((year) => {
      const date = plainDate(year, 1, 1)
      return date ? [{ date, precision: 'year' as const }] : []
    }),
  }
}

/** Years that a form about living people may hold. */
const plausible = ({ date }: DateOption): boolean => date >= '1900-01-01' && date <= '2100-12-31'

const shown = (option: DateOption): string =>
  option.precision === 'month'
    ? option.date.slice(0, 7)
    : option.precision === 'year'
      ? option.date.slice(0, 4)
      : option.date

/** A candidate that was said in the lunar calendar shows that day too: 2026-09-25（农历八月十五）. */
function beheld(option: DateOption, language: string): string {
  const name = option.lunar ? lunarName(option.date, language, option.precision === 'month') : null
  return name === null ? shown(option) : `${shown(option)}${name}`
}

/** `YYYY-MM-DD`. @returns null for anything else or a day that does not exist. */
export function literalDate(text: string): Understanding | null {
  const date = text.length === 10 && text[4] === '-' ? parsePlainDate(text) : null
  return date && { result: 'understood', value: date, literal: true, echo: date }
}

/** @param text normalised */
export function parseDate(text: string, asked: Asked, said: Said): Understanding {
  const read = readDate(text, dateAt(said.at, said.zone))
  if (!read) return { result: 'not_understood' }
  if (read.reading.kind === 'impossible') return { result: 'not_allowed', why: REASONS.day }
  const likely = read.reading.options.filter(plausible)
  const allowed = likely.filter(({ date }) => asked.allows?.(date) ?? true)
  const list = allowed.length > 0 ? allowed : likely
  const [first] = list
  if (!first) return { result: 'not_allowed', why: REASONS.day }
  if (read.reading.kind === 'ask' && list.length > 1)
    return {
      result: 'ambiguous',
      candidates: list.map((option) => ({ value: option.date, echo: beheld(option, said.language) })),
    }
  return {
    result: 'understood',
    value: first.date,
    literal: false,
    echo: shown(first),
    ...((read.approximate || first.approximate) && { approximate: true as const }),
    ...(first.precision && { precision: first.precision }),
  }
}
