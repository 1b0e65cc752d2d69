import { ofNumber, ofString } from '../code.ts'
import type { Code, Evaluate } from '../code.ts'
import type { Environment, Field } from '../environment.ts'
import { repeatFields } from '../fields.ts'
import type { Frame } from '../frame.ts'
import { refusal } from '../refusal.ts'
import { inside, shared } from '../shape.ts'
import { arg, badArgument, nodesOf, questionOf, repeatOf } from './definition.ts'
import type { CallSite, Definitions } from './definition.ts'

export const REPEATS: Definitions = {
  count: {
    least: 1,
    most: 1,
    make: (args, call) => {
      const { list } = nodesOf(args, 0, call)
      return ofNumber((environment, frame) => list(environment, frame).length)
    },
  },
  'count-non-empty': {
    least: 1,
    most: 1,
    make: (args, call) => {
      const { list, text } = nodesOf(args, 0, call)
      return ofNumber(
        (environment, frame) => list(environment, frame).filter((node) => text(environment, node) !== '').length,
      )
    },
  },
  position: { least: 0, most: 1, make: position },
  last: {
    least: 0,
    most: 0,
    make: (_args, { site, at }) => {
      if (site.context === null) throw refusal('wrong_argument', at, { name: 'last', expected: '[…]' })
      return ofNumber((_environment, frame) => frame.size)
    },
  },
  'indexed-repeat': { least: 3, most: 7, make: indexedRepeat },
}

/** Without an argument: the place in a filter, else the number of the innermost instance. */
function position(args: readonly Code[], call: CallSite): Code {
  const { site } = call
  if (args.length === 0) {
    if (site.context !== null) return ofNumber((_environment, frame) => frame.index + 1)
    return ofNumber((environment) => (environment.position.at(-1) ?? 0) + 1)
  }
  const { shape, list, bare } = nodesOf(args, 0, call)
  if (shape.kind === 'repeat') {
    const depth = shape.repeat.repeats.length
    const around = inside(shape.repeat)
    // `${repeat}` from inside the repeat: the instance where the expression stands.
    if (bare && shared(around, site.from) === around.length)
      return ofNumber((environment) => (environment.position[depth] ?? 0) + 1)
    return ofNumber((environment, frame) => (list(environment, frame)[0]?.position[depth] ?? NaN) + 1)
  }
  if (shape.kind !== 'place') return ofNumber(() => 1)
  // Groups are not in the scope, so going out further than the repeats means that a group was left before.
  const out = shape.repeats.length === 0
  return ofNumber((environment, frame) => {
    const numbers = out ? environment.position.slice(0, 1) : (list(environment, frame)[0]?.position ?? [])
    return (numbers.at(-1) ?? 0) + 1
  })
}

/** indexed-repeat(${q}, ${repeat}, index, …): up to three repeats; 1-based; "" where there is no such instance. */
function indexedRepeat(args: readonly Code[], call: CallSite): Code {
  if (args.length % 2 === 0) throw refusal('wrong_arity', call.at, { name: call.name, given: args.length })
  const field = questionOf(args, 0, call)
  const indexes = new Map<string, Evaluate<number>>()
  for (let index = 1; index < args.length; index += 2) {
    const repeat = repeatOf(args, index, call)
    if (!isAround(repeat, field)) throw badArgument(call, index, { expected: 'repeat', found: repeat.name })
    indexes.set(repeat.name, arg(args, index + 1).number)
  }
  const repeats = repeatFields(call.site.scope, field.repeats)
  const here = shared(field.repeats, call.site.from)
  const numbers = repeats.map(
    (repeat, depth): Evaluate<number> =>
      indexes.get(repeat.name) ?? ((environment) => (depth < here ? (environment.position[depth] ?? 0) : 0) + 1),
  )
  return ofString((environment, frame) => {
    const found = locate(repeats, numbers, environment, frame)
    return found === null ? '' : environment.value(field, found)
  })
}

const isAround = (repeat: Field, field: Field) => {
  const around = inside(repeat)
  return shared(around, field.repeats) === around.length
}

function locate(
  repeats: readonly Field[],
  numbers: readonly Evaluate<number>[],
  environment: Environment,
  frame: Frame,
): readonly number[] | null {
  const found: number[] = []
  for (let depth = 0; depth < repeats.length; depth++) {
    const number = Math.trunc((numbers[depth] as Evaluate<number>)(environment, frame))
    if (!(number >= 1 && number <= environment.instances(repeats[depth] as Field, found))) return null
    found.push(number - 1)
  }
  return found
}
