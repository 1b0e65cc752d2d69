import { ofNodes, ofString } from './code.ts'
import type { Code, Evaluate, Nodes } from './code.ts'
import type { Environment, Field, Scope } from './environment.ts'
import { NOWHERE } from './frame.ts'
import type { Frame, Node } from './frame.ts'
import { inside, shared } from './shape.ts'
import type { Site } from './site.ts'

/** From where a field is looked at: the repeats around, and their instance numbers. */
export interface Viewpoint {
  readonly from: readonly string[]
  readonly position: Evaluate<readonly number[]>
}

export const hereOf = (site: Site): Viewpoint => ({ from: site.from, position: (environment) => environment.position })

/**
 * A field as seen from somewhere: one answer where all of its repeats are around the viewpoint too, else the
 * node-set of all its answers (of all instances, for a repeat) under the instances that both share.
 */
export function fieldCode(field: Field, view: Viewpoint, site: Site): Code {
  const depth = shared(field.repeats, view.from)
  if (field.kind === 'question' && depth === field.repeats.length) return answerCode(field, view)
  site.notes.loops = true
  const walked = field.kind === 'repeat' ? [...field.repeats, field.name] : field.repeats
  const repeats = repeatFields(site.scope, walked).slice(depth)
  const list: Evaluate<readonly Node[]> = (environment, frame) =>
    instancesUnder(environment, frame, cut(view.position(environment, frame), depth), repeats)
  return ofNodes({ ...fieldNodes(field, list, site.scope), bare: true })
}

function answerCode(field: Field, view: Viewpoint): Code {
  const depth = field.repeats.length
  const position: Evaluate<readonly number[]> =
    depth === 0
      ? () => NOWHERE.position
      : depth === view.from.length
        ? view.position
        : (environment, frame) => cut(view.position(environment, frame), depth)
  const nodes: Nodes = {
    shape: { kind: 'question', field },
    list: (environment, frame) => [{ position: position(environment, frame), row: null, text: '' }],
    text: (environment, node) => environment.value(field, node.position),
  }
  if (depth === 0) return ofString((environment) => environment.value(field, NOWHERE.position), { nodes })
  return ofString((environment, frame) => environment.value(field, position(environment, frame)), { nodes })
}

/** @param list nodes whose positions are those of the field, with its own number last for a repeat. */
export function fieldNodes(field: Field, list: Evaluate<readonly Node[]>, scope: Scope): Nodes {
  if (field.kind === 'question')
    return {
      shape: { kind: 'question', field },
      list,
      text: (environment, node) => environment.value(field, node.position),
    }
  // The text of an instance is that of its questions, one after the other.
  const around = inside(field)
  const questions = scope
    .children(field.name)
    .map((name) => scope.field(name, around))
    .filter((child): child is Field => isDirectChild(child, around) && child.kind === 'question')
  return {
    shape: { kind: 'repeat', repeat: field },
    list,
    text: (environment, node) => questions.map((child) => environment.value(child, node.position)).join(''),
  }
}

function isDirectChild(child: Field | null | 'ambiguous', around: readonly string[]): child is Field {
  if (child === null || child === 'ambiguous') return false
  return child.repeats.length === around.length && shared(child.repeats, around) === around.length
}

/** The repeats of a path of names, outermost first. */
export function repeatFields(scope: Scope, names: readonly string[]): Field[] {
  return names.map((name, index) => {
    const repeats = names.slice(0, index)
    const found = scope.field(name, repeats)
    const fits = found !== null && found !== 'ambiguous' && found.kind === 'repeat' && found.repeats.length === index
    return fits && shared(found.repeats, repeats) === index ? found : { name, repeats, kind: 'repeat' }
  })
}

/** All instances of the last repeat under one instance of those before the first. */
export function instancesUnder(
  environment: Environment,
  frame: Frame,
  start: readonly number[],
  repeats: readonly Field[],
): readonly Node[] {
  let nodes: Node[] = [{ position: start, row: null, text: '' }]
  for (const repeat of repeats) {
    const deeper: Node[] = []
    for (const { position } of nodes) {
      const count = environment.instances(repeat, position)
      frame.spend(count + 1)
      for (let index = 0; index < count; index++) deeper.push({ position: [...position, index], row: null, text: '' })
    }
    nodes = deeper
  }
  return nodes
}

export const cut = (position: readonly number[], depth: number): readonly number[] =>
  position.length === depth ? position : position.slice(0, depth)
