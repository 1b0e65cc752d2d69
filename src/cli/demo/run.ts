/** `bangfu demo` */
import { sortableIds } from '../../base/ids.ts'
import { storageOf, type Config } from '../../config.ts'
import { systemClock, systemRandom } from '../../system.ts'
import { openStorage } from '../../storage/open.ts'
import { loadText } from '../../text/text.ts'
import { readDefinitions } from '../definitions.ts'
import { progressBar } from '../tables/progress.ts'
import { clearDemo } from './clear.ts'
import { fillDemo } from './fill.ts'

export interface DemoCommand {
  readonly households?: number
  readonly seed: number
  readonly clear?: boolean
}

export async function runDemo(config: Config, command: DemoCommand): Promise<void> {
  const definitions = readDefinitions(config)
  const text = loadText({ resources: definitions.resources, defaultLocale: config.defaultLocale })
  const say = (key: string) =>
    process.stdout.write(`${text.say({ key: `imports:demo.${key}` }, config.defaultLocale)}\n`)
  const storage = await openStorage({ ...storageOf(config), role: 'runner' })
  const progress = progressBar(process.stderr, systemClock)
  try {
    if (command.clear) {
      await clearDemo(storage)
      say('cleared')
      return
    }
    const outcome = await fillDemo({
      storage,
      definitions,
      clock: systemClock,
      ids: sortableIds(systemClock, systemRandom),
      zone: config.timezone,
      seed: command.seed,
      onProgress: progress.show,
      ...(command.households !== undefined && { households: command.households }),
    })
    progress.end()
    say(outcome)
  } finally {
    progress.end()
    await storage.close()
  }
}
