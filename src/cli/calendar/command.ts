import { AppError } from '../../base/errors.ts'
import type { Config } from '../../config.ts'
import { storedCalendar } from '../../domain/calendar/keeper.ts'
import { systemClock } from '../../system.ts'
import { withStorage } from '../open-command.ts'
import { runCalendarImport } from './import.ts'
import { calendarLines } from './show.ts'

/** @returns exit code */
export const importCalendar = (
  config: Config,
  file: string,
  options: { readonly dryRun?: boolean; readonly refused?: string; readonly year?: string },
): Promise<number> => {
  const year = options.year === undefined ? null : yearOf(options.year)
  return withStorage(config, ({ text, storage, ids }) =>
    runCalendarImport({
      file,
      year,
      storage: { ...storage.reads, writer: storage.writer },
      text,
      language: text.languageFor(config.defaultLocale),
      clock: systemClock,
      ids,
      zone: config.timezone,
      dryRun: options.dryRun ?? false,
      refusedFile: options.refused ?? null,
      out: process.stdout,
    }),
  )
}

export const showCalendar = (config: Config, typed: string): Promise<void> => {
  const year = yearOf(typed)
  return withStorage(config, async ({ text, storage: { reads } }) => {
    const days = await reads.calendarDays.calendarDays()
    const ids = [...new Set(days.flatMap(({ territoryId }) => (territoryId === null ? [] : [territoryId])))]
    const lines = calendarLines({
      year,
      calendar: await storedCalendar(reads.calendarDays, reads.registry),
      days,
      paths: new Map((await reads.registry.territories(ids)).map(({ id, path }) => [id, path])),
      text,
      language: text.languageFor(config.defaultLocale),
    })
    process.stdout.write(`${lines.join('\n')}\n`)
  })
}

/** @throws AppError ARGUMENT_INVALID */
function yearOf(typed: string): number {
  if (!/^20\d\d$/.test(typed)) throw new AppError('ARGUMENT_INVALID', { argument: 'YEAR', reason: '2004 … 2099' })
  return Number(typed)
}
