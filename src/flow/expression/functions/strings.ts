import { ofBoolean, ofNumber, ofString, texts } from '../code.ts'
import type { Code, Evaluate } from '../code.ts'
import { patternCode } from '../pattern.ts'
import { selfOf } from '../paths.ts'
import { arg, textOrSelf } from './definition.ts'
import type { Definition, Definitions } from './definition.ts'

export const STRINGS: Definitions = {
  concat: { least: 1, most: Infinity, make: (args) => joined(() => '', args) },
  join: { least: 2, most: Infinity, make: (args) => joined(arg(args, 0).string, args.slice(1)) },
  'string-length': {
    least: 0,
    most: 1,
    make: (args, { site }) => {
      const text = textOrSelf(args, selfOf(site))
      return ofNumber((environment, frame) => lengthOf(text(environment, frame)))
    },
  },
  'normalize-space': {
    least: 0,
    most: 1,
    make: (args, { site }) => {
      const text = textOrSelf(args, selfOf(site))
      return ofString((environment, frame) =>
        text(environment, frame)
          .replace(/[ \t\r\n]+/g, ' ')
          .replace(/^ | $/g, ''),
      )
    },
  },
  substr: {
    least: 2,
    most: 3,
    make: (args) => {
      const text = arg(args, 0).string
      const from = arg(args, 1).number
      const to = args[2]?.number
      return ofString((environment, frame) =>
        substr(text(environment, frame), from(environment, frame), to ? to(environment, frame) : undefined),
      )
    },
  },
  substring: {
    least: 2,
    most: 3,
    make: (args) => {
      const text = arg(args, 0).string
      const from = arg(args, 1).number
      const length = args[2]?.number
      return ofString((environment, frame) =>
        substring(text(environment, frame), from(environment, frame), length ? length(environment, frame) : Infinity),
      )
    },
  },
  'substring-before': ofTwo((text, part) => text.slice(0, Math.max(0, text.indexOf(part)))),
  'substring-after': ofTwo((text, part) => (text.includes(part) ? text.slice(text.indexOf(part) + part.length) : '')),
  contains: whether((text, part) => text.includes(part)),
  'starts-with': whether((text, part) => text.startsWith(part)),
  'ends-with': whether((text, part) => text.endsWith(part)),
  translate: {
    least: 3,
    most: 3,
    make: (args) => {
      const [text, from, to] = [arg(args, 0).string, arg(args, 1).string, arg(args, 2).string]
      return ofString((environment, frame) =>
        translate(text(environment, frame), from(environment, frame), to(environment, frame)),
      )
    },
  },
  regex: { least: 2, most: 2, make: (args, call) => patternCode(arg(args, 0), arg(args, 1), call.at) },
}

function joined(separator: Evaluate<string>, args: readonly Code[]): Code {
  if (args.every((code) => code.type !== 'nodes')) {
    const parts = args.map((code) => code.string)
    return ofString((environment, frame) => {
      const between = separator(environment, frame)
      let text = ''
      for (let index = 0; index < parts.length; index++)
        text += (index > 0 ? between : '') + (parts[index] as Evaluate<string>)(environment, frame)
      return text
    })
  }
  const lists = args.map(texts)
  return ofString((environment, frame) =>
    lists.flatMap((list) => list(environment, frame)).join(separator(environment, frame)),
  )
}

function ofTwo(apply: (text: string, part: string) => string): Definition {
  return {
    least: 2,
    most: 2,
    make: (args) => {
      const [text, part] = [arg(args, 0).string, arg(args, 1).string]
      return ofString((environment, frame) => apply(text(environment, frame), part(environment, frame)))
    },
  }
}

function whether(test: (text: string, part: string) => boolean): Definition {
  return {
    least: 2,
    most: 2,
    make: (args) => {
      const [text, part] = [arg(args, 0).string, arg(args, 1).string]
      return ofBoolean((environment, frame) => test(text(environment, frame), part(environment, frame)))
    },
  }
}

/** Code points: a rare Chinese character is one, though two UTF-16 units. */
export function lengthOf(text: string): number {
  let pairs = 0
  for (let index = 0; index < text.length - 1; index++) {
    const unit = text.charCodeAt(index)
    if (unit < 0xd800 || unit > 0xdbff) continue
    const low = text.charCodeAt(index + 1)
    if (low >= 0xdc00 && low <= 0xdfff) pairs++
  }
  return text.length - pairs
}

/** 0-based, end exclusive, negative from the end, in code points. */
function substr(text: string, from: number, to: number | undefined): string {
  if (Number.isNaN(from) || (to !== undefined && Number.isNaN(to))) return ''
  return Array.from(text).slice(from, to).join('')
}

/** XPath 1.0: 1-based, halves rounded up, what lies before the text is counted. */
function substring(text: string, from: number, length: number): string {
  const start = Math.round(from)
  const end = start + Math.round(length)
  return Array.from(text)
    .filter((_sign, index) => index + 1 >= start && index + 1 < end)
    .join('')
}

function translate(text: string, from: string, to: string): string {
  const replacements = Array.from(to)
  const map = new Map<string, string>()
  Array.from(from).forEach((sign, index) => {
    if (!map.has(sign)) map.set(sign, replacements[index] ?? '')
  })
  return Array.from(text, (sign) => map.get(sign) ?? sign).join('')
}
