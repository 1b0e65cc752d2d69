/**
 * Random changesets in random company against a model that knows nothing of groups. Changesets that have a row in common
 * keep their order; others may overtake one that waits, so unique keys are fought over only where nobody waits.
 */
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import {
  expectRevision,
  insert,
  insertOnce,
  remove,
  update,
  type Change,
  type CommitOutcome,
} from '../../src/base/change.ts'
import type { Storage } from '../../src/storage/assemble.ts'
import { memoryDatabases, sqliteDatabases, type Databases } from './databases.ts'
import { inbox } from './rows.ts'

type Action =
  | { readonly kind: 'insert' | 'once' | 'delete'; readonly row: number }
  | { readonly kind: 'expect'; readonly row: number; readonly revision: number }
  | { readonly kind: 'update'; readonly row: number; readonly revision: number }
  | { readonly kind: 'key'; readonly row: number; readonly revision: number; readonly key: number | null }

const ROWS = 4
const row = fc.nat(ROWS - 1)
const revision = fc.nat(2)
const action: fc.Arbitrary<Action> = fc.oneof(
  { weight: 3, arbitrary: fc.record({ kind: fc.constantFrom('insert', 'once', 'delete'), row }) },
  {
    weight: 3,
    arbitrary: fc.oneof(
      fc.record({ kind: fc.constant('update' as const), row, revision }),
      fc.record({ kind: fc.constant('expect' as const), row, revision }),
    ),
  },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('key'), row, revision, key: fc.option(fc.nat(2)) }) },
)
/** Changes of one changeset are about different rows. */
const changeset = fc.uniqueArray(action, {
  minLength: 1,
  maxLength: 3,
  selector: (one) => `${one.kind === 'once'} ${one.row}`,
})

function changesOf(actions: readonly Action[], serial: number): Change[] {
  const changes = actions.map((one): Change => {
    const id = `enrolment-${one.row}`
    switch (one.kind) {
      case 'once':
        return insertOnce('Inbox', inbox(`message-${one.row}`))
      case 'insert':
        return insert('Enrolment', { ...ENROLMENT, id, state: `by ${serial}`, revision: 0 })
      case 'delete':
        return remove('Enrolment', id)
      case 'update':
        return update('Enrolment', id, one.revision, { state: `by ${serial}` })
      case 'expect':
        return expectRevision('Enrolment', id, one.revision)
      case 'key':
        return update('Enrolment', id, one.revision, { openKey: keyOf(one) })
    }
  })
  return [...changes, insert('OutboxLane', { id: `lane-${serial}` })]
}

const keyOf = (one: { row: number; key: number | null }) => (one.key === null ? null : `key-${one.row}-${one.key}`)

const ENROLMENT = { courseId: 'c', identityId: 'i', submissionId: 's', enrolledAt: 0, openKey: null }

interface Model {
  readonly rows: Map<number, { state: string; revision: number; key: string | null }>
  readonly messages: Set<number>
  readonly lanes: Set<number>
}

/** What a changeset does when it comes alone. */
function apply(model: Model, actions: readonly Action[], serial: number): CommitOutcome['kind'] {
  const rows = new Map([...model.rows].map(([id, value]) => [id, { ...value }]))
  const messages = new Set(model.messages)
  const order = ['once', 'expect', 'update', 'key', 'delete', 'insert']
  const sorted = [...actions].sort((a, b) => order.indexOf(a.kind) - order.indexOf(b.kind))
  for (const one of sorted) {
    const found = rows.get(one.row)
    switch (one.kind) {
      case 'once':
        if (messages.has(one.row)) return 'duplicate'
        messages.add(one.row)
        break
      case 'insert':
        if (found) return 'conflict'
        rows.set(one.row, { state: `by ${serial}`, revision: 0, key: null })
        break
      case 'delete':
        rows.delete(one.row)
        break
      case 'expect':
        if (found?.revision !== one.revision) return 'conflict'
        break
      case 'update':
      case 'key': {
        if (!found || found.revision !== one.revision) return 'conflict'
        found.revision++
        if (one.kind === 'update') found.state = `by ${serial}`
        else found.key = keyOf(one)
      }
    }
  }
  model.rows.clear()
  for (const [id, value] of rows) model.rows.set(id, value)
  model.messages.clear()
  for (const id of messages) model.messages.add(id)
  model.lanes.add(serial)
  return 'committed'
}

