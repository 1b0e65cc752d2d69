import type { QuestionInfo } from '../flow.ts'
import type { Row } from '../program.ts'
import { textColumn } from './column.ts'
import type { LaidRow } from './layout.ts'

/** What exports and checks see of a row; nothing for groups and notes. */
export function questionInfo(row: Row, laid: LaidRow): QuestionInfo[] {
  if (row.kind === 'group' || row.kind === 'note') return []
  const { source } = laid
  const common = {
    name: row.name,
    path: row.path,
    labelKey: `${source.namespace}:questions.${source.name}.label`,
    fact: null,
    list: null,
    choices: [],
    choiceKey: null,
    required: false,
  }
  const type = textColumn(source, 'type') ?? ''
  if (row.kind === 'repeat') return [{ ...common, type: 'repeat', pii: 'none' }]
  if (row.kind === 'silent') return [{ ...common, type: row.source, pii: 'none' }]
  const first = row.list?.spoken.values().next().value?.choices[0]
  const key = first && 'key' in first.label ? first.label.key.replace(/\.label$/, '').replace(/\.[^.]*$/, '') : null
  return [
    {
      ...common,
      type: row.type === 'select_one' || row.type === 'select_multiple' || row.type === 'rank' ? row.type : type,
      list: row.list?.name ?? null,
      choices: row.list?.rows.map((choice) => choice.name) ?? [],
      pii: row.pii,
      required: row.required !== false,
      fact: row.fact,
      choiceKey: key,
    },
  ]
}
