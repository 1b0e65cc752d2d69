import { ofBoolean } from './code.ts'
import type { Code, Evaluate, Value } from './code.ts'
import type { Environment } from './environment.ts'
import type { Frame } from './frame.ts'
import { numberOf } from './numbers.ts'
import type { Notes } from './site.ts'

/** Of sets, whether one pair of texts compares so: XPath 1.0 §3.4. */
export function equality(left: Code, right: Code, wanted: boolean, notes: Notes): Code {
  if (left.type === 'boolean' || right.type === 'boolean')
    return ofBoolean(
      (environment, frame) => (left.boolean(environment, frame) === right.boolean(environment, frame)) === wanted,
    )
  if (isMany(left) || isMany(right)) {
    notes.loops = true
    return ofBoolean((environment, frame) => sameValues(left, right, wanted, environment, frame))
  }
  if (left.type === 'number' || right.type === 'number') {
    const a = left.number
    const b = right.number
    return ofBoolean((environment, frame) => (a(environment, frame) === b(environment, frame)) === wanted)
  }
  const a = left.string
  const b = right.string
  return ofBoolean((environment, frame) => (a(environment, frame) === b(environment, frame)) === wanted)
}

const isMany = (code: Code) => code.type === 'nodes' || code.type === 'any'

function sameValues(left: Code, right: Code, wanted: boolean, environment: Environment, frame: Frame): boolean {
  const a = left.value(environment, frame)
  const b = right.value(environment, frame)
  if (typeof a === 'boolean' || typeof b === 'boolean')
    return (left.boolean(environment, frame) === right.boolean(environment, frame)) === wanted
  const numeric = typeof a === 'number' || typeof b === 'number'
  const others = valuesOf(b)
  for (const one of valuesOf(a)) {
    frame.spend(others.length)
    for (const other of others) {
      const same = numeric ? asNumber(one, environment) === asNumber(other, environment) : one === other
      if (same === wanted) return true
    }
  }
  return false
}

export type Relation = '<' | '<=' | '>' | '>='

/** Always numeric, so dates compare by their day. */
export function relation(operator: Relation, left: Code, right: Code, notes: Notes): Code {
  if (left.type === 'nodes' || right.type === 'nodes') {
    notes.loops = true
    return ofBoolean((environment, frame) => {
      const others = valuesOf(right.value(environment, frame)).map((value) => asNumber(value, environment))
      for (const value of valuesOf(left.value(environment, frame))) {
        frame.spend(others.length)
        const one = asNumber(value, environment)
        if (others.some((other) => holds(operator, one, other))) return true
      }
      return false
    })
  }
  const a = left.number
  const b = right.number
  const bound = right.constant
  if (typeof bound === 'number') return bounded(operator, a, bound)
  switch (operator) {
    case '<':
      return ofBoolean((environment, frame) => a(environment, frame) < b(environment, frame))
    case '<=':
      return ofBoolean((environment, frame) => a(environment, frame) <= b(environment, frame))
    case '>':
      return ofBoolean((environment, frame) => a(environment, frame) > b(environment, frame))
    case '>=':
      return ofBoolean((environment, frame) => a(environment, frame) >= b(environment, frame))
  }
}

function bounded(operator: Relation, a: Evaluate<number>, bound: number): Code {
  switch (operator) {
    case '<':
      return ofBoolean((environment, frame) => a(environment, frame) < bound)
    case '<=':
      return ofBoolean((environment, frame) => a(environment, frame) <= bound)
    case '>':
      return ofBoolean((environment, frame) => a(environment, frame) > bound)
    case '>=':
      return ofBoolean((environment, frame) => a(environment, frame) >= bound)
  }
}

function holds(operator: Relation, a: number, b: number): boolean {
  switch (operator) {
    case '<':
      return a < b
    case '<=':
      return a <= b
    case '>':
      return a > b
    case '>=':
      return a >= b
  }
}

function valuesOf(value: Value): readonly (string | number | boolean)[] {
  return typeof value === 'object' ? value : [value]
}

function asNumber(value: string | number | boolean, environment: Environment): number {
  return typeof value === 'string' ? numberOf(value, environment.zone) : Number(value)
}
