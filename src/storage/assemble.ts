/** What every kind of storage is made of in the end. */
import type { Clock } from '../base/time.ts'
import { instant } from '../base/time.ts'
import type { MatterSequence } from '../domain/cases/ports.ts'
import type { BackupReport } from './backup.ts'
import { groupChats, type GroupChats } from './group-chats.ts'
import type { QuotaLedger } from '../channels/quota.ts'
import type { KeyRing } from './keys.ts'
import { createMatterSequence } from './matter-sequence.ts'
import { createMediaStore, type MediaStore } from './media.ts'
import { quotaLedger } from './quota-ledger.ts'
import { allReads, type StorageReads } from './reads/all-reads.ts'
import type { RowSource } from './row-source.ts'
import type { WriteSettings } from './sqlite-file.ts'
import type { StorageWriter } from './writer.ts'

export interface Storage {
  readonly kind: 'sqlite' | 'postgresql' | 'memory'
  readonly writer: StorageWriter
  readonly reads: StorageReads
  /** Numbers of cases and visits. */
  readonly numbers: MatterSequence
  readonly media: MediaStore
  readonly groups: GroupChats
  /** Of a platform that counts what it is sent; accounts are named `<channel> <account>`. */
  readonly quota: QuotaLedger
  /** @throws AppError BACKUP_TARGET_EXISTS, DATABASE_FULL; ARGUMENT_INVALID where the database has its own tools for it */
  backup(file: string): Promise<BackupReport>
  /** Waits for what is being written. */
  close(): Promise<void>
}

export interface StorageOptions {
  /** `file:PATH` or `postgresql://…` */
  readonly url: string
  /** Holds the keys and the media. */
  readonly dataDir: string
  /** 32 bytes in base64; null or absent = `keys.json` in the data folder, made when there is none. */
  readonly key?: string | null
  /** Of a SQLite file there is one runner; commands work beside it and wait longer for their turn. */
  readonly role: 'runner' | 'command'
  /** For benchmarks: see WriteSettings. */
  readonly synchronous?: WriteSettings['synchronous']
  /** Stamps stored files; the system's when absent. */
  readonly clock?: Clock
}

export interface StorageParts {
  readonly kind: Storage['kind']
  readonly writer: StorageWriter
  readonly rows: RowSource
  /** The same, quicker; absent = `rows`. */
  readonly sets?: RowSource
  readonly ring: KeyRing
  readonly dataDir: string
  readonly clock: Clock | undefined
  backup(file: string): Promise<BackupReport>
  /** Closes what the writer does not. */
  release(): Promise<void>
}

const SYSTEM_CLOCK: Clock = { now: () => instant(Date.now()) }

export function assembleStorage({
  kind,
  writer,
  rows,
  sets,
  ring,
  dataDir,
  clock,
  backup,
  release,
}: StorageParts): Storage {
  const quick = sets ?? rows
  const numbers = createMatterSequence(writer, quick)
  return {
    kind,
    writer,
    reads: allReads(rows, sets),
    numbers,
    media: createMediaStore(dataDir, ring, writer, quick, clock ?? SYSTEM_CLOCK),
    groups: groupChats(quick, writer, clock ?? SYSTEM_CLOCK),
    quota: quotaLedger(quick, writer),
    backup,
    async close() {
      try {
        await numbers.giveBack()
      } finally {
        await writer.close()
        await release()
      }
    },
  }
}
