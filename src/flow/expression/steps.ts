import { ofNodes } from './code.ts'
import type { Code, Evaluate, Nodes } from './code.ts'
import type { Field } from './environment.ts'
import { cut, fieldCode, fieldNodes, instancesUnder, repeatFields } from './fields.ts'
import type { Node } from './frame.ts'
import { cellOf, rowNodes } from './lookup.ts'
import { refusal } from './refusal.ts'
import { inside, shared } from './shape.ts'
import type { Shape } from './shape.ts'
import { note, resolve } from './site.ts'
import type { Site } from './site.ts'

/**
 * One step of a path, without its filters.
 * @throws AppError EXPRESSION_INVALID unknown_reference, unsupported_path
 */
export function step(code: Code, name: string, at: number, site: Site): Code {
  const { nodes } = code
  if (nodes === null) throw refusal('unsupported_path', at, { found: name })
  if (name === '.') return code
  if (name === '..') return parentCode(nodes, at, site)
  const { shape } = nodes
  switch (shape.kind) {
    case 'place':
      return memberCode(nodes, shape.repeats, name, at, site)
    case 'repeat':
      site.notes.loops = true
      return ofNodes(childNodes(name, shape.repeat, nodes.list, at, site).nodes)
    case 'document':
      if (name !== 'root') throw refusal('unsupported_path', at, { found: name, hint: 'root' })
      return ofNodes({ ...nodes, shape: { kind: 'root' } })
    case 'root':
      if (name !== 'item') throw refusal('unsupported_path', at, { found: name, hint: 'item' })
      return itemsCode(nodes, site)
    case 'row':
      return ofNodes({
        shape: { kind: 'cell' },
        list: nodes.list,
        text: (_environment, node) => cellOf(node.row, name),
      })
    case 'self':
    case 'question':
    case 'cell':
    case 'text':
      throw refusal('unsupported_path', at, { found: name })
  }
}

function itemsCode(root: Nodes, site: Site): Code {
  site.notes.loops = true
  const { rows } = root
  if (!rows) return ofNodes({ ...root, shape: { kind: 'row' } })
  return ofNodes({
    shape: { kind: 'row' },
    rows,
    list: (environment, frame) => {
      const nodes = rowNodes(rows(environment, frame))
      frame.spend(nodes.length)
      return nodes
    },
    text: (_environment, node) => Object.values(node.row ?? {}).join(''),
  })
}

/** What `../name` means: the nearest field of that name, from that place or else from where the expression stands. */
function memberCode(nodes: Nodes, repeats: readonly string[], name: string, at: number, site: Site): Code {
  const found = site.scope.field(name, repeats)
  const field = found === null ? resolve(site, name, site.from, at) : resolve(site, name, repeats, at)
  const position: Evaluate<readonly number[]> = (environment, frame) =>
    nodes.list(environment, frame)[0]?.position ?? []
  return fieldCode(field, { from: repeats, position }, site)
}

/** Children of instances; `field` is null where the name is a group, which holds nothing itself. */
export function childNodes(
  name: string,
  repeat: Field,
  parents: Evaluate<readonly Node[]>,
  at: number,
  site: Site,
): { field: Field | null; nodes: Nodes } {
  const around = inside(repeat)
  const found = site.scope.field(name, around)
  const depth = around.length
  const isChild =
    found !== null && found !== 'ambiguous' && shared(found.repeats, around) === depth && found.name === name
  if (!isChild) {
    if (!site.scope.children(repeat.name).includes(name)) throw refusal('unknown_reference', at, { name })
    return { field: null, nodes: { ...fieldNodes(repeat, parents, site.scope) } }
  }
  const field = note(site, found)
  if (field.kind === 'question' && field.repeats.length === depth)
    return { field, nodes: fieldNodes(field, parents, site.scope) }
  site.notes.loops = true
  const walked = field.kind === 'repeat' ? inside(field) : field.repeats
  const deeper = repeatFields(site.scope, walked).slice(depth)
  const list: Evaluate<readonly Node[]> = (environment, frame) =>
    parents(environment, frame).flatMap((parent) => instancesUnder(environment, frame, parent.position, deeper))
  return { field, nodes: fieldNodes(field, list, site.scope) }
}

function parentCode(nodes: Nodes, at: number, site: Site): Code {
  const around = repeatsAround(nodes.shape, site)
  if (around === null) throw refusal('unsupported_path', at, { found: '..' })
  const depth = around.length
  const list: Evaluate<readonly Node[]> = (environment, frame) => {
    const seen = new Set<string>()
    const places: Node[] = []
    for (const node of nodes.list(environment, frame)) {
      const position = cut(node.position, depth)
      const key = position.join()
      if (seen.has(key)) continue
      seen.add(key)
      places.push({ position, row: null, text: '' })
    }
    return places
  }
  const single = nodes.shape.kind === 'self' || nodes.shape.kind === 'place'
  if (depth > 0 && !single) {
    const repeat = repeatFields(site.scope, around).at(-1) as Field
    return ofNodes(fieldNodes(repeat, list, site.scope))
  }
  return ofNodes({ shape: { kind: 'place', repeats: around }, list, text: () => '' })
}

/** `..` leaves one repeat; from the place itself it goes one further out. */
function repeatsAround(shape: Shape, site: Site): readonly string[] | null {
  switch (shape.kind) {
    case 'self':
      return site.from
    case 'question':
      return shape.field.repeats
    case 'repeat':
      return shape.repeat.repeats
    case 'place':
      return shape.repeats.slice(0, -1)
    default:
      return null
  }
}
