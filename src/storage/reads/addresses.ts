import type { AddressReads, GroupRecord } from '../../messaging/ports.ts'
import type { RowSource, Where } from '../row-source.ts'
import { identitiesWhere, staffOf } from './people.ts'

const PLACE = ['id', 'name', 'path', 'level', 'publicPhone'] as const
const GROUP = ['id', 'channel', 'chat', 'territoryId', 'audience'] as const

export function addressReads(rows: RowSource): AddressReads {
  const territory = (where: Where<'Territory'>) => rows.first('Territory', { columns: PLACE, where })
  return {
    async staffIdentities(staffId, on) {
      return (await staffOf(rows, staffId, on)) ? identitiesWhere(rows, { staffId }, on) : []
    },
    accountsOf: (id) => identitiesWhere(rows, { or: [{ id }, { sameAsId: id }] }),
    group: async (channel, chat) =>
      (await rows.first('GroupChat', { columns: GROUP, where: { channel, chat } })) as GroupRecord | null,
    territoryByPath: (path) => territory({ path }),
    territoryByCode: (chatCode) => territory({ chatCode }),
    territoryById: (id) => territory({ id }),
    async chatCodeOf(id) {
      const found = await rows.first('Territory', { columns: ['chatCode'], where: { id } })
      return found?.chatCode ?? null
    },
  }
}
