/** What the machine gives: the time, and numbers that nobody can guess. Handed to whoever needs them. */
import { randomInt } from 'node:crypto'
import { instant, type Clock } from './base/time.ts'

export const systemClock: Clock = { now: () => instant(Date.now()) }

/** Unpredictable: ids name rows, and one process must not make those of another. */
export const systemRandom = () => randomInt(2 ** 47) / 2 ** 47
