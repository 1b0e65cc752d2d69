import { ofNodes, ofString } from '../code.ts'
import type { Code } from '../code.ts'
import { NOWHERE } from '../frame.ts'
import { cellOf, rowsWith } from '../lookup.ts'
import { currentCode } from '../paths.ts'
import { refusal } from '../refusal.ts'
import { numberOf } from '../numbers.ts'
import { shuffled } from '../shuffle.ts'
import { arg, literalOf, nodesOf } from './definition.ts'
import type { CallSite, Definitions } from './definition.ts'

export const LOOKUPS: Definitions = {
  instance: {
    least: 1,
    most: 1,
    make: (args, call) => {
      const name = instanceNamed(literalOf(args, 0, call), call)
      call.site.notes.loops = true
      return ofNodes({
        shape: { kind: 'document' },
        list: () => [NOWHERE],
        rows: (environment) => environment.instance(name),
        text: () => '',
      })
    },
  },
  pulldata: {
    least: 4,
    most: 4,
    make: (args, call) => {
      const name = instanceNamed(literalOf(args, 0, call), call)
      const [column, key, wanted] = [arg(args, 1).string, arg(args, 2).string, arg(args, 3).string]
      return ofString((environment, frame) => {
        const rows = rowsWith(environment.instance(name), key(environment, frame), wanted(environment, frame))
        return cellOf(rows[0]?.row ?? null, column(environment, frame))
      })
    },
  },
  current: { least: 0, most: 0, make: () => currentCode() },
  randomize: { least: 1, most: 2, make: randomize },
}

/** `villages` or `villages.csv`. */
function instanceNamed(name: string, call: CallSite): string {
  const { scope } = call.site
  if (scope.hasInstance(name)) return name
  const stem = name.replace(/\.(csv|xml|geojson)$/, '')
  if (scope.hasInstance(stem)) return stem
  throw refusal('unknown_instance', call.at, { name })
}

function randomize(args: readonly Code[], call: CallSite): Code {
  const nodes = nodesOf(args, 0, call)
  const seed = args[1]
  const { notes } = call.site
  notes.loops = true
  if (!seed) notes.volatile = true
  const { rows: _rows, ...unsorted } = nodes
  return ofNodes({
    ...unsorted,
    list: (environment, frame) => {
      const list = nodes.list(environment, frame)
      frame.spend(list.length)
      if (!seed) return shuffled(list, environment.random)
      const text = seed.string(environment, frame)
      return shuffled(list, numberOf(text, environment.zone), text)
    },
  })
}
