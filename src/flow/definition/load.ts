/**
 * Flow files become flows ready to run. Nothing is thrown: whatever is wrong is a problem with file, line and question,
 * and a flow with an error is left out.
 * Not here: reading files or locales, the expression language (expression/).
 */
import type { Flow, FlowSource, Problem } from '../flow.ts'
import { buildFlow } from './build-flow.ts'
import { lint } from './lint.ts'
import { Complaints } from './problems.ts'
import { includesOf, readFile, type FileSource } from './source.ts'
import type { Words } from './words.ts'

export interface LoadFlowsOptions {
  readonly sources: readonly FlowSource[]
  readonly blocks: readonly FlowSource[]
  readonly words: Words
  /** Advice to authors and gaps in translations are problems too. Default true; a start needs neither and is quicker without. */
  readonly advise?: boolean
}

export interface LoadedFlows {
  /** In the order of the sources, without those that have errors. */
  readonly flows: Flow[]
  readonly problems: Problem[]
}

export function loadFlows({ sources, blocks, words: all, advise = true }: LoadFlowsOptions): LoadedFlows {
  const { own: _, ...silent } = all
  const words: Words = advise ? all : silent
  const complaints = new Complaints()
  const blockFiles = new Map<string, FileSource>()
  for (const source of blocks) {
    const block = readFile(source, 'block', complaints)
    if (block) blockFiles.set(block.id, block)
  }
  const brokenBlocks = complaints.errors > 0 ? new Set(complaints.problems.map(({ file }) => file)) : new Set<string>()
  const flows: Flow[] = []
  const seen = new Set<string>()
  for (const source of sources) {
    const own = new Complaints()
    const file = readFile(source, 'flow', own)
    const flow = file && loadOne(file, source, blockFiles, words, own, advise)
    if (file && seen.has(file.id)) own.add('duplicate_flow', { file: source.file, line: 1 }, { flow: file.id })
    if (file) seen.add(file.id)
    complaints.problems.push(...own.problems)
    const broken = file && includesOf(file).some(({ name }) => brokenBlocks.has(blockFiles.get(name)?.file ?? ''))
    if (flow && own.errors === 0 && !broken) flows.push(flow)
  }
  return { flows, problems: distinct(complaints.problems) }
}

function loadOne(
  file: FileSource,
  source: FlowSource,
  blocks: ReadonlyMap<string, FileSource>,
  words: Words,
  complaints: Complaints,
  advise: boolean,
): Flow | null {
  const included: FileSource[] = []
  for (const { name, line } of includesOf(file)) {
    const block = blocks.get(name)
    if (block) included.push(block)
    else complaints.add('unknown_block', { file: file.file, line }, { block: name })
  }
  const flow = buildFlow(file, included, source.digest, words, complaints)
  if (flow && advise) lint(flow, file, words, complaints)
  return flow
}

/** A block that several flows include is complained about once. */
function distinct(problems: readonly Problem[]): Problem[] {
  const seen = new Set<string>()
  return problems.filter((problem) => {
    const key = JSON.stringify(problem)
    if (seen.has(key)) return false
    seen.add(key)
    return true
  })
}
