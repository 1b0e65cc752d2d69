/** Commits answers one after the other in many chats, and says so on standard output once each is on disk. */
import { insert, insertOnce, update } from '../../src/base/change.ts'
import { createBlindIndex } from '../../src/storage/blind.ts'
import { sqliteDialect } from '../../src/storage/dialects.ts'
import { openKeys } from '../../src/storage/keys.ts'
import { migrateSqlite } from '../../src/storage/migrate-sqlite.ts'
import { createSealer } from '../../src/storage/seal.ts'
import { openForWriting } from '../../src/storage/sqlite-file.ts'
import { createWriter } from '../../src/storage/writer.ts'
import { createPlanner } from '../../src/storage/writing/planner.ts'
import { sqliteWriteConnection } from '../../src/storage/writing/sqlite.ts'
import { answer, conversation, inbox, outbox } from '../storage/rows.ts'

const [path = '', dataDir = '', round = ''] = process.argv.slice(2)
const CHATS = 16

await migrateSqlite(path)
const ring = openKeys(dataDir, null)
const dialect = sqliteDialect(createSealer(ring), createBlindIndex(ring.hashKey))
const db = openForWriting(path, { busyMilliseconds: 300 })
const writer = createWriter(sqliteWriteConnection(db), createPlanner(dialect))
process.stdout.write('ready\n')
await Promise.all(Array.from({ length: CHATS }, (_, chat) => talk(`${round}-${chat}`)))

async function talk(id: string): Promise<void> {
  await writer.commit([insert('Conversation', conversation(id))])
  for (let turn = 0; ; turn++) {
    const name = `${id}-${turn}`
    const outcome = await writer.commit([
      insertOnce('Inbox', inbox(name)),
      insert('Answer', answer(id, turn, { question: name })),
      update('Conversation', id, turn, { phase: name }),
      insert('Outbox', outbox(name)),
    ])
    if (outcome.kind !== 'committed') throw new Error(outcome.kind)
    process.stdout.write(`${name}\n`)
  }
}
