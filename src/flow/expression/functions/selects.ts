import { ofBoolean, ofNumber, ofString } from '../code.ts'
import type { Field } from '../environment.ts'
import { resolve } from '../site.ts'
import { hereOf } from '../fields.ts'
import { arg, badArgument } from './definition.ts'
import type { CallSite, Definitions } from './definition.ts'
import type { Code } from '../code.ts'

const BLANKS = /[ \t\r\n]+/

/** The names in a list of blank-separated names. */
export const namesIn = (list: string): string[] => list.split(BLANKS).filter((name) => name !== '')

export const SELECTS: Definitions = {
  selected: {
    least: 2,
    most: 2,
    make: (args) => {
      const list = arg(args, 0).string
      const wanted = arg(args, 1).string
      return ofBoolean((environment, frame) => hasName(list(environment, frame), wanted(environment, frame).trim()))
    },
  },
  'selected-at': {
    least: 2,
    most: 2,
    make: (args) => {
      const list = arg(args, 0).string
      const index = arg(args, 1).number
      return ofString(
        (environment, frame) => namesIn(list(environment, frame))[Math.trunc(index(environment, frame))] ?? '',
      )
    },
  },
  'count-selected': {
    least: 1,
    most: 1,
    make: (args) => {
      const list = arg(args, 0).string
      return ofNumber((environment, frame) => namesIn(list(environment, frame)).length)
    },
  },
  'jr:choice-name': {
    least: 2,
    most: 2,
    make: (args, call) => {
      const choice = arg(args, 0).string
      const field = questionNamed(arg(args, 1), call)
      return ofString((environment, frame) => {
        const name = choice(environment, frame).trim()
        return name === '' ? '' : environment.label(field, name)
      })
    },
  },
}

function hasName(list: string, wanted: string): boolean {
  if (wanted === '' || BLANKS.test(wanted)) return false
  for (let at = list.indexOf(wanted); at >= 0; at = list.indexOf(wanted, at + 1))
    if (isEdge(list, at - 1) && isEdge(list, at + wanted.length)) return true
  return false
}

function isEdge(list: string, at: number): boolean {
  if (at < 0 || at >= list.length) return true
  const code = list.charCodeAt(at)
  return code === 32 || code === 9 || code === 10 || code === 13
}

/** The question is written as `'${q}'`; `${q}` without quotes is understood too. */
function questionNamed(code: Code, call: CallSite): Field {
  if (code.nodes?.shape.kind === 'question') return code.nodes.shape.field
  const name = typeof code.constant === 'string' ? /^\s*\$\{([^}]+)\}\s*$/.exec(code.constant)?.[1] : undefined
  if (name === undefined) throw badArgument(call, 1, { expected: "'${…}'" })
  const field = resolve(call.site, name.trim(), hereOf(call.site).from, call.at)
  if (field.kind !== 'question') throw badArgument(call, 1, { expected: 'question' })
  return field
}
