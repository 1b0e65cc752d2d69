import type { ComparisonReads, RosterPerson, RoundRecord, RowRecord } from '../../domain/comparison/ports.ts'
import type { CaseRecord } from '../../domain/cases/ports.ts'
import type { Query, RowSource } from '../row-source.ts'
import { byText, inParts } from './lists.ts'

const ROW = [
  'id',
  'roundId',
  'rowHash',
  'name',
  'idNumberHash',
  'territoryId',
  'householdId',
  'memberId',
  'caseId',
  'amount',
  'happenedOn',
  'note',
  'state',
  'revision',
] as const
const HOUSEHOLD = ['id', 'head', 'territoryId', 'monitoredType', 'helperId', 'closedOn'] as const
const MEMBER = ['id', 'householdId', 'name', 'idNumberHash'] as const

export function comparisonReads(rows: RowSource): ComparisonReads {
  const rounds = async (query: Query<'ComparisonRound'>) => (await rows.find('ComparisonRound', query)) as RoundRecord[]
  const found = async (query: Query<'ComparisonRow'>) =>
    (await rows.find('ComparisonRow', { ...query, columns: ROW })) as RowRecord[]
  return {
    rowHash: (text) => rows.hash('idNumber', text),
    rounds: () => rounds({ order: [{ down: 'importedAt' }, 'id'] }),
    roundsNamed: (round) => rounds({ where: { round }, order: ['source', 'kind'] }),
    round: async (round, source, kind) => (await rounds({ where: { round, source, kind }, limit: 1 }))[0] ?? null,
    releasing: () => rounds({ where: { releasedById: { not: null }, releasedAt: null }, order: ['id'] }),
    knownHashes: async (roundId, hashes) =>
      (
        await inParts(hashes, (part) =>
          rows.find('ComparisonRow', { columns: ['rowHash'], where: { roundId, rowHash: { in: part } } }),
        )
      ).map(({ rowHash }) => rowHash),
    countRows: (roundId, state) => rows.count('ComparisonRow', { roundId, state }),
    rowById: async (id) => (await found({ where: { id }, limit: 1 }))[0] ?? null,
    rowsIn: (roundId, state, afterId, limit) =>
      found({ where: { roundId, state, id: { gt: afterId } }, order: ['id'], limit }),
    async byIdNumber(idNumbers) {
      const hashes = new Map(idNumbers.map((number) => [`id:${rows.hash('idNumber', number)}`, number]))
      const members = await inParts([...hashes.keys()], (part) =>
        rows.find('Member', { columns: [...MEMBER, 'identity'], where: { identity: { in: part } } }),
      )
      return new Map(
        members.map(({ id, householdId, name, identity }) => [
          hashes.get(identity) ?? '',
          { householdId, memberId: id, name, hasIdNumber: true },
        ]),
      )
    },
    async byName(names) {
      const members = await inParts(names, (part) =>
        rows.find('Member', { columns: MEMBER, where: { name: { in: part }, diedOn: null } }),
      )
      const heads = await inParts(names, (part) =>
        rows.find('Household', { columns: ['id', 'head'], where: { head: { in: part }, closedOn: null } }),
      )
      const listed = new Set(members.map(({ householdId, name }) => `${householdId} ${name}`))
      const people: RosterPerson[] = [
        ...members.map(({ id, householdId, name, idNumberHash }) => ({
          householdId,
          memberId: id,
          name,
          hasIdNumber: idNumberHash !== null,
        })),
        ...heads
          .filter(({ id, head }) => !listed.has(`${id} ${head}`))
          .map(({ id, head }) => ({ householdId: id, memberId: null, name: head, hasIdNumber: false })),
      ]
      return people.sort(
        byText(
          (person) => person.householdId,
          (person) => person.memberId ?? '',
        ),
      )
    },
    rosterHouseholds: (ids) =>
      inParts(ids, (part) =>
        rows.find('Household', { columns: HOUSEHOLD, where: { id: { in: part } }, order: ['id'] }),
      ),
    casesOfHouseholds: async (ids) =>
      (await inParts(ids, (part) =>
        rows.find('Case', { where: { householdId: { in: part } }, order: ['openedAt', 'id'] }),
      )) as unknown as CaseRecord[],
  }
}