async function stateOf({ reads }: Storage): Promise<unknown> {
  const rows = await reads.rows.find('Enrolment', { columns: ['id', 'state', 'revision', 'openKey'], order: ['id'] })
  const messages = await reads.rows.find('Inbox', { columns: ['id'], order: ['id'] })
  const lanes = await reads.rows.find('OutboxLane', { columns: ['id'] })
  return { rows, messages: messages.map(({ id }) => id), lanes: lanes.map(({ id }) => id).sort() }
}

function stateOfModel(model: Model): unknown {
  const rows = [...model.rows].sort(([a], [b]) => a - b)
  return {
    rows: rows.map(([id, value]) => ({
      id: `enrolment-${id}`,
      state: value.state,
      revision: value.revision,
      openKey: value.key,
    })),
    messages: [...model.messages].sort().map((id) => `message-${id}`),
    lanes: [...model.lanes].map((id) => `lane-${id}`).sort(),
  }
}

/** Everybody inserts a row of their own; the first to come gets the key. */
async function checkKeys(storage: Storage, keys: readonly (number | null)[]): Promise<void> {
  const taken = new Set<number>()
  const expected = keys.map((key) => {
    if (key === null) return 'committed'
    if (taken.has(key)) return 'conflict'
    taken.add(key)
    return 'committed'
  })
  const outcomes = await Promise.all(
    keys.map((key, serial) => {
      const openKey = key === null ? null : `key-${key}`
      const lane = insert('OutboxLane', { id: `lane-${serial}` })
      return storage.writer.commit([lane, insert('Enrolment', { ...ENROLMENT, id: `e-${serial}`, state: '', openKey })])
    }),
  )
  expect(outcomes.map(({ kind }) => kind)).toEqual(expected)
  const won = expected.filter((kind) => kind === 'committed').length
  expect(await storage.reads.rows.count('Enrolment', {})).toBe(won)
  expect(await storage.reads.rows.count('OutboxLane', {})).toBe(won)
}

async function check(
  storage: Storage,
  changesets: readonly (readonly Action[])[],
  pauses: readonly boolean[],
): Promise<void> {
  const pending: Promise<CommitOutcome>[] = []
  for (const [serial, actions] of changesets.entries()) {
    pending.push(storage.writer.commit(changesOf(actions, serial)))
    if (pauses[serial]) await storage.writer.settled()
  }
  const outcomes = (await Promise.all(pending)).map(({ kind }) => kind)
  const model: Model = { rows: new Map(), messages: new Set(), lanes: new Set() }
  expect(outcomes).toEqual(changesets.map((actions, serial) => apply(model, actions, serial)))
  expect(await stateOf(storage)).toEqual(stateOfModel(model))
}

describe.each([
  ['memory', memoryDatabases, 300],
  ['sqlite', sqliteDatabases, 60],
] as const)('any changesets at once have the outcome of one after the other: %s', (_, make, numRuns) => {
  let databases: Databases
  beforeAll(async () => {
    databases = await make()
  })
  afterAll(() => databases.stop())

  test('outcomes and rows', { timeout: 120_000 }, async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(changeset, { minLength: 1, maxLength: 25 }),
        fc.array(fc.boolean(), { maxLength: 10 }),
        async (changesets, pauses) => {
          const storage = await databases.fresh()
          try {
            await check(storage, changesets, pauses)
          } finally {
            await storage.close()
          }
        },
      ),
      { numRuns },
    )
  })

  test('of a unique key, the first to come gets it', { timeout: 120_000 }, async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.option(fc.nat(8)), { minLength: 1, maxLength: 40 }), async (keys) => {
        const storage = await databases.fresh()
        try {
          await checkKeys(storage, keys)
        } finally {
          await storage.close()
        }
      }),
      { numRuns: numRuns / 3 },
    )
  })
})
