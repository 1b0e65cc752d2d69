/** Reads a policy file (YAML) against its schema. Every complaint names file and line. */
import { LineCounter, parseDocument, type Document } from 'yaml'
import type { ZodType } from 'zod'
import { AppError } from '../base/errors.ts'

export interface PolicySource {
  readonly file: string
  readonly yaml: string
  /** What `yaml` holds, where it was read before. */
  readonly value?: unknown
}

export type PolicyPath = readonly (string | number)[]

export interface Policy<T> {
  readonly value: T
  /** For checks that a schema can't say. @throws AppError POLICY_INVALID {file, line, reason} */
  refuse(path: PolicyPath, problem: string): never
}

export function readPolicy<T>(source: PolicySource, schema: ZodType<T>): Policy<T> {
  const invalid = (line: number, reason: string): never => {
    throw new AppError('POLICY_INVALID', { file: source.file, line, reason })
  }
  const refuse = (path: PolicyPath, problem: string): never =>
    invalid(lineOf(read(source.yaml), path), path.length > 0 ? `${path.join('.')}: ${problem}` : problem)

  const parsed = schema.safeParse(source.value ?? valueOf(source.yaml, invalid))
  if (!parsed.success) {
    const issue = parsed.error.issues[0]
    return refuse((issue?.path ?? []).filter(isStep), issue?.message ?? 'invalid')
  }
  return { value: parsed.data, refuse }
}

const isStep = (step: PropertyKey): step is string | number => typeof step !== 'symbol'

interface Read {
  readonly document: Document.Parsed
  readonly lines: LineCounter
}

function read(yaml: string): Read {
  const lines = new LineCounter()
  return { document: parseDocument(yaml, { lineCounter: lines }), lines }
}

function valueOf(yaml: string, invalid: (line: number, reason: string) => never): unknown {
  const { document, lines } = read(yaml)
  const syntax = document.errors[0]
  if (syntax) invalid(lines.linePos(syntax.pos[0]).line, syntax.message.split('\n')[0] ?? syntax.code)
  return document.toJS()
}

/** Line of the node at that path, or of the nearest one around it. */
function lineOf({ document, lines }: Read, path: PolicyPath): number {
  for (let length = path.length; length >= 0; length -= 1) {
    const node = document.getIn(path.slice(0, length), true) as { range?: readonly number[] | null } | undefined
    const start = node?.range?.[0]
    if (start !== undefined) return lines.linePos(start).line
  }
  return 1
}
