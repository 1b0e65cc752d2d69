import type { Environment, Field, Scope } from '../../flow/expression/environment.ts'
import { listAt, objectAt, textAt, wrong } from './eval-json.ts'

type Tree = Readonly<Record<string, unknown>>

/** Answers of a form, as its expressions see them. */
export interface Answers extends Pick<Scope, 'field' | 'children'>, Pick<Environment, 'value' | 'instances'> {}

/**
 * @param values question → stored text, repeat → one object for each instance.
 * @param repeatFields repeat → names in it, for repeats that have no instance to show them.
 * @param others questions that exist though nothing is said about their value.
 */
export function readAnswers(values: unknown, repeatFields: unknown, others: readonly string[]): Answers {
  const root = values === undefined || values === null ? {} : objectAt(values, 'values')
  const declared = readRepeatFields(repeatFields)
  const fields: Field[] = []
  collect([root], [], 'values', fields)
  declare(declared, fields)
  for (const name of others)
    if (!fields.some((field) => field.name === name)) fields.push({ name, repeats: [], kind: 'question' })
  return {
    field: (name, from) => nearest(fields, name, from),
    children: (repeat) => fields.filter((field) => field.repeats.at(-1) === repeat).map((field) => field.name),
    value: (field, position) => {
      const value = treeAt(root, field, position)?.[field.name]
      return value === undefined || value === null || typeof value === 'object' ? '' : textAt(value, field.name)
    },
    instances: (repeat, position) => {
      const list = treeAt(root, repeat, position)?.[repeat.name]
      return Array.isArray(list) ? list.length : 0
    },
  }
}

/** Where the expression stands, by `in_repeat`: 1-based numbers; an outer repeat that is not said is in its first. */
export function nested(inRepeat: unknown, answers: Answers): { from: readonly string[]; position: readonly number[] } {
  if (inRepeat === undefined || inRepeat === null) return { from: [], position: [] }
  const numbers = new Map(Object.entries(objectAt(inRepeat, 'in_repeat')))
  let from: readonly string[] = []
  for (const name of numbers.keys()) {
    const repeat = answers.field(name, from)
    if (repeat === null || repeat === 'ambiguous' || repeat.kind !== 'repeat')
      throw wrong(`in_repeat.${name}`, 'repeat')
    const inside = [...repeat.repeats, name]
    if (inside.length > from.length) from = inside
  }
  for (const name of numbers.keys())
    if (!from.includes(name)) throw wrong(`in_repeat.${name}`, 'repeat around the others')
  const position = from.map((name) => {
    const number = Number(numbers.get(name) ?? 1)
    if (!Number.isInteger(number) || number < 1) throw wrong(`in_repeat.${name}`, 'number from 1')
    return number - 1
  })
  return { from, position }
}

function readRepeatFields(value: unknown): ReadonlyMap<string, readonly string[]> {
  if (value === undefined || value === null) return new Map()
  return new Map(
    Object.entries(objectAt(value, 'repeat_fields')).map(([repeat, names]) => [
      repeat,
      listAt(names, `repeat_fields.${repeat}`).map((name) => textAt(name, `repeat_fields.${repeat}`)),
    ]),
  )
}

function collect(trees: readonly Tree[], repeats: readonly string[], path: string, fields: Field[]): void {
  const names = new Set(trees.flatMap((tree) => Object.keys(tree)))
  for (const name of names) {
    const found = trees.map((tree) => tree[name]).filter((value) => value !== undefined)
    const at = `${path}.${name}`
    if (!found.some((value) => Array.isArray(value))) {
      for (const value of found) textAt(value, at)
      fields.push({ name, repeats, kind: 'question' })
      continue
    }
    fields.push({ name, repeats, kind: 'repeat' })
    const instances = found.flatMap((value) => listAt(value, at)).map((value) => objectAt(value, at))
    collect(instances, [...repeats, name], at, fields)
  }
}

function declare(declared: ReadonlyMap<string, readonly string[]>, fields: Field[]): void {
  const isInner = (repeat: string) => [...declared].some(([outer, names]) => outer !== repeat && names.includes(repeat))
  const add = (name: string, repeats: readonly string[]): void => {
    const names = repeats.includes(name) ? undefined : declared.get(name)
    if (!fields.some((field) => field.name === name && field.repeats.join() === repeats.join()))
      fields.push({ name, repeats, kind: names ? 'repeat' : 'question' })
    for (const child of names ?? []) add(child, [...repeats, name])
  }
  for (const repeat of declared.keys()) {
    const known = fields.find((field) => field.name === repeat && field.kind === 'repeat')
    if (known) add(repeat, known.repeats)
    else if (!isInner(repeat)) add(repeat, [])
  }
}

/** Nearest: around the place first, the innermost of those; else the one that shares most repeats with it. */
function nearest(fields: readonly Field[], name: string, from: readonly string[]): Field | null | 'ambiguous' {
  const found = fields
    .filter((field) => field.name === name)
    .map((field) => ({ field, near: nearness(field, from) }))
    .sort((a, b) => (isNearer(a.near, b.near) ? -1 : isNearer(b.near, a.near) ? 1 : 0))
  const [first, second] = found
  if (!first) return null
  return second && !isNearer(first.near, second.near) ? 'ambiguous' : first.field
}

function nearness(field: Field, from: readonly string[]): readonly [shared: number, beyond: number] {
  const parting = field.repeats.findIndex((repeat, index) => repeat !== from[index])
  const shared = parting < 0 ? field.repeats.length : parting
  return [shared, field.repeats.length - shared]
}

function isNearer(a: readonly [number, number], b: readonly [number, number]): boolean {
  const [aAround, bAround] = [a[1] === 0, b[1] === 0]
  if (aAround !== bAround) return aAround
  return a[0] !== b[0] ? a[0] > b[0] : a[1] < b[1]
}

function treeAt(root: Tree, field: Field, position: readonly number[]): Tree | null {
  let tree: Tree = root
  for (let depth = 0; depth < field.repeats.length; depth++) {
    const list = tree[field.repeats[depth] as string]
    const next: unknown = Array.isArray(list) ? list[position[depth] ?? 0] : undefined
    if (typeof next !== 'object' || next === null) return null
    tree = next as Tree
  }
  return tree
}
