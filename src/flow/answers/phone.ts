/** Phone numbers: mobile, or landline with its area code. Stored as bare digits. */
import { REASONS } from './reasons.ts'
import { isNone, isUnknown } from './silence.ts'
import { spokenDigits } from './spoken-digits.ts'
import type { Understanding } from './understanding.ts'

const MOBILE = /^1[3-9]\d{9}$/
/** 010, 02x with eight digits, other area codes with seven or eight. */
const LANDLINE = /^0(?:10|2\d)\d{8}$|^0[3-9]\d{2}\d{7,8}$/
const RUN = /(?:\+|00)?\d(?:[\d\s\-–—.·()/]*\d)?/g

/** Digits, or the beginning of a number spelled out (幺三八, 一三八): worth a look for a number among other words. */
export const mayHoldPhone = (text: string): boolean => /\d|[一幺]三/.test(text.normalize('NFKC'))

const isPhone = (digits: string): boolean => MOBILE.test(digits) || LANDLINE.test(digits)

/** Without the country's code. */
function national(run: string): string {
  const digits = run.replace(/\D/g, '')
  if (/^(?:0086|86)1[3-9]\d{9}$/.test(digits)) return digits.slice(-11)
  const local = /^(?:0086|86)(0?[1-9]\d{8,10})$/.exec(digits)?.[1]
  if (!local || isPhone(digits)) return digits
  return isPhone(local) ? local : `0${local}`
}

/** Bare digits as they are stored. */
export const literalPhone = (text: string): Understanding | null =>
  isPhone(text) ? { result: 'understood', value: text, literal: true, echo: spaced(text) } : null

/** @param text normalised */
export function parsePhone(text: string): Understanding {
  if (text.length > 200) return { result: 'not_understood' }
  if (isUnknown(text) || isNone(text.replace(/电话|手机|号码?|phone|telephone/g, ''))) return { result: 'unanswered' }
  const said = spokenDigits(text)
  const runs = [...said.matchAll(RUN)].map(([run]) => run)
  const numbers = new Set<string>()
  for (const run of runs) {
    const whole = national(run)
    if (isPhone(whole)) numbers.add(whole)
    else for (const piece of run.split(/[\s/]+/)) if (isPhone(national(piece))) numbers.add(national(piece))
  }
  const [only] = numbers
  if (numbers.size > 1)
    return { result: 'ambiguous', candidates: [...numbers].map((value) => ({ value, echo: spaced(value) })) }
  if (only !== undefined) return { result: 'understood', value: only, literal: only === text, echo: spaced(only) }
  const digits = runs.reduce((most, run) => Math.max(most, run.replace(/\D/g, '').length), 0)
  return digits >= 3 ? { result: 'not_allowed', why: REASONS.phone } : { result: 'not_understood' }
}

/** 138 0013 8000, to be read back. */
const spaced = (digits: string): string =>
  MOBILE.test(digits) ? `${digits.slice(0, 3)} ${digits.slice(3, 7)} ${digits.slice(7)}` : digits
