/** What a channel is lent to look at itself with: it reads which groups have a robot, and changes nothing. */
import type { Writer } from '../../base/change.ts'
import { AppError } from '../../base/errors.ts'
import { sortableIds } from '../../base/ids.ts'
import type { PartsOf } from '../../channels/open.ts'
import { groupChats } from '../../storage/group-chats.ts'
import type { StorageReads } from '../../storage/reads/all-reads.ts'
import { systemClock, systemRandom } from '../../system.ts'

const NOWHERE: Writer = { commit: () => Promise.resolve({ kind: 'committed' }) }

/** @param reads null where the database can't be read: there are no groups then */
export function lookOnlyParts(reads: Pick<StorageReads, 'rows'> | null, publicUrl: string | null): PartsOf {
  const groups = reads && groupChats(reads.rows, NOWHERE, systemClock)
  const done = () => Promise.resolve()
  const nothing = () => Promise.resolve(null)
  const noFile = () => Promise.reject(new AppError('NOT_FOUND', {}))
  return (name) => ({
    clock: systemClock,
    ids: sortableIds(systemClock, systemRandom),
    publicUrl,
    log: () => {},
    storeFile: noFile,
    readFile: noFile,
    hookOf: (chat) => groups?.hookOf(name, chat) ?? Promise.resolve(null),
    hookedChats: () => groups?.hooked(name) ?? Promise.resolve([]),
    choiceOf: nothing,
    groupMoved: done,
    groupLeft: done,
    say: () => '',
    stageWord: () => '',
    quota: { open: done, left: nothing, take: nothing, giveBack: done, exhaust: done, gone: done },
  })
}
