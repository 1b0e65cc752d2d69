/** A flow or block file read into its parts; what the parts mean is worked out by load.ts. */
import type { FlowSource } from '../flow.ts'
import { secondsOf } from './duration.ts'
import { isLocatedList, isLocatedMap, locate, textOf, type Located, type LocatedMap } from './located.ts'
import { unpacked } from './packed.ts'
import type { Complaints } from './problems.ts'
import { readRows, type RowSource } from './row-source.ts'

export interface FileSource {
  readonly file: string
  readonly id: string
  readonly namespace: string
  readonly keys: LocatedMap
  readonly rows: readonly RowSource[]
  /** List name → its rows as written. */
  readonly lists: ReadonlyMap<string, Located>
}

const FLOW_KEYS = new Set(
  (
    'flow version audience menu triggers include submit nudge expires choices questions review draft title intro ' +
    'submitted default_language instance_name'
  ).split(' '),
)
const BLOCK_KEYS = new Set(['block', 'choices', 'questions', 'version'])

export function readFile(source: FlowSource, what: 'flow' | 'block', complaints: Complaints): FileSource | null {
  const { file } = source
  const keys = source.packed ? mapOf(unpacked(source.packed)) : locate(file, source.yaml, complaints)
  if (!keys) return null
  const id = textOf(keys.get(what))
  if (id === null || !/^[a-z][a-z0-9_]*$/.test(id)) {
    complaints.add('missing_key', { file, line: keys.get(what)?.line ?? 1 }, { key: what })
    return null
  }
  const own = what === 'flow' ? textOf(keys.get('submit')) : null
  for (const [key, { line }] of keys)
    if (!(what === 'flow' ? FLOW_KEYS : BLOCK_KEYS).has(key) && key !== own)
      complaints.add('unknown_key', { file, line }, { key })
  const namespace = `${what}s/${id}`
  const questions = keys.get('questions')
  const rows = questions ? readRows(questions, file, namespace, complaints) : []
  return { file, id, namespace, keys, rows, lists: listsOf(keys.get('choices'), file, complaints) }
}

const mapOf = ({ value }: Located): LocatedMap | null => (isLocatedMap(value) ? value : null)

function listsOf(choices: Located | undefined, file: string, complaints: Complaints): ReadonlyMap<string, Located> {
  if (!choices) return new Map()
  if (isLocatedMap(choices.value)) return choices.value
  complaints.add('wrong_value', { file, line: choices.line }, { key: 'choices', expected: 'map' })
  return new Map()
}

/** Names of the blocks a flow takes in, with their lines. */
export function includesOf(flow: FileSource): readonly { name: string; line: number }[] {
  const include = flow.keys.get('include')
  if (!include) return []
  const items = isLocatedList(include.value) ? include.value : [include]
  return items.flatMap((item) => {
    const name = textOf(item)
    return name === null ? [] : [{ name, line: item.line }]
  })
}

/** Seconds of a key like `nudge: 20h`; `no` or `none` is null. */
export function durationKey(
  flow: FileSource,
  key: string,
  otherwise: number | null,
  complaints: Complaints,
): number | null {
  const located = flow.keys.get(key)
  if (!located) return otherwise
  const text = textOf(located)
  if (text === null || text === 'none' || text === 'no' || text === 'false') return null
  const seconds = secondsOf(text)
  if (seconds === null)
    complaints.add('wrong_value', { file: flow.file, line: located.line }, { key, expected: '20h 7d 90m' })
  return seconds ?? otherwise
}

/** `true` or `false` of a key. */
export function flagKey(flow: FileSource, key: string, otherwise: boolean, complaints: Complaints): boolean {
  const located = flow.keys.get(key)
  if (!located) return otherwise
  if (typeof located.value === 'boolean') return located.value
  complaints.add('wrong_value', { file: flow.file, line: located.line }, { key, expected: 'true false' })
  return otherwise
}
