/** Connections to the SQLite file, with the settings that durability rests on. */
import Database from 'better-sqlite3'
import { mkdirSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { AppError } from '../base/errors.ts'

export interface WriteSettings {
  /** How long a statement blocks this process while another one writes. */
  readonly busyMilliseconds: number
  /** Anything but `FULL` is for benchmarks: a power cut may take the last commits. */
  readonly synchronous?: 'FULL' | 'NORMAL' | 'OFF'
}

/** Pages of 4 KiB in the log before they move to the database file: 32 MiB, as each move costs two more flushes. */
const CHECKPOINT_PAGES = 8_000
/** No larger: after an index was balanced, a commit looks at each place of the cache (0.1 to 0.5 ms with 64 MiB, measured). */
const CACHE_KIBIBYTES = 16 * 1024
const FULL = 2

/** The path in `file:PATH` or `file:///PATH`. */
export function sqlitePath(url: string): string {
  return url.startsWith('file://') ? fileURLToPath(url) : resolve(url.slice('file:'.length))
}

/** @throws AppError DATABASE_NOT_WAL where the file system can't do write-ahead logging (network drives). */
export function openForWriting(path: string, settings: WriteSettings): Database.Database {
  mkdirSync(dirname(path), { recursive: true })
  const db = new Database(path, { timeout: settings.busyMilliseconds })
  const synchronous = settings.synchronous ?? 'FULL'
  const mode = db.pragma('journal_mode = WAL', { simple: true })
  db.pragma(`synchronous = ${synchronous}`)
  if (mode !== 'wal' || (synchronous === 'FULL' && db.pragma('synchronous', { simple: true }) !== FULL)) {
    db.close()
    throw new AppError('DATABASE_NOT_WAL', { mode: String(mode) })
  }
  db.pragma(`wal_autocheckpoint = ${CHECKPOINT_PAGES}`)
  db.pragma(`cache_size = -${CACHE_KIBIBYTES}`)
  db.pragma('foreign_keys = ON')
  return db
}
