import type { Writable } from 'node:stream'
import type { Flow } from '../../flow/flow.ts'
import type { Program, Row, Sentence } from '../../flow/program.ts'
import type { Text } from '../../text/text.ts'

export interface FlowShowOptions {
  readonly flow: Flow
  readonly as: 'mermaid' | 'list'
  readonly text: Text
  readonly language: string
  readonly output: Writable
}

/** A flow as a Mermaid diagram, or as the list of questions that a person may meet. */
export function runFlowShow({ flow, as, text, language, output }: FlowShowOptions): void {
  const rows = (flow.program as Program).rows
  const label = (row: Row) => labelOf(row, text, language)
  const lines = as === 'list' ? listOf(rows, label) : diagramOf(rows, label)
  output.write(`${lines.join('\n')}\n`)
}

function labelOf(row: Row, text: Text, language: string): string {
  const sentence: Sentence | null = row.kind === 'ask' ? row.sentences.label : row.label
  if (sentence === null) return row.name
  const words = sentence.inline?.[language] ?? text.raw(language, sentence.key) ?? row.name
  return words.replace(/\s*\n\s*/g, ' ')
}

const isRequired = (row: Row): boolean => row.kind === 'ask' && row.required !== false
const isSeen = (row: Row): boolean => row.kind === 'ask' || row.kind === 'repeat' || row.kind === 'note'

/** `3. causes * select_multiple: …`, indented inside groups and repeats, with the condition. */
function listOf(rows: readonly Row[], label: (row: Row) => string): string[] {
  let number = 0
  return rows.filter(isSeen).map((row) => {
    const type = row.kind === 'ask' ? row.type : row.kind
    const condition = row.relevant === null ? '' : `  [${row.relevant.source}]`
    const indent = '  '.repeat(row.scope.length)
    return `${indent}${++number}. ${row.name}${isRequired(row) ? ' *' : ''} ${type}: ${label(row)}${condition}`
  })
}

/** Conditions stand on the arrows; a question that may be passed over has an arrow around it. */
function diagramOf(rows: readonly Row[], label: (row: Row) => string): string[] {
  const seen = rows.filter(isSeen)
  const quote = (text: string) => `"${text.replace(/"/g, '#quot;')}"`
  const lines = ['flowchart TD', '  start([start])']
  for (const row of seen) {
    const [left, right] = row.kind === 'repeat' ? ['[[', ']]'] : row.kind === 'note' ? ['>', ']'] : ['[', ']']
    lines.push(`  q${row.at}${left}${quote(`${row.name}${isRequired(row) ? ' *' : ''}<br/>${label(row)}`)}${right}`)
  }
  lines.push('  finish([submit])')
  const nodes = [
    ...seen.map((row) => ({ id: `q${row.at}`, condition: row.relevant?.source ?? null })),
    { id: 'finish', condition: null },
  ]
  const open: { from: string; unless: string | null }[] = [{ from: 'start', unless: null }]
  for (const { id, condition } of nodes) {
    for (const { from, unless } of open) lines.push(`  ${from} -->${arrow(condition, unless, quote)} ${id}`)
    if (condition === null) open.length = 0
    else
      for (let at = 0; at < open.length; at++)
        open[at] = { from: (open[at] as { from: string }).from, unless: condition }
    open.push({ from: id, unless: null })
  }
  return lines
}

function arrow(condition: string | null, unless: string | null, quote: (text: string) => string): string {
  if (condition !== null) return `|${quote(condition)}|`
  return unless === null ? '' : `|${quote(`not ${unless}`)}|`
}
