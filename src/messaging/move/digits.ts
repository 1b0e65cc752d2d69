import { randomInt } from 'node:crypto'

/** As many digits as asked for, that nobody can guess. */
export type DigitSource = (count: number) => string

export const secretDigits: DigitSource = (count) => Array.from({ length: count }, () => randomInt(10)).join('')
