/** What the calendar reads: days that were set beyond the table that ships. */
import type { PlainDate } from '../../base/time.ts'

export interface CalendarDayRecord {
  readonly id: string
  readonly date: PlainDate
  /** Null = the whole country, from the yearly notice. */
  readonly territoryId: string | null
  readonly kind: 'off' | 'work'
  /** Of the feast. */
  readonly name: string | null
  readonly source: string | null
  readonly revision: number
}

export interface CalendarReads {
  /** All of them, by (date, id); some dozens for each year. */
  calendarDays(): Promise<readonly CalendarDayRecord[]>
}
