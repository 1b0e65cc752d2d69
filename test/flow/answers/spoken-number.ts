/** Numbers and days in Chinese numerals, as they are written in full. */

export const DIGITS = '零一二三四五六七八九'

/** @param value a whole number below a hundred million */
export function spoken(value: number): string {
  if (value >= 10_000) {
    const rest = value % 10_000
    return `${spoken(Math.floor(value / 10_000))}万${rest === 0 ? '' : `${rest < 1_000 ? '零' : ''}${spoken(rest)}`}`
  }
  let text = ''
  let gap = false
  for (const [size, name] of [
    [1000, '千'],
    [100, '百'],
    [10, '十'],
    [1, ''],
  ] as const) {
    const digit = Math.floor(value / size) % 10
    if (digit > 0) text += `${gap && text !== '' ? '零' : ''}${DIGITS[digit]}${name}`
    gap = digit === 0
  }
  return text || '零'
}

/** 12.05 → 十二点零五 */
export function spokenDecimal(value: number): string {
  const [whole = '', fraction] = String(value).split('.')
  const point = fraction === undefined ? '' : `点${[...fraction].map((digit) => DIGITS[Number(digit)]).join('')}`
  return `${spoken(Number(whole))}${point}`
}

/** ３，５００ as a phone writes 3,500. */
export const fullWidth = (text: string): string =>
  [...text]
    .map((char) => (char > ' ' && char <= '~' ? String.fromCharCode(char.charCodeAt(0) + 0xfee0) : char))
    .join('')

const MONTHS = ['正', '二', '三', '四', '五', '六', '七', '八', '九', '十', '冬', '腊']

/** 正月初一, 闰六月十五, 腊月三十 */
export function spokenLunar({ month, leap, day }: { month: number; leap: boolean; day: number }): string {
  return `${leap ? '闰' : ''}${MONTHS[month - 1]}月${day <= 10 ? '初' : ''}${spoken(day).replace('一十', '十')}`
}
