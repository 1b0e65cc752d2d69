/** `bangfu chat`: the bot in the terminal, on the same database as everything else. */
import type { Readable, Writable } from 'node:stream'
import { sortableIds } from '../../base/ids.ts'
import { insert, update } from '../../base/change.ts'
import { AppError } from '../../base/errors.ts'
import { terminalChannel } from '../../channels/terminal.ts'
import { storageOf, type Config } from '../../config.ts'
import { systemClock, systemRandom } from '../../system.ts'
import { openStorage, type Storage } from '../../storage/open.ts'
import { buildHouse } from '../../wire.ts'
import { readDefinitions } from '../definitions.ts'

export interface ChatOptions {
  readonly as: string
  /** Name of the staff member who speaks; null = a villager. */
  readonly staff: string | null
  readonly input: Readable
  readonly output: Writable
}

export async function runChat(config: Config, options: ChatOptions): Promise<void> {
  const ids = sortableIds(systemClock, systemRandom)
  const storage = await openStorage({ ...storageOf(config), role: 'command' })
  try {
    const user = options.staff === null ? options.as : `staff ${options.staff}`
    if (options.staff !== null) await bindStaff(storage, user, options.staff, ids.next())
    await new Promise<void>((resolve, reject) => {
      const terminal = terminalChannel({
        input: options.input,
        output: options.output,
        user,
        clock: systemClock,
        ids,
        onEnd: resolve,
        onFault: reject,
      })
      buildHouse({
        definitions: readDefinitions(config),
        storage,
        defaultLocale: config.defaultLocale,
        zone: config.timezone,
        clock: systemClock,
        ids,
        random: systemRandom,
        channels: new Map([['terminal', terminal]]),
        fault: (code, details) => process.stderr.write(`${code} ${JSON.stringify(details)}\n`),
      })
        .then(({ messaging }) =>
          terminal.start(async (received) => {
            await messaging.receive(received)
            await messaging.drain(systemClock.now())
          }),
        )
        .catch(reject)
    })
  } finally {
    await storage.close()
  }
}

/** The terminal account of that name belongs to this member of staff. */
async function bindStaff(storage: Storage, user: string, name: string, id: string): Promise<void> {
  const [staff, ...others] = (await storage.reads.imports.staff()).filter(
    (each) => each.name === name && each.leftOn === null,
  )
  if (!staff || others.length > 0) throw new AppError('NOT_FOUND', { what: name })
  const [identity] = await storage.reads.imports.identities([`terminal ${user}`], [])
  await storage.writer.commit([
    identity
      ? update('ChatIdentity', identity.id, identity.revision, { staffId: staff.id })
      : insert('ChatIdentity', {
          id,
          channel: 'terminal',
          user,
          staffId: staff.id,
          profileId: null,
          language: null,
          villageId: null,
          mutedAt: null,
          createdAt: systemClock.now(),
          revision: 0,
        }),
  ])
}
