/** A day as the lunar calendar names it, to stand behind its date. */
import type { PlainDate } from '../../base/time.ts'
import { lunarOf } from './lunar.ts'

const MONTHS = ['正', '二', '三', '四', '五', '六', '七', '八', '九', '十', '冬', '腊']
const DIGITS = '一二三四五六七八九十'

function dayName(day: number): string {
  if (day <= 10) return `初${DIGITS[day - 1]}`
  if (day === 20 || day === 30) return `${DIGITS[day / 10 - 1]}十`
  return `${day > 20 ? '二十' : '十'}${DIGITS[(day % 10) - 1]}`
}

/** `（农历八月十五）`, in English ` (lunar 8/15)`; null outside the calendar's table. */
export function lunarName(date: PlainDate, language: string, monthOnly: boolean): string | null {
  const lunar = lunarOf(date)
  if (!lunar) return null
  if (language.startsWith('en'))
    return ` (lunar ${lunar.leap ? 'leap ' : ''}${lunar.month}${monthOnly ? '' : `/${lunar.day}`})`
  return `（农历${lunar.leap ? '闰' : ''}${MONTHS[lunar.month - 1]}月${monthOnly ? '' : dayName(lunar.day)}）`
}
