/**
 * Words that work anywhere. The forms that people type are `locales/<language>/words.json`:
 * `{ "menu": ["菜单", …], "back": ["上一步", …], … }`.
 */
export const GLOBAL_WORDS = [
  'menu',
  'back',
  'skip',
  'stop',
  'edit',
  'show',
  'restart',
  'resume',
  'help',
  'human',
  'language',
  'status',
  'complain',
  'profile',
  'erase',
  'mute',
  'unmute',
  'submit',
] as const
export type GlobalWord = (typeof GLOBAL_WORDS)[number]

/** Language → word → forms. */
export type WordForms = ReadonlyMap<string, Readonly<Partial<Record<GlobalWord, readonly string[]>>>>
