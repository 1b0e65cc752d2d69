/** `bangfu start`: runs everything until it is told to stop. */
import { sortableIds } from '../../base/ids.ts'
import { dateAt } from '../../base/time.ts'
import type { Config } from '../../config.ts'
import { run } from '../../main.ts'
import { systemClock, systemRandom } from '../../system.ts'
import type { Storage } from '../../storage/open.ts'
import { readDefinitions } from '../definitions.ts'
import { explain } from '../problem.ts'
import { calendarWarning } from './calendar-warning.ts'
import { startLinks } from './links.ts'

export async function start(config: Config, options: { demoIfEmpty: boolean }): Promise<void> {
  const definitions = readDefinitions(config)
  const demo = async (storage: Storage) => {
    const { fillDemo } = await import('../demo/fill.ts')
    const { empty } = await storage.reads.imports.contents()
    if (!empty) return
    await fillDemo({
      storage,
      definitions,
      clock: systemClock,
      ids: sortableIds(systemClock, systemRandom),
      zone: config.timezone,
    })
  }
  const running = await run(config, { definitions, explain, ...(options.demoIfEmpty && { beforeStart: demo }) })
  process.stderr.write(calendarWarning(running.house, dateAt(systemClock.now(), config.timezone), config.defaultLocale))
  process.stdout.write(await startLinks(running, config.defaultLocale))
  await new Promise<void>((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => resolve())
  })
  await running.stop()
}
