import type { Flow } from '../flow/flow.ts'
import type { Talk } from './talk.ts'

/** A pure hint: the questions of a flow never change. */
const byPath = new WeakMap<Flow, ReadonlyMap<string, string>>()

function typesOf(flow: Flow): ReadonlyMap<string, string> {
  let types = byPath.get(flow)
  if (!types) byPath.set(flow, (types = new Map(flow.questions.map(({ path, type }) => [path, type]))))
  return types
}

/** The type of the open question; undefined outside questions, and at those inside of repeats. */
export function openType(talk: Talk | null): string | undefined {
  const cursor = talk?.state.parked.cursor ?? null
  return talk === null || cursor === null ? undefined : typesOf(talk.flow).get(cursor)
}
