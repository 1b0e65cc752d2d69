import type { RowSource } from '../row-source.ts'

/** What the pages of the program show about places and groups. */
export interface PageReads {
  /** By GroupChat.pageCode. */
  groupByPage(code: string): Promise<GroupPageRecord | null>
  /** By territory and purpose. */
  groupPages(limit: number): Promise<readonly GroupPageRecord[]>
  /** Villages with a code for their chat, those with most households first, at most `limit`. */
  villagePages(
    limit: number,
  ): Promise<readonly { readonly name: string; readonly path: string; readonly chatCode: string }[]>
}

export interface GroupPageRecord {
  readonly channel: string
  readonly chat: string
  readonly title: string
  readonly pageCode: string
}

export function pageReads(rows: RowSource): PageReads {
  const columns = ['channel', 'chat', 'pageCode', 'territoryId'] as const
  const titled = async (
    groups: readonly {
      readonly channel: string
      readonly chat: string
      readonly pageCode: string
      readonly territoryId: string
    }[],
  ): Promise<GroupPageRecord[]> => {
    const places = await rows.find('Territory', {
      columns: ['id', 'name'],
      where: { id: { in: groups.map(({ territoryId }) => territoryId) } },
    })
    const names = new Map(places.map(({ id, name }) => [id, name]))
    return groups.map(({ territoryId, ...group }) => ({ ...group, title: names.get(territoryId) ?? '' }))
  }
  return {
    async groupByPage(pageCode) {
      const group = await rows.first('GroupChat', { columns, where: { pageCode } })
      return group ? ((await titled([group]))[0] ?? null) : null
    },
    groupPages: async (limit) => titled(await rows.find('GroupChat', { columns, order: ['territoryId', 'id'], limit })),
    async villagePages(limit) {
      const households = await rows.find('Household', { columns: ['territoryId'] })
      const counts = new Map<string, number>()
      for (const { territoryId } of households) counts.set(territoryId, (counts.get(territoryId) ?? 0) + 1)
      const busiest = [...counts].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1)).slice(0, limit)
      const places = await rows.find('Territory', {
        columns: ['id', 'name', 'path', 'chatCode'],
        where: { id: { in: busiest.map(([id]) => id) } },
      })
      return busiest.flatMap(([id]) => places.filter((place) => place.id === id))
    },
  }
}
