/** What `bangfu import comparison --help` says about columns. */
import { COMPARISON_COLUMNS } from '../../domain/comparison/row.ts'
import { RISK_CAUSES } from '../../domain/risk/causes.ts'
import type { Text } from '../../text/text.ts'

export function comparisonGuide(text: Text, language: string): string {
  const kinds = RISK_CAUSES.join(' ')
  const lines = COMPARISON_COLUMNS.map((name) => {
    const titles = text.object(language, `comparison:columns.${name}`)
    const title = Array.isArray(titles) ? String(titles[0]) : name
    return `    ${name.padEnd(20)} ${title}: ${text.say({ key: `comparison:help.${name}`, params: { kinds } }, language)}`
  })
  return [text.say({ key: 'comparison:guide' }, language), ...lines].join('\n')
}
