/** Tables in memory behind the ports of imports and exports: enough to see what a file becomes. */
import { createHash } from 'node:crypto'
import type { Cell, Change, CommitOutcome, Row, Sealed, Writer } from '../../src/base/change.ts'
import type { ImportReads } from '../../src/domain/registry/import/ports.ts'
import type { ReportReads } from '../../src/reports/ports.ts'

export type Plain = Record<string, unknown>

export interface MemoryTables {
  readonly writer: Writer
  readonly imports: ImportReads
  readonly reports: ReportReads
  readonly commits: (readonly Change[])[]
  rows(table: string): Plain[]
  put(table: string, row: Plain): void
  /** The next commits end in this outcome and change nothing. */
  refuseNext(...outcomes: CommitOutcome[]): void
}

const UNIQUE: Record<string, readonly string[][]> = {
  Territory: [['path'], ['chatCode']],
  StaffRole: [['staffId', 'role', 'territoryId']],
  ChatIdentity: [['channel', 'user']],
  GroupChat: [['channel', 'chat'], ['pageCode']],
  Household: [['identity']],
  Member: [['identity']],
  Course: [['identity']],
  VisitPlan: [['openKey']],
}

const isSealed = (cell: Cell): cell is Sealed => typeof cell === 'object' && cell !== null && 'seal' in cell
const opened = (row: Row): Plain =>
  Object.fromEntries(Object.entries(row).map(([name, cell]) => [name, isSealed(cell) ? cell.seal : cell]))

export function memoryTables(): MemoryTables {
  const tables = new Map<string, Map<string, Plain>>()
  const commits: (readonly Change[])[] = []
  let refusals: CommitOutcome[] = []
  let count = 0
  const tableOf = (name: string) => {
    const table = tables.get(name) ?? new Map<string, Plain>()
    tables.set(name, table)
    return table
  }
  const rows = <T = Plain>(name: string) => [...tableOf(name).values()] as T[]
  const put = (name: string, row: Plain) => void tableOf(name).set(String(row['id'] ?? `row${count++}`), row)

  const taken = (name: string, row: Plain) =>
    (UNIQUE[name] ?? []).some((columns) =>
      rows(name).some(
        (other) =>
          other['id'] !== row['id'] && columns.every((column) => other[column] === row[column] && row[column] !== null),
      ),
    )

  const commit = async (changes: readonly Change[]): Promise<CommitOutcome> => {
    const refusal = refusals.shift()
    if (refusal) return refusal
    for (const change of changes) {
      if (change.op === 'update' && change.expected !== null) {
        const row = tableOf(change.table).get(change.id)
        if (!row || row['revision'] !== change.expected) return { kind: 'conflict', table: change.table }
      }
      if (change.op === 'insert' && taken(change.table, opened(change.row)))
        return { kind: 'conflict', table: change.table }
    }
    commits.push(changes)
    for (const change of changes) {
      if (change.op === 'insert') put(change.table, opened(change.row))
      if (change.op === 'delete') tableOf(change.table).delete(change.id)
      if (change.op !== 'update') continue
      const row = tableOf(change.table).get(change.id) as Plain
      Object.assign(row, opened(change.set))
      if (change.expected !== null) row['revision'] = change.expected + 1
    }
    return { kind: 'committed' }
  }

  const copies = <T>(name: string, keep: (row: Plain) => boolean): T[] =>
    rows(name)
      .filter(keep)
      .map((row) => structuredClone(row) as T)
      .sort((a, b) => (String((a as Plain)['id']) < String((b as Plain)['id']) ? -1 : 1))
  const inList = (list: readonly string[]) => (column: string) => (row: Plain) => list.includes(row[column] as string)

  const imports: ImportReads = {
    fingerprint: (kind, value) => createHash('sha256').update(`${kind} ${value}`).digest('hex').slice(0, 16),
    territories: async () => copies('Territory', () => true),
    staff: async () =>
      copies<Plain>('Staff', () => true).map((member) => ({
        ...member,
        roles: copies('StaffRole', (role) => role['staffId'] === member['id']),
      })) as never,
    identities: async (names, staffIds) =>
      copies(
        'ChatIdentity',
        (row) => names.includes(`${row['channel']} ${row['user']}`) || staffIds.includes(row['staffId'] as string),
      ),
    groups: async () => copies('GroupChat', () => true),
    householdsByIdentity: async (list) => copies('Household', inList(list)('identity')),
    householdsByKey: async (list) => copies('Household', inList(list)('key')),
    membersByIdentity: async (list) => copies('Member', inList(list)('identity')),
    coursesByIdentity: async (list) => copies('Course', inList(list)('identity')),
    openPlans: async (list) =>
      copies('VisitPlan', (row) => row['openKey'] !== null && list.includes(row['householdId'] as string)),
    contents: async () => ({
      empty: ['Territory', 'Staff', 'Household', 'Conversation'].every((name) => tableOf(name).size === 0),
      demo: rows('Setting').some((row) => row['key'] === 'demo' && row['value'] === true),
    }),
  }

  async function* pages<T>(name: string, keep: (row: Plain) => boolean): AsyncGenerator<readonly T[]> {
    const all = copies<T>(name, keep)
    for (let at = 0; at < all.length; at += 2) yield all.slice(at, at + 2)
  }
  const within = (value: unknown, from: unknown, to: unknown) =>
    (from === null || (value as string) >= (from as string)) && (to === null || (value as string) <= (to as string))
  const placed = (row: Plain, ids: readonly string[] | null) =>
    ids === null || ids.includes(row['territoryId'] as string)

  const reports: ReportReads = {
    cases: ({ reportedOn, territoryIds }) =>
      pages('Case', (row) => within(row['leadOn'], reportedOn.from, reportedOn.to) && placed(row, territoryIds)),
    caseEvents: async (ids) => copies('CaseEvent', inList(ids)('caseId')),
    visits: ({ visitedOn, territoryIds }) =>
      pages('Visit', (row) => within(row['visitedOn'], visitedOn.from, visitedOn.to) && placed(row, territoryIds)),
    submissions: ({ submittedAt, flow, territoryIds }) =>
      pages(
        'Submission',
        (row) =>
          (submittedAt.from === null || (row['submittedAt'] as number) >= submittedAt.from) &&
          (submittedAt.before === null || (row['submittedAt'] as number) < submittedAt.before) &&
          (flow === null || row['flow'] === flow) &&
          placed(row, territoryIds),
      ),
    submissionsById: async (ids) => copies('Submission', inList(ids)('id')),
    territories: async () => copies('Territory', () => true),
    staffNames: async () => copies('Staff', () => true),
    profilesById: async (ids) => copies('Profile', inList(ids)('id')),
    householdsById: async (ids) => copies('Household', inList(ids)('id')),
  }

  return {
    writer: { commit },
    imports,
    reports,
    commits,
    rows,
    put,
    refuseNext: (...outcomes) => void (refusals = outcomes),
  }
}
