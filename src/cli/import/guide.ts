/** What `bangfu import WHAT --help` says about columns. */
import type { Text } from '../../text/text.ts'
import { LISTS } from '../../domain/registry/import/vocabulary.ts'
import type { ImportKind } from './kind-names.ts'
import { COLUMNS } from './kinds.ts'
import { titleOf } from './titles.ts'

export function columnGuide(what: ImportKind, text: Text, language: string): string {
  const lines = COLUMNS[what].map(({ name, required }) => {
    const mark = required ? text.say({ key: 'imports:guide.required' }, language) : ' '
    const help = text.say({ key: `imports:help.${what}.${name}` }, language)
    const list = Object.hasOwn(LISTS, name) ? LISTS[name as keyof typeof LISTS] : null
    const words = list
      ? ` (${text.say({ key: 'imports:guide.words', params: { words: list.join(' ') } }, language)})`
      : ''
    return `  ${mark} ${name.padEnd(20)} ${titleOf(what, name, text, language)}: ${help}${words}`
  })
  return [text.say({ key: 'imports:guide.title' }, language), ...lines].join('\n')
}
