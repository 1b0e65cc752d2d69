import type { CalendarDayRecord, CalendarReads } from '../../domain/calendar/ports.ts'
import type { RowSource } from '../row-source.ts'

const DAY = ['id', 'date', 'territoryId', 'kind', 'name', 'source', 'revision'] as const

export function calendarReads(rows: RowSource): CalendarReads {
  return {
    calendarDays: async () =>
      (await rows.find('CalendarDay', { columns: DAY, order: ['date', 'id'] })) as CalendarDayRecord[],
  }
}
