import { pinyin } from 'pinyin-pro'

export interface Spelling {
  /** Without tones and blanks: `yangmengcun`. */
  readonly pinyin: string
  readonly initials: string
}

/** @param what a person's name is read with the sounds that surnames have (单, 仇). */
export function spell(name: string, what: 'place' | 'person'): Spelling {
  const syllables = pinyin(name, {
    toneType: 'none',
    type: 'array',
    nonZh: 'consecutive',
    v: true,
    ...(what === 'person' && { surname: 'head' as const }),
  }).map((syllable) => syllable.toLowerCase().replace(/\s+/g, ''))
  return { pinyin: syllables.join(''), initials: syllables.map((syllable) => syllable[0] ?? '').join('') }
}
