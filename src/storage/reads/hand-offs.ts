import type { HandOffLineRecord, HandOffReads, HandOffRecord } from '../../messaging/hand-off/ports.ts'
import type { Query, RowSource } from '../row-source.ts'

export function handOffReads(rows: RowSource): HandOffReads {
  const find = (query: Query<'HandOff'>): Promise<HandOffRecord[]> => rows.find('HandOff', query)
  return {
    openHandOff: async (openKey) => (await find({ where: { openKey }, limit: 1 }))[0] ?? null,
    handOffByNumber: async (number) => (await find({ where: { number }, limit: 1 }))[0] ?? null,
    handOff: async (id) => (await find({ where: { id }, limit: 1 }))[0] ?? null,
    openHandOffsOf: (staffIds) =>
      find({ where: { staffId: { in: staffIds }, closesAt: { not: null } }, order: ['openedAt', 'id'] }),
    handOffsOfPerson: (identityIds) => find({ where: { identityId: { in: identityIds } }, order: ['id'] }),
    async handOffsWith(mediaId) {
      const lines = await rows.find('HandOffLine', { columns: ['handOffId'], where: { mediaId } })
      return find({ where: { id: { in: [...new Set(lines.map(({ handOffId }) => handOffId))] } }, order: ['id'] })
    },
    async handOffLines(handOffId, limit) {
      const newest = await rows.find('HandOffLine', {
        where: { handOffId },
        order: [{ down: 'at' }, { down: 'id' }],
        limit,
      })
      return newest.reverse() as HandOffLineRecord[]
    },
    dueHandOffs: (at, limit) => find({ where: { closesAt: { lte: at } }, order: ['closesAt', 'id'], limit }),
    async nextHandOff() {
      const first = await rows.first('HandOff', {
        columns: ['closesAt'],
        where: { closesAt: { not: null } },
        order: ['closesAt'],
      })
      return first?.closesAt ?? null
    },
  }
}
