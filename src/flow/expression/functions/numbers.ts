import { ofNumber, texts } from '../code.ts'
import type { Code, Evaluate } from '../code.ts'
import { numberOf, roundTo, truncated } from '../numbers.ts'
import { arg, nodesOf } from './definition.ts'
import type { CallSite, Definition, Definitions } from './definition.ts'

export const NUMBERS: Definitions = {
  int: ofOne(truncated),
  abs: ofOne(Math.abs),
  floor: ofOne((value) => Math.floor(value) + 0),
  ceiling: ofOne((value) => Math.ceil(value) + 0),
  sqrt: ofOne(Math.sqrt),
  log: ofOne(Math.log),
  log10: ofOne(Math.log10),
  exp: ofOne(Math.exp),
  exp10: ofOne((value) => 10 ** value),
  sin: ofOne(Math.sin),
  cos: ofOne(Math.cos),
  tan: ofOne(Math.tan),
  asin: ofOne(Math.asin),
  acos: ofOne(Math.acos),
  atan: ofOne(Math.atan),
  atan2: ofTwo(Math.atan2),
  pow: ofTwo((base, exponent) => base ** exponent),
  pi: { least: 0, most: 0, make: () => ofNumber(() => Math.PI, Math.PI) },
  round: {
    least: 1,
    most: 2,
    make: (args) => {
      const value = arg(args, 0).number
      const places = args[1]?.number
      return ofNumber((environment, frame) =>
        roundTo(value(environment, frame), places ? places(environment, frame) : 0),
      )
    },
  },
  sum: {
    least: 1,
    most: 1,
    make: (args, call) => {
      const all = numbersIn([setOf(args, call)])
      return ofNumber((environment, frame) => all(environment, frame).reduce((total, value) => total + value, 0))
    },
  },
  min: {
    least: 1,
    most: Infinity,
    make: (args) => {
      const all = numbersIn(args)
      return ofNumber((environment, frame) => extreme(all(environment, frame), (a, b) => a < b))
    },
  },
  max: {
    least: 1,
    most: Infinity,
    make: (args) => {
      const all = numbersIn(args)
      return ofNumber((environment, frame) => extreme(all(environment, frame), (a, b) => a > b))
    },
  },
}

function ofOne(apply: (value: number) => number): Definition {
  return {
    least: 1,
    most: 1,
    make: (args) => {
      const { number } = arg(args, 0)
      return ofNumber((environment, frame) => apply(number(environment, frame)))
    },
  }
}

function ofTwo(apply: (a: number, b: number) => number): Definition {
  return {
    least: 2,
    most: 2,
    make: (args) => {
      const [a, b] = [arg(args, 0).number, arg(args, 1).number]
      return ofNumber((environment, frame) => apply(a(environment, frame), b(environment, frame)))
    },
  }
}

function setOf(args: readonly Code[], call: CallSite): Code {
  nodesOf(args, 0, call)
  return arg(args, 0)
}

function numbersIn(args: readonly Code[]): Evaluate<readonly number[]> {
  const parts = args.map((code): Evaluate<readonly number[]> => {
    if (code.type !== 'nodes') return (environment, frame) => [code.number(environment, frame)]
    const list = texts(code)
    return (environment, frame) => list(environment, frame).map((text) => numberOf(text, environment.zone))
  })
  return (environment, frame) => parts.flatMap((part) => part(environment, frame))
}

/** NaN of none, and as soon as one is no number. */
function extreme(values: readonly number[], better: (a: number, b: number) => boolean): number {
  let best = values[0] ?? NaN
  for (const value of values) {
    if (Number.isNaN(value)) return NaN
    if (better(value, best)) best = value
  }
  return best
}
