import type { List, OwnLists, SpokenList } from '../program.ts'
import { wordsOf } from './list.ts'
import type { Words } from './words.ts'

/** Choices of the engine's own questions; a gap in their words is for the test of the locales to find. */
export function ownLists(words: Words): OwnLists {
  const make = (name: string, ...choices: readonly (readonly [id: string, key: string, also: string])[]): List => {
    const speak = (language: string): SpokenList => {
      const spoken = choices.map(([id, key, also]) => {
        const label = words.text(language, key) ?? id
        return { id, key, label, also: wordsOf(words.list(language, also)) }
      })
      return {
        options: spoken.map(({ id, label, also }) => ({ name: id, label, also })),
        choices: spoken.map(({ id, key }) => ({ id, label: { key } })),
        labels: new Map(spoken.map(({ id, label }) => [id, label])),
      }
    }
    return {
      name,
      rows: choices.map(([id]) => ({ name: id, columns: { name: id } })),
      yesNo: name === 'yn',
      spoken: new Map(words.languages.map((language) => [language, speak(language)])),
    }
  }
  return {
    yesNo: make(
      'yn',
      ['yes', 'lists:yn.yes.label', 'lists:yn.yes.also'],
      ['no', 'lists:yn.no.label', 'lists:yn.no.also'],
    ),
    consent: make('consent', ['OK', 'flow:agree', 'flow:agree_also'], ['no', 'flow:disagree', 'flow:disagree_also']),
    seen: make('seen', ['OK', 'flow:agree', 'flow:agree_also']),
    gathered: make('gathered', ['skip', 'flow:done_choice', 'flow:done_also']),
    review: make('review', ['submit', 'flow:review.submit', 'flow:review.also']),
    neither: make('neither', ['none', 'flow:ambiguous_none', 'flow:ambiguous_none_also']),
    rest: make('rest', ['more', 'flow:more_choice', 'flow:more_also']),
    full: make('full', ['full', 'flow:full_choice', 'flow:full_also']),
  }
}
