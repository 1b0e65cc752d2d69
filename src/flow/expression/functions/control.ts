import { ofBoolean, ofChoice, ofConstant, ofNumber, ofString } from '../code.ts'
import type { Code } from '../code.ts'
import { arg } from './definition.ts'
import type { Definitions } from './definition.ts'

export const CONTROL: Definitions = {
  if: { least: 3, most: 3, make: (args) => branch(arg(args, 0), arg(args, 1), arg(args, 2)) },
  coalesce: {
    least: 2,
    most: 2,
    make: (args) => {
      const first = arg(args, 0).string
      const second = arg(args, 1).string
      return ofString((environment, frame) => first(environment, frame) || second(environment, frame))
    },
  },
  once: {
    least: 1,
    most: 1,
    make: (args, { site }) => {
      const { string } = arg(args, 0)
      site.notes.volatile = true
      return ofString((environment, frame) => environment.self || string(environment, frame))
    },
  },
  not: {
    least: 1,
    most: 1,
    make: (args) => {
      const { boolean } = arg(args, 0)
      return ofBoolean((environment, frame) => !boolean(environment, frame))
    },
  },
  boolean: { least: 1, most: 1, make: (args) => ofBoolean(arg(args, 0).boolean) },
  true: { least: 0, most: 0, make: () => ofBoolean(() => true) },
  false: { least: 0, most: 0, make: () => ofBoolean(() => false) },
  'boolean-from-string': {
    least: 1,
    most: 1,
    make: (args) => {
      const { string } = arg(args, 0)
      return ofBoolean((environment, frame) => {
        const text = string(environment, frame)
        return text === 'true' || text === '1'
      })
    },
  },
  number: { least: 1, most: 1, make: (args) => ofNumber(arg(args, 0).number) },
  string: {
    least: 1,
    most: 1,
    make: (args) => {
      const { constant, string } = arg(args, 0)
      return typeof constant === 'string' ? ofConstant(constant) : ofString(string)
    },
  },
}

/** Only the branch that is taken is evaluated. */
function branch(condition: Code, then: Code, otherwise: Code): Code {
  const { boolean } = condition
  if (then.type === 'number' && otherwise.type === 'number')
    return ofNumber((environment, frame) =>
      boolean(environment, frame) ? then.number(environment, frame) : otherwise.number(environment, frame),
    )
  if (then.type === 'string' && otherwise.type === 'string')
    return ofString((environment, frame) =>
      boolean(environment, frame) ? then.string(environment, frame) : otherwise.string(environment, frame),
    )
  if (then.type === 'boolean' && otherwise.type === 'boolean')
    return ofBoolean((environment, frame) =>
      boolean(environment, frame) ? then.boolean(environment, frame) : otherwise.boolean(environment, frame),
    )
  return ofChoice((environment, frame) => (boolean(environment, frame) ? then : otherwise))
}
