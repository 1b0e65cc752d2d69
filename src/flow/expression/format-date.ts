import { DAY, HOUR, MINUTE, SECOND } from '../../base/time.ts'
import type { Wall } from './dates.ts'

/** Names of months and days in the form's language, as the ODK specification has it; hints only. */
const formatters = new Map<string, Intl.DateTimeFormat>()

const padded = (value: number, width: number) => String(value).padStart(width, '0')

/**
 * format-date and format-date-time: %Y %y %m %n %b %d %e %a %H %h %M %S %3, `%%` for a per cent sign.
 * Anything else stays as it is.
 */
export function formatWall(wall: Wall, format: string, language: string): string {
  const date = new Date(wall.day * DAY)
  return format.replace(/%([YymnbdeaHhMS3%])/g, (_whole, code: string) => {
    switch (code) {
      case 'Y':
        return padded(date.getUTCFullYear(), 4)
      case 'y':
        return padded(date.getUTCFullYear() % 100, 2)
      case 'm':
        return padded(date.getUTCMonth() + 1, 2)
      case 'n':
        return String(date.getUTCMonth() + 1)
      case 'b':
        return named(language, 'month').format(date)
      case 'd':
        return padded(date.getUTCDate(), 2)
      case 'e':
        return String(date.getUTCDate())
      case 'a':
        return named(language, 'weekday').format(date)
      case 'H':
        return padded(Math.floor(wall.ms / HOUR), 2)
      case 'h':
        return String(Math.floor(wall.ms / HOUR))
      case 'M':
        return padded(Math.floor((wall.ms % HOUR) / MINUTE), 2)
      case 'S':
        return padded(Math.floor((wall.ms % MINUTE) / SECOND), 2)
      case '3':
        return padded(wall.ms % SECOND, 3)
      default:
        return '%'
    }
  })
}

/** An unknown or empty language is English. */
function named(language: string, part: 'month' | 'weekday'): Intl.DateTimeFormat {
  const key = `${part} ${language}`
  let formatter = formatters.get(key)
  if (!formatter) {
    const options: Intl.DateTimeFormatOptions = { timeZone: 'UTC', [part]: 'short' }
    try {
      formatter = new Intl.DateTimeFormat(language ? [language, 'en'] : 'en', options)
    } catch {
      formatter = new Intl.DateTimeFormat('en', options)
    }
    formatters.set(key, formatter)
  }
  return formatter
}
