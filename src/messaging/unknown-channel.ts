import type { Abilities } from './channel.ts'

/** For a message to a channel that isn't configured: plain, and short enough for any. */
export const ABILITIES_UNKNOWN: Abilities = {
  buttons: false,
  markup: 'none',
  textLimit: { max: 2000, unit: 'bytes' },
  groups: false,
  receives: false,
  replyWindowHours: null,
}
