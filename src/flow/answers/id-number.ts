/** Resident identity numbers (GB 11643): 18 characters, a birth date inside, a check character at the end. */
import { dateAt, plainDate } from '../../base/time.ts'
import { REASONS } from './reasons.ts'
import { unspaced } from './normalise.ts'
import { bare, isNone, isUnknown } from './silence.ts'
import { spokenDigits } from './spoken-digits.ts'
import type { Said, Understanding } from './understanding.ts'

const WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2] as const
const CHECKS = '10X98765432'

/** Provinces, from 11 Beijing to 83 Taiwan residents; 9 is for foreigners' permanent residence. */
const REGION = /^(?:1[1-5]|2[1-3]|3[1-7]|4[1-6]|5[0-4]|6[1-5]|71|8[1-3]|9\d)/

/** The check character that ISO 7064 MOD 11-2 gives for 17 digits. */
export function idCheck(digits: string): string {
  let sum = 0
  for (const [index, weight] of WEIGHTS.entries()) sum += weight * Number(digits[index])
  return CHECKS[sum % 11] as string
}

const NOT_AT_HAND =
  /^(?:身份证)?(?:没|冇|莫|不)(?:得|有)?(?:带|拿|在身上|在手边|在手上|方便说?|想说|好说)(?:身份证|证)?(?:在?身上)?$/

/** @param text normalised */
export function parseIdNumber(text: string, said: Said): Understanding {
  if (text.length > 200) return { result: 'not_understood' }
  const none = text.replace(/身份证号?码?|证件号?码?|号码?/g, '')
  if (isUnknown(text) || isNone(none) || NOT_AT_HAND.test(bare(unspaced(text)))) return { result: 'unanswered' }
  const spoken = spokenDigits(text.replace(/(?<=\d\s?)(?:[×✕✖叉]|埃克斯|艾克斯|ex)$/, 'x'))
  const runs = (spoken.match(/\d(?:[\d\s\-.·,、]*\d)?[\s-]?x?/g) ?? []).map((run) =>
    run.replace(/[^\dx]/g, '').toUpperCase(),
  )
  const whole = [...new Set(runs.filter((candidate) => candidate.length === 18))]
  const right = whole.filter((candidate) => wrongWith(candidate, said) === null)
  if (right.length > 1) return { result: 'ambiguous', candidates: right.map((value) => ({ value, echo: value })) }
  const run = right[0] ?? whole[0] ?? runs.sort((a, b) => b.length - a.length)[0] ?? ''
  if (run.length < 4) return { result: 'not_understood' }
  const wrong = wrongWith(run, said)
  if (wrong === REASONS.idLength) return { result: 'not_allowed', why: wrong, params: { length: run.length } }
  if (wrong !== null) return { result: 'not_allowed', why: wrong }
  return { result: 'understood', value: run, literal: run.toLowerCase() === text, echo: run }
}

/** Why it is no identity number; null when it is one. @param run digits and a last X */
function wrongWith(run: string, said: Said): string | null {
  if (!/^\d{17}[\dX]$/.test(run)) return REASONS.idLength
  const born = plainDate(Number(run.slice(6, 10)), Number(run.slice(10, 12)), Number(run.slice(12, 14)))
  if (!REGION.test(run) || born === null || born < '1850-01-01' || born > dateAt(said.at, said.zone))
    return REASONS.idBirth
  return idCheck(run) === run[17] ? null : REASONS.idChecksum
}
