import { addDays, parsePlainDate, plainDate, type PlainDate } from '../../../base/time.ts'

/** Day 0 of a spreadsheet's calendar; right for every day after February 1900. */
const SPREADSHEET_EPOCH = '1899-12-30' as PlainDate

/** 1950-01-01 … 2099-12-31 as spreadsheet day numbers: other numbers are no days. */
const SERIAL_RANGE = { first: 18_264, last: 73_050 }

const WRITTEN = /^(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?(?:[ T]\d{1,2}:\d{2}(:\d{2}(\.\d+)?)?Z?)?$/

/** `2026-03-05`, `2026/3/5`, `2026.3.5`, `2026年3月5日`, `20260305`, a time behind it, or a spreadsheet's day number. */
export function readDay(text: string): PlainDate | null {
  const plain = text.normalize('NFKC').trim()
  const written = WRITTEN.exec(plain) ?? /^(\d{4})(\d\d)(\d\d)$/.exec(plain)
  if (written) return plainDate(Number(written[1]), Number(written[2]), Number(written[3]))
  if (!/^\d{5}(\.\d+)?$/.test(plain)) return parsePlainDate(plain)
  const serial = Math.floor(Number(plain))
  if (serial < SERIAL_RANGE.first || serial > SERIAL_RANGE.last) return null
  return addDays(SPREADSHEET_EPOCH, serial)
}
