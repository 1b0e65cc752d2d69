import { listAt, objectAt, rowAt, textAt } from './eval-json.ts'

type Row = Readonly<Record<string, string>>

/** Language that the words of every flow come in. */
const LAST_LANGUAGE = 'zh-CN'

/** `{"question":"select_one list"}` → question, list. */
export function readSelects(value: unknown): ReadonlyMap<string, string> {
  if (value === undefined || value === null) return new Map()
  return new Map(
    Object.entries(objectAt(value, 'selects')).map(([question, type]) => [
      question,
      textAt(type, `selects.${question}`).trim().split(/\s+/).at(-1) ?? '',
    ]),
  )
}

/** Choice lists, as look-up tables with their labels in one language too. */
export function choiceLists(value: unknown, language: string) {
  const lists = value === undefined || value === null ? {} : objectAt(value, 'choices')
  const tables = new Map<string, readonly Row[]>()
  for (const [name, choices] of Object.entries(lists)) {
    const field = `choices.${name}`
    tables.set(
      name,
      listAt(choices, field).map((choice, index): Row => {
        const row = objectAt(choice, `${field}[${index}]`)
        return {
          ...rowAt(row, `${field}[${index}]`),
          label: labelOf(row['label'], language, `${field}[${index}].label`),
        }
      }),
    )
  }
  return {
    tables,
    label: (list: string, name: string): string =>
      tables.get(list)?.find((row) => row['name'] === name)?.['label'] ?? '',
  }
}

/** One text, or a text for each language with the chain of fallbacks that ends in zh-CN, then in any there is. */
function labelOf(label: unknown, language: string, field: string): string {
  if (label === undefined || label === null) return ''
  if (typeof label !== 'object') return textAt(label, field)
  const labels = objectAt(label, field)
  const wanted = [language, language.split('-')[0] ?? '', LAST_LANGUAGE].find((tag) => Object.hasOwn(labels, tag))
  const found = wanted === undefined ? Object.values(labels)[0] : labels[wanted]
  return found === undefined ? '' : textAt(found, field)
}
