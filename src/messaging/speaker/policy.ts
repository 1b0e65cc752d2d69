/** The table of `flows/policy/people.yaml`: consent, who speaks, moving to another phone. */
import { z } from 'zod'
import { HOUR, MINUTE, SECOND } from '../../base/time.ts'
import { readPolicy, type PolicySource } from '../../domain/policy.ts'
import { secondsOf } from '../../flow/definition/duration.ts'

export interface PeoplePolicy {
  /** Whoever agreed to another version is asked again. */
  readonly consentVersion: string
  /** Milliseconds of silence after which the bot asks who speaks. */
  readonly pauseMs: number
  readonly move: {
    readonly digits: number
    readonly validMs: number
    /** Wrong codes of one account in 24 hours. */
    readonly tries: number
    /** Wrong codes of all accounts within `validMs`. */
    readonly triesTogether: number
  }
  /** Codes that make an account one of the staff's. */
  readonly bind: {
    readonly digits: number
    readonly validMs: number
    /** Wrong codes of one account in 24 hours. */
    readonly tries: number
    /** Wrong codes of all accounts in 24 hours. */
    readonly triesTogether: number
  }
  /** Talks with a person. */
  readonly handOff: {
    /** Milliseconds of silence of both sides after which it closes by itself. */
    readonly silenceMs: number
    /** Characters of one message that are kept and passed on. */
    readonly longest: number
    /** Lines that somebody is shown again who asks by the number. */
    readonly shown: number
  }
}

export const DEFAULT_PEOPLE: PeoplePolicy = {
  consentVersion: '1',
  pauseMs: 30 * MINUTE,
  move: { digits: 8, validMs: 10 * MINUTE, tries: 5, triesTogether: 50 },
  bind: { digits: 8, validMs: 24 * HOUR, tries: 5, triesTogether: 50 },
  handOff: { silenceMs: 48 * HOUR, longest: 1000, shown: 10 },
}

const duration = z
  .string()
  .refine((text) => secondsOf(text) !== null, '30m, 2h, 1d …')
  .transform((text) => (secondsOf(text) as number) * SECOND)

const codes = z.strictObject({
  digits: z.int().min(6).max(12),
  valid: duration,
  tries: z.int().min(1).max(100),
  tries_together: z.int().min(1).max(10_000),
})

const SCHEMA = z.strictObject({
  consent: z.strictObject({ version: z.union([z.string(), z.number()]).transform(String) }),
  speaker: z.strictObject({ pause: duration }),
  move: codes,
  bind: codes.optional(),
  hand_off: z
    .strictObject({ silence: duration, longest: z.int().min(50).max(4000), shown: z.int().min(1).max(50) })
    .optional(),
})

/**
 * @param source undefined where a county's own folder has no such file: the values that ship
 * @throws AppError POLICY_INVALID {file, line, reason}
 */
export function readPeoplePolicy(source: PolicySource | undefined): PeoplePolicy {
  if (!source) return DEFAULT_PEOPLE
  const { consent, speaker, move, bind, hand_off: talk } = readPolicy(source, SCHEMA).value
  return {
    consentVersion: consent.version,
    pauseMs: speaker.pause,
    move: codesOf(move),
    bind: bind ? codesOf(bind) : DEFAULT_PEOPLE.bind,
    handOff: talk ? { silenceMs: talk.silence, longest: talk.longest, shown: talk.shown } : DEFAULT_PEOPLE.handOff,
  }
}

const codesOf = ({ digits, valid, tries, tries_together }: z.output<typeof codes>) => ({
  digits,
  validMs: valid,
  tries,
  triesTogether: tries_together,
})
