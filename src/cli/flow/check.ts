import type { Writable } from 'node:stream'
import { loadFlows, type LoadFlowsOptions } from '../../flow/definition/load.ts'
import type { Flow, Problem } from '../../flow/flow.ts'
import { problemReason } from '../../text/flow-problem.ts'
import type { Text } from '../../text/text.ts'

export interface FlowCheckOptions extends LoadFlowsOptions {
  /** Files to report on; empty = all. Blocks that are included count by their own file. */
  readonly files: readonly string[]
  readonly text: Text
  readonly language: string
  readonly output: Writable
  /** What else is wrong, by the flows that there are; not asked while any of them is broken. */
  readonly beside?: (flows: readonly Flow[]) => readonly Problem[]
}

/** Writes every problem, one a line, and a sum. @returns exit code: 1 when there is an error, else 0. */
export function runFlowCheck({ files, text, language, output, beside, ...load }: FlowCheckOptions): number {
  const loaded = loadFlows(load)
  const isWhole = !loaded.problems.some(({ severity }) => severity === 'error')
  const problems = [...loaded.problems, ...((isWhole && beside?.(loaded.flows)) || [])]
  const wanted = problems.filter(({ file }) => files.length === 0 || files.some((one) => isSameFile(one, file)))
  for (const problem of wanted) output.write(`${problemLine(problem, text, language)}\n`)
  const errors = wanted.filter(({ severity }) => severity === 'error').length
  const params = { errors, warnings: wanted.length - errors, flows: load.sources.length }
  output.write(`${text.say({ key: 'flow-check:sum', params }, language)}\n`)
  return errors > 0 ? 1 : 0
}

/** `flows/x.yaml:12 members: …`, as editors and terminals make links of it. */
export function problemLine(problem: Problem, text: Text, language: string): string {
  const { file, line, question, severity } = problem
  const words = problemReason(problem, text, language)
  const place = line > 0 ? `${file}:${line}` : file
  return `${place} ${severity}${question === null ? '' : ` ${question}`}: ${words}`
}

/** Whether what was typed means that file: by its path from anywhere, or by the end of it. */
export const isSameFile = (given: string, file: string): boolean => {
  const plain = given.replace(/^\.\//, '')
  return plain === file || file.endsWith(`/${plain}`) || plain.endsWith(`/${file}`)
}
