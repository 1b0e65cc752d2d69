import { textOf, isLocatedMap } from './located.ts'
import type { Program } from '../program.ts'
import type { ExpressionReader } from './expressions.ts'
import type { Complaints } from './problems.ts'
import type { FileSource } from './source.ts'

/**
 * What the flow file says to its submit handler under the handler's own name: texts are expressions, evaluated when the
 * conversation is submitted; numbers and flags are themselves.
 */
export function settingsOf(
  file: FileSource,
  expressions: ExpressionReader,
  complaints: Complaints,
): Program['settings'] {
  const submit = textOf(file.keys.get('submit'))
  if (submit === null) {
    complaints.add('missing_key', { file: file.file, line: 1 }, { key: 'submit' })
    return []
  }
  const located = file.keys.get(submit)
  if (!located) return []
  if (!isLocatedMap(located.value)) {
    complaints.add('wrong_value', { file: file.file, line: located.line }, { key: submit, expected: 'map' })
    return []
  }
  return [...located.value].flatMap(([key, { value, line }]): Program['settings'] => {
    const name = `${submit}.${key}`
    if (typeof value === 'number' || typeof value === 'boolean') return [{ name, value: String(value) }]
    const compiled = typeof value === 'string' ? expressions.read(value, [], { file: file.file, line }, name) : null
    return compiled ? [{ name, value: compiled }] : []
  })
}
