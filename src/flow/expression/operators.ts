import { ofBoolean, ofNodes, ofNumber } from './code.ts'
import type { Code, Evaluate, Nodes } from './code.ts'
import { equality, relation } from './comparison.ts'
import type { Relation } from './comparison.ts'
import type { Node } from './frame.ts'
import { refusal } from './refusal.ts'
import type { Notes } from './site.ts'

/** `operands` has at least two; `operators[i]` stands between operand i and i + 1. All are of one level. */
export function chainCode(operands: readonly Code[], operators: readonly string[], at: number, notes: Notes): Code {
  const [first, ...others] = operands as [Code, ...Code[]]
  const kind = operators[0]
  if (kind === 'or') return anyOf(operands.map((code) => code.boolean))
  if (kind === 'and') return allOf(operands.map((code) => code.boolean))
  if (operators.length > MAX_PAIRS) {
    if (kind === '+' || kind === '-') return longSum(operands, operators)
    throw refusal('too_deep', at, { limit: MAX_PAIRS })
  }
  if (kind === '|') {
    notes.loops = true
    return others.reduce((left, right) => union(left, right, at), first)
  }
  return others.reduce((left, right, index) => binary(operators[index] as string, left, right, notes), first)
}

/** Pairs are closures inside each other, which the stack must bear; only and, or and sums grow longer in forms. */
const MAX_PAIRS = 100

function longSum(operands: readonly Code[], operators: readonly string[]): Code {
  const terms = operands.map((code) => code.number)
  const signs = [1, ...operators.map((operator) => (operator === '-' ? -1 : 1))]
  return ofNumber((environment, frame) => {
    let total = 0
    for (let index = 0; index < terms.length; index++)
      total += (signs[index] as number) * (terms[index] as Evaluate<number>)(environment, frame)
    return total
  })
}

export function negationCode(operand: Code, odd: boolean): Code {
  const { number, constant } = operand
  if (typeof constant === 'number') return ofNumber(() => (odd ? -constant : constant), odd ? -constant : constant)
  return odd ? ofNumber((environment, frame) => -number(environment, frame)) : ofNumber(number)
}

function anyOf(parts: readonly Evaluate<boolean>[]): Code {
  const [a, b] = parts as [Evaluate<boolean>, Evaluate<boolean>]
  if (parts.length === 2) return ofBoolean((environment, frame) => a(environment, frame) || b(environment, frame))
  return ofBoolean((environment, frame) => {
    for (const part of parts) if (part(environment, frame)) return true
    return false
  })
}

function allOf(parts: readonly Evaluate<boolean>[]): Code {
  const [a, b] = parts as [Evaluate<boolean>, Evaluate<boolean>]
  if (parts.length === 2) return ofBoolean((environment, frame) => a(environment, frame) && b(environment, frame))
  return ofBoolean((environment, frame) => {
    for (const part of parts) if (!part(environment, frame)) return false
    return true
  })
}

function binary(operator: string, left: Code, right: Code, notes: Notes): Code {
  const a = left.number
  const b = right.number
  switch (operator) {
    case '+':
      return ofNumber((environment, frame) => a(environment, frame) + b(environment, frame))
    case '-':
      return ofNumber((environment, frame) => a(environment, frame) - b(environment, frame))
    case '*':
      return ofNumber((environment, frame) => a(environment, frame) * b(environment, frame))
    case 'div':
      return ofNumber((environment, frame) => a(environment, frame) / b(environment, frame))
    case 'mod':
      return ofNumber((environment, frame) => a(environment, frame) % b(environment, frame))
    case '=':
      return equality(left, right, true, notes)
    case '!=':
      return equality(left, right, false, notes)
    default:
      return relation(operator as Relation, left, right, notes)
  }
}

function union(left: Code, right: Code, at: number): Code {
  const [a, b] = [left.nodes, right.nodes]
  if (a === null || b === null) throw refusal('wrong_argument', at, { found: '|' })
  return ofNodes({
    shape: { kind: 'text' },
    list: (environment, frame) => {
      const places = new Set<string>()
      const found: Node[] = []
      for (const nodes of [a, b])
        for (const node of nodes.list(environment, frame)) {
          frame.spend(1)
          const place = placeOf(nodes, node)
          if (place !== null && places.has(place)) continue
          if (place !== null) places.add(place)
          found.push({ position: node.position, row: node.row, text: nodes.text(environment, node) })
        }
      return found
    },
    text: (_environment, node) => node.text,
  })
}

/** The same answer is in a union once. */
function placeOf(nodes: Nodes, node: Node): string | null {
  if (nodes.shape.kind === 'question')
    return `${nodes.shape.field.repeats.join('/')}/${nodes.shape.field.name} ${node.position.join()}`
  return null
}
