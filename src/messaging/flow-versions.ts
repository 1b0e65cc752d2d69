/**
 * A conversation stays on the version of its flow that it began with. Each version is kept as it was read, words and all,
 * until no conversation needs it.
 */
import { insertOnce, type Writer } from '../base/change.ts'
import type { Json, JsonObject } from '../base/json.ts'
import type { Instant } from '../base/time.ts'
import type { Flow, FlowSource } from '../flow/flow.ts'
import type { Resources } from '../text/resources.ts'
import type { FlowCatalogue } from './engine.ts'
import type { FlowVersionReads } from './ports.ts'

/** What the loader needs to make the flow again. */
export interface FlowSnapshot {
  readonly source: FlowSource
  readonly blocks: readonly FlowSource[]
  /** Language → namespace → words, of this flow and its blocks only. */
  readonly words: Resources
}

/** The name of a flow or block, from its file. */
const nameOf = (source: FlowSource) => source.file.replace(/^.*[\\/]/, '').replace(/\.yaml$/, '')

export function snapshotOf(source: FlowSource, blocks: readonly FlowSource[], resources: Resources): FlowSnapshot {
  const namespaces = [`flows/${nameOf(source)}`, 'lists', ...blocks.map((block) => `blocks/${nameOf(block)}`)]
  const words = Object.entries(resources).map(([language, all]) => [
    language,
    Object.fromEntries(Object.entries(all).filter(([namespace]) => namespaces.includes(namespace))),
  ])
  return { source: bare(source), blocks: blocks.map(bare), words: Object.fromEntries(words) as Resources }
}

const bare = ({ file, yaml, digest }: FlowSource): FlowSource => ({ file, yaml, digest })

/** The versions that are not current and that somebody is still in the middle of. */
export async function olderVersions(
  reads: FlowVersionReads,
  current: readonly FlowSource[],
): Promise<readonly FlowSnapshot[]> {
  const needed = await reads.pinnedDigests(current.map((source) => source.digest))
  if (needed.length === 0) return []
  return (await reads.flowVersions(needed)).map((record) => JSON.parse(record.source) as FlowSnapshot)
}

/** Stores the versions that new conversations begin with; one that is stored already stays as it is. */
export async function keepVersions(
  writer: Writer,
  kept: readonly { readonly flow: Flow; readonly snapshot: FlowSnapshot }[],
  at: Instant,
): Promise<void> {
  const rows = kept.map(({ flow, snapshot }) =>
    insertOnce('FlowVersion', {
      id: flow.digest,
      flow: flow.id,
      version: flow.version,
      source: JSON.stringify(snapshot),
      createdAt: at,
    }),
  )
  await Promise.all(rows.map((row) => writer.commit([row])))
}

/** Today's words, and below them those that only older versions have. */
export function withWordsOf(snapshots: readonly FlowSnapshot[], resources: Resources): Resources {
  return snapshots.reduce<Resources>(
    (all, snapshot) => merge(all, snapshot.words as Json as JsonObject) as Json as Resources,
    resources,
  )
}

function merge(first: Json | undefined, second: Json | undefined): Json {
  if (first === undefined) return second ?? null
  if (!isObject(first) || !isObject(second)) return first
  const names = new Set([...Object.keys(first), ...Object.keys(second)])
  return Object.fromEntries([...names].map((name) => [name, merge(first[name], second[name])]))
}

const isObject = (value: Json | undefined): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

export function flowCatalogue(current: readonly Flow[], older: readonly Flow[]): FlowCatalogue {
  const inOrder = [...current].sort((a, b) => (a.menu ?? Infinity) - (b.menu ?? Infinity) || (a.id < b.id ? -1 : 1))
  const ids = new Map(inOrder.map((flow) => [flow.id, flow]))
  const digests = new Map([...older, ...inOrder].map((flow) => [flow.digest, flow]))
  return { current: inOrder, byId: (id) => ids.get(id), byDigest: (digest) => digests.get(digest) }
}
