import { SECOND } from '../../base/time.ts'
import type { Random } from '../../base/random.ts'

/** A row that was refused this often (about two hours of trying) becomes a dead letter. */
export const MAX_ATTEMPTS = 12

/** Longest pause between two tries, in seconds. */
const LONGEST = 1024

/**
 * Pause before the next try.
 * @param failures so far, from 1
 * @param atLeastSeconds what the platform asked for
 * @returns milliseconds: 2 s doubling to 1,024 s, and up to a quarter more by chance, so that chats don't come back all at once
 */
export function backoff(failures: number, atLeastSeconds: number, random: Random): number {
  const seconds = Math.max(Math.min(2 ** failures, LONGEST), atLeastSeconds)
  return Math.round(seconds * (1 + random() / 4) * SECOND)
}
