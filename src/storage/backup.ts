/**
 * A copy of a SQLite database while it is in use. It only gets its name once it has been checked, and holds no key.
 */
import Database from 'better-sqlite3'
import { createHash } from 'node:crypto'
import {
  closeSync,
  createReadStream,
  existsSync,
  fsyncSync,
  linkSync,
  mkdirSync,
  openSync,
  rmSync,
  statSync,
} from 'node:fs'
import { dirname, resolve } from 'node:path'
import { AppError } from '../base/errors.ts'
import { brokenAt, AUDIT_TABLE, type AuditFacts } from './audit.ts'
import { TABLES } from './generated/catalogue.ts'

export interface BackupReport {
  readonly file: string
  readonly bytes: number
  /** Of the file, hex. */
  readonly sha256: string
  /** Table → rows. */
  readonly rows: Readonly<Record<string, number>>
  /** Hash of the last audit entry, null when there is none. */
  readonly auditHead: string | null
}

/** Pages per step; between steps the program goes on. */
const PAGES_PER_STEP = 200

/** @throws AppError BACKUP_TARGET_EXISTS, DATABASE_FULL; INTERNAL when the copy is not whole */
export async function backupSqlite(path: string, target: string): Promise<BackupReport> {
  const file = resolve(target)
  if (existsSync(file)) throw new AppError('BACKUP_TARGET_EXISTS', { file })
  mkdirSync(dirname(file), { recursive: true })
  const draft = `${file}.${process.pid}.part`
  try {
    await copy(path, draft)
    const checked = checkSqlite(draft)
    const report = { file, bytes: statSync(draft).size, sha256: await sha256(draft), ...checked }
    flush(draft)
    publish(draft, file)
    return report
  } finally {
    for (const suffix of ['', '-wal', '-shm', '-journal']) rmSync(`${draft}${suffix}`, { force: true })
  }
}

async function copy(path: string, draft: string): Promise<void> {
  const source = new Database(path, { readonly: true, fileMustExist: true })
  try {
    await source.backup(draft, { progress: () => PAGES_PER_STEP })
  } catch (cause) {
    const full = cause instanceof Database.SqliteError && cause.code === 'SQLITE_FULL'
    throw full ? new AppError('DATABASE_FULL', {}, { cause }) : cause
  } finally {
    source.close()
  }
}

/** Whether a file is a whole database of this program. @throws AppError FILE_UNREADABLE with what is wrong */
export function checkSqlite(path: string): Pick<BackupReport, 'rows' | 'auditHead'> {
  const wrong = (why: string) => new AppError('FILE_UNREADABLE', { file: path, reason: why })
  const db = openCopy(path, wrong)
  try {
    if (db.pragma('integrity_check', { simple: true }) !== 'ok') throw wrong('integrity check')
    if ((db.pragma('foreign_key_check') as unknown[]).length > 0) throw wrong('foreign key check')
    const rows = Object.fromEntries(
      Object.keys(TABLES).map((name) => [name, db.prepare(`SELECT count(*) FROM "${name}"`).pluck().get() as number]),
    )
    return { rows, auditHead: checkedAuditHead(db, wrong) }
  } catch (cause) {
    throw cause instanceof Database.SqliteError ? wrong(cause.code) : cause
  } finally {
    db.close()
  }
}

function openCopy(path: string, wrong: (why: string) => AppError): Database.Database {
  try {
    return new Database(path, { readonly: true, fileMustExist: true })
  } catch {
    throw wrong('cannot be opened')
  }
}

type StoredEntry = {
  id: number
  chain: string
  previous: string
  hash: string
  at: string
  detail: string | null
} & Omit<AuditFacts, 'at' | 'detail'>

function checkedAuditHead(db: Database.Database, wrong: (why: string) => AppError): string | null {
  const entries = db.prepare(`SELECT * FROM "${AUDIT_TABLE}" ORDER BY "id"`).all() as StoredEntry[]
  for (const chain of new Set(entries.map((entry) => entry.chain))) {
    const links = entries.filter((entry) => entry.chain === chain)
    const facts = links.map((entry) => ({
      ...entry,
      at: Date.parse(entry.at),
      detail: entry.detail === null ? null : (JSON.parse(entry.detail) as AuditFacts['detail']),
    }))
    if (brokenAt(chain, facts) !== null) throw wrong('audit chain')
  }
  return entries.at(-1)?.hash ?? null
}

async function sha256(path: string): Promise<string> {
  const hash = createHash('sha256')
  for await (const part of createReadStream(path)) hash.update(part as Buffer)
  return hash.digest('hex')
}

function flush(path: string): void {
  const file = openSync(path, 'r+')
  try {
    fsyncSync(file)
  } finally {
    closeSync(file)
  }
}

/** A link fails where a rename would overwrite. */
function publish(draft: string, file: string): void {
  try {
    linkSync(draft, file)
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === 'EEXIST') throw new AppError('BACKUP_TARGET_EXISTS', { file })
    throw cause
  }
}
