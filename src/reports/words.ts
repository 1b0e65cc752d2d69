/** Titles of columns and names of values, in the language that was asked for. */
import type { Text } from '../text/text.ts'

export interface ReportWords {
  sheet(name: string): string
  title(report: string, column: string): string
  /** `cases:stage` + `accepted`; the name itself where there is no word or none was asked for. */
  value(key: string, name: string | null): string
  /** Several, blank-separated. */
  values(key: string, names: string): string
  yesNo(value: boolean): string
  readonly masked: string
}

/** What stands for masked words where no language was asked for. */
const MASKED = '***'

export function reportWords(text: Text, labels: string | null): ReportWords {
  const say = (key: string, otherwise: string) =>
    labels !== null && text.has(key, labels) ? text.say({ key }, labels) : otherwise
  const value = (key: string, name: string | null) => (name === null || name === '' ? '' : say(`${key}.${name}`, name))
  return {
    sheet: (name) => say(`exports:sheet.${name}`, name),
    title: (report, column) => say(`exports:columns.${report}.${column}`, column),
    value,
    values: (key, names) => {
      const words = names.split(' ').filter((name) => name !== '')
      return labels === null ? words.join(' ') : words.map((name) => value(key, name)).join('、')
    },
    yesNo: (yes) => say(yes ? 'exports:yes' : 'exports:no', yes ? 'yes' : 'no'),
    masked: say('exports:masked', MASKED),
  }
}
