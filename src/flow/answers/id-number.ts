/** Resident identity numbers (GB 11643): 18 characters, a birth date inside, a check character at the end. */
import { dateAt, plainDate } from '../../base/time.ts'
import { REASONS } from './reasons.ts'
import { isNone, isUnknown } from './silence.ts'
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

/** @param text normalised */
export function parseIdNumber(text: string, said: Said): Understanding {
  if (text.length > 200) return { result: 'not_understood' }
  if (isUnknown(text) || isNone(text.replace(/身份证号?码?|证件号?码?|号码?/g, ''))) return { result: 'unanswered' }
  const spoken = spokenDigits(text.replace(/(?<=\d\s?)(?:[×✕✖叉]|埃克斯|艾克斯|ex)$/, 'x'))
  const runs = (spoken.match(/\d(?:[\d\s\-.·,、]*\d)?[\s-]?x?/g) ?? []).map((run) =>
    run.replace(/[^\dx]/g, '').toUpperCase(),
  )
  const run = runs.find((candidate) => candidate.length === 18) ?? runs.sort((a, b) => b.length - a.length)[0] ?? ''
  if (run.length < 4) return { result: 'not_understood' }
  if (!/^\d{17}[\dX]$/.test(run))
    return { result: 'not_allowed', why: REASONS.idLength, params: { length: run.length } }
  const born = plainDate(Number(run.slice(6, 10)), Number(run.slice(10, 12)), Number(run.slice(12, 14)))
  if (!REGION.test(run) || born === null || born < '1850-01-01' || born > dateAt(said.at, said.zone))
    return { result: 'not_allowed', why: REASONS.idBirth }
  if (idCheck(run) !== run[17]) return { result: 'not_allowed', why: REASONS.idChecksum }
  return { result: 'understood', value: run, literal: run.toLowerCase() === text, echo: run }
}
