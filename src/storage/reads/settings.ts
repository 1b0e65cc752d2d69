import type { SettingReads, SettingRecord } from '../../domain/settings/ports.ts'
import type { Rows } from '../generated/catalogue.ts'
import type { RowSource } from '../row-source.ts'
import { inParts } from './lists.ts'

export function settingReads(rows: RowSource): SettingReads {
  return {
    settings: async (keys) =>
      numbers(
        await inParts(keys, (part) => rows.find('Setting', { where: { key: { in: part } }, order: ['key', 'id'] })),
      ),
    allSettings: async () => numbers(await rows.find('Setting', { order: ['key', 'id'] })),
  }
}

/** The table also holds marks of the program itself, which are no numbers (`demo`). */
const numbers = (found: readonly Rows['Setting'][]): readonly SettingRecord[] =>
  found.flatMap((row) => (typeof row.value === 'number' ? [{ ...row, value: row.value }] : []))
