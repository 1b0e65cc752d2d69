import { DAY, dateAt, formatInstant } from '../../../base/time.ts'
import { ofNumber, ofString } from '../code.ts'
import type { Code, Evaluate } from '../code.ts'
import { dateText, dateTimeText, monthsBetween, timeOfDay, wallAt, wallOf, wallOfDays } from '../dates.ts'
import type { Wall } from '../dates.ts'
import type { Environment } from '../environment.ts'
import { formatWall } from '../format-date.ts'
import { numberOf } from '../numbers.ts'
import { arg } from './definition.ts'
import type { Definition, Definitions } from './definition.ts'

const FORMAT: Definition = {
  least: 2,
  most: 2,
  make: (args) => {
    const wall = wallFrom(arg(args, 0))
    const format = arg(args, 1).string
    return ofString((environment, frame) => {
      const shown = wall(environment, frame)
      return shown === null ? '' : formatWall(shown, format(environment, frame), environment.language)
    })
  },
}

const DATE_TIME: Definition = {
  least: 1,
  most: 1,
  make: (args) => {
    const wall = wallFrom(arg(args, 0))
    return ofString((environment, frame) => {
      const moment = wall(environment, frame)
      return moment === null ? '' : dateTimeText(moment, environment.zone)
    })
  },
}

export const DATES: Definitions = {
  today: {
    least: 0,
    most: 0,
    make: (_args, { site }) => {
      site.notes.volatile = true
      const code = ofString((environment) => dateAt(environment.at, environment.zone))
      return { ...code, number: (environment) => wallAt(environment.at, environment.zone).day }
    },
  },
  now: {
    least: 0,
    most: 0,
    make: (_args, { site }) => {
      site.notes.volatile = true
      return ofString((environment) => formatInstant(environment.at, environment.zone))
    },
  },
  date: {
    least: 1,
    most: 1,
    make: (args) => {
      const wall = wallFrom(arg(args, 0))
      return ofString((environment, frame) => {
        const day = wall(environment, frame)
        return day === null ? '' : dateText(day)
      })
    },
  },
  'date-time': DATE_TIME,
  'format-date': FORMAT,
  'format-date-time': FORMAT,
  'decimal-date-time': {
    least: 1,
    most: 1,
    make: (args) => {
      const wall = wallFrom(arg(args, 0))
      return ofNumber((environment, frame) => {
        const moment = wall(environment, frame)
        return moment === null ? NaN : moment.day + moment.ms / DAY
      })
    },
  },
  'decimal-time': {
    least: 1,
    most: 1,
    make: (args) => {
      const text = arg(args, 0).string
      return ofNumber((environment, frame) => {
        const time = text(environment, frame)
        const ms = timeOfDay(time, environment.at, environment.zone) ?? wallOf(time, environment.zone)?.ms
        return ms === undefined ? NaN : ms / DAY
      })
    },
  },
  'difference-in-months': {
    least: 2,
    most: 2,
    make: (args) => {
      const [from, to] = [wallFrom(arg(args, 0)), wallFrom(arg(args, 1))]
      return ofNumber((environment, frame) => {
        const [start, end] = [from(environment, frame), to(environment, frame)]
        return start === null || end === null ? NaN : monthsBetween(start, end)
      })
    },
  },
}

/** A date, a date-time, a day number, or a time today. */
function wallFrom(code: Code): Evaluate<Wall | null> {
  if (code.type === 'number') return (environment, frame) => wallOfDays(code.number(environment, frame))
  return (environment, frame) => readWall(code.string(environment, frame), environment)
}

function readWall(text: string, environment: Environment): Wall | null {
  if (text === '') return null
  const wall = wallOf(text, environment.zone)
  if (wall !== null) return wall
  const ms = timeOfDay(text, environment.at, environment.zone)
  if (ms !== null) return { day: wallAt(environment.at, environment.zone).day, ms }
  return wallOfDays(numberOf(text, environment.zone))
}
