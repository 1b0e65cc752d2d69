import { ofNodes, ofString } from './code.ts'
import type { Code, Evaluate, Nodes } from './code.ts'
import { fieldCode, hereOf } from './fields.ts'
import { filterOf, indexedFilter } from './filters.ts'
import type { Node } from './frame.ts'
import { cellOf } from './lookup.ts'
import { refusal } from './refusal.ts'
import { resolve } from './site.ts'
import type { Site } from './site.ts'
import { childNodes, step } from './steps.ts'
import type { Head, Path, Step, Syntax } from './syntax.ts'

export function pathCode(path: Path, site: Site): Code {
  let code = headCode(path.head, path.at, site)
  for (const filter of path.filters) code = filtered(code, filter, path.at, site)
  for (const next of path.steps) code = stepped(code, next, site)
  return code
}

function headCode(head: Head, at: number, site: Site): Code {
  switch (head.kind) {
    case 'reference': {
      const field = resolve(site, head.name, site.from, at)
      if (!head.lastSaved) return fieldCode(field, hereOf(site), site)
      if (field.kind !== 'question') throw refusal('wrong_argument', at, { name: head.name })
      return ofString((environment) => environment.lastSaved?.(field) ?? '')
    }
    case 'name':
      return nameCode(head.name, at, site)
    case 'self':
      return selfOf(site)
    case 'parent':
      return parentCode(at, site)
    case 'expression':
      return site.compile(head.expression, site)
  }
}

/** A bare name: a column or a child of what a filter looks at, else a column of the choices. */
function nameCode(name: string, at: number, site: Site): Code {
  const { context, scope } = site
  if (context?.shape.kind === 'row') return ofString((_environment, frame) => cellOf(frame.node.row, name))
  if (context?.shape.kind === 'repeat') {
    const one: Evaluate<readonly Node[]> = (_environment, frame) => [frame.node]
    const { field, nodes } = childNodes(name, context.shape.repeat, one, at, site)
    if (field?.kind !== 'question' || field.repeats.length !== context.shape.repeat.repeats.length + 1)
      return ofNodes(nodes)
    return ofString((environment, frame) => environment.value(field, frame.node.position), { nodes })
  }
  if (context === null && scope.columns?.includes(name))
    return ofString((environment) => cellOf(environment.choice, name))
  throw refusal('unknown_reference', at, { name, hint: `\${${name}}` })
}

/** `.`: what a filter looks at, else the question where the expression stands. */
export function selfOf(site: Site): Code {
  const { context } = site
  if (context !== null) {
    const nodes: Nodes = { ...context, list: (_environment, frame) => [frame.node] }
    return ofString((environment, frame) => context.text(environment, frame.node), { nodes })
  }
  return currentCode()
}

/** current(): the question where the expression stands, also inside a filter. */
export function currentCode(): Code {
  const nodes: Nodes = {
    shape: { kind: 'self' },
    list: (environment) => [{ position: environment.position, row: null, text: '' }],
    text: (environment) => environment.self,
  }
  return ofString((environment) => environment.self, { nodes })
}

function parentCode(at: number, site: Site): Code {
  const { context } = site
  if (context === null) return step(currentCode(), '..', at, site)
  return step(selfOf(site), '..', at, site)
}

function filtered(code: Code, filter: Syntax, at: number, site: Site): Code {
  const { nodes } = code
  if (nodes === null || nodes.shape.kind === 'place') throw refusal('unsupported_path', at, { found: '[' })
  const keep = filterOf(filter, nodes, site)
  const { shape, text } = nodes
  return ofNodes({
    shape,
    text,
    list: (environment, frame) => keep(environment, frame, nodes.list(environment, frame)),
  })
}

/** Filters of a step look at the children of one parent at a time, as XPath has it. */
function stepped(code: Code, next: Step, site: Site): Code {
  const [first, ...others] = next.filters
  if (first === undefined) return step(code, next.name, next.at, site)
  const { nodes } = code
  if (nodes === null) throw refusal('unsupported_path', next.at, { found: next.name })
  if (nodes.shape.kind === 'root') return rowsCode(code, next, site)
  const one: Evaluate<readonly Node[]> = (_environment, frame) => [frame.node]
  const child = step({ ...code, nodes: { ...nodes, list: one } }, next.name, next.at, site)
  const reached = child.nodes as Nodes
  if (reached.shape.kind === 'place') throw refusal('unsupported_path', next.at, { found: '[' })
  const filters = [first, ...others].map((filter) => filterOf(filter, reached, site))
  const { shape, text } = reached
  return ofNodes({
    shape,
    text,
    list: (environment, frame) => {
      const parent = frame.inner()
      const kept: Node[] = []
      for (const node of nodes.list(environment, frame)) {
        parent.node = node
        let children = reached.list(environment, parent)
        for (const filter of filters) children = filter(environment, frame, children)
        for (const found of children) kept.push(found)
      }
      return kept
    },
  })
}

/** instance('…')/root/item[…]: all rows have one parent, and an equality is answered from an index. */
function rowsCode(code: Code, next: Step, site: Site): Code {
  const all = step(code, next.name, next.at, site).nodes as Nodes
  const [first, ...others] = next.filters
  const indexed = all.rows && first ? indexedFilter(first, all.rows, all, site) : null
  let reached: Code = ofNodes(indexed ? { ...all, list: indexed } : all)
  for (const filter of indexed ? others : next.filters) reached = filtered(reached, filter, next.at, site)
  return reached
}
