/**
 * The keys that sealed columns are encrypted with. One is current; older ones only open what was sealed with them.
 * They are never in the database, and a backup of the database does not hold them.
 */
import { createHash, hkdfSync, randomBytes } from 'node:crypto'
import {
  closeSync,
  existsSync,
  fsyncSync,
  linkSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  writeSync,
} from 'node:fs'
import { join } from 'node:path'
import { AppError } from '../base/errors.ts'

export interface KeyRing {
  /** Id of the key that new values are sealed with. */
  readonly current: string
  /** Key id → 32 bytes. */
  readonly keys: ReadonlyMap<string, Buffer>
  /** Key of the hashes that stand beside sealed columns; a rotation keeps it, so that look-ups go on working. */
  readonly hashKey: Buffer
}

interface KeyFile {
  readonly note: string
  readonly current: string
  readonly keys: Readonly<Record<string, string>>
  readonly hashKey: string
}

const NOTE = 'Without this file the sealed values in the database cannot be read. Keep a copy apart from the backups.'

/**
 * @param given 32 bytes in base64 (from the environment), which then is the current key; null = the file's, made when
 * there is none. Keys of the file stay good for reading.
 */
export function openKeys(dataDir: string, given: string | null): KeyRing {
  return findKeys(dataDir, given) ?? ringOf(makeKeyFile(keyFilePath(dataDir)))
}

/** What is there, making nothing. @throws AppError CONFIG_KEY_MISSING where the file can't be read as keys */
export function findKeys(dataDir: string, given: string | null): KeyRing | null {
  const file = readKeyFile(keyFilePath(dataDir))
  if (given === null) return file && ringOf(file)
  const key = Buffer.from(given, 'base64')
  if (key.length !== 32)
    throw new AppError('CONFIG_INVALID', { variable: 'ENCRYPTION_KEY', expected: '32 bytes in base64' })
  const older = file ? [...ringOf(file).keys] : []
  const hashKey = file ? Buffer.from(file.hashKey, 'base64') : derivedHashKey(key)
  return { current: idOf(key), keys: new Map([...older, [idOf(key), key]]), hashKey }
}

export const keyFilePath = (dataDir: string): string => join(dataDir, 'keys.json')

/** A ring with one key, for storage that keeps nothing. */
export function ringOfKey(key: Buffer): KeyRing {
  return { current: idOf(key), keys: new Map([[idOf(key), key]]), hashKey: derivedHashKey(key) }
}

/** Adds a key to the file and makes it the current one. Values sealed before stay readable. @returns its id */
export function rotateKeyFile(dataDir: string): string {
  const path = keyFilePath(dataDir)
  const file = readKeyFile(path)
  if (!file) throw new AppError('CONFIG_KEY_MISSING', { path })
  const key = randomBytes(32)
  const next = { ...file, current: idOf(key), keys: { ...file.keys, [idOf(key)]: key.toString('base64') } }
  writePrivately(`${path}.new`, JSON.stringify(next, null, 2))
  renameSync(`${path}.new`, path)
  return next.current
}

const idOf = (key: Buffer) => createHash('sha256').update('key id').update(key).digest('hex').slice(0, 8)

const derivedHashKey = (key: Buffer) => Buffer.from(hkdfSync('sha256', key, '', 'bangfu blind index', 32))

function ringOf(file: KeyFile): KeyRing {
  const keys = Object.entries(file.keys).map(([id, key]) => [id, Buffer.from(key, 'base64')] as const)
  return { current: file.current, keys: new Map(keys), hashKey: Buffer.from(file.hashKey, 'base64') }
}

function readKeyFile(path: string): KeyFile | null {
  if (!existsSync(path)) return null
  try {
    const file = JSON.parse(readFileSync(path, 'utf8')) as KeyFile
    if (typeof file.hashKey === 'string' && typeof file.keys[file.current] === 'string') return file
  } catch (cause) {
    throw new AppError('CONFIG_KEY_MISSING', { path }, { cause })
  }
  throw new AppError('CONFIG_KEY_MISSING', { path })
}

/** Two processes that start at once both end up with the file of the one that was first. */
function makeKeyFile(path: string): KeyFile {
  mkdirSync(join(path, '..'), { recursive: true })
  const key = randomBytes(32)
  const keys = { [idOf(key)]: key.toString('base64') }
  const made: KeyFile = { note: NOTE, current: idOf(key), keys, hashKey: randomBytes(32).toString('base64') }
  const draft = `${path}.${process.pid}`
  writePrivately(draft, JSON.stringify(made, null, 2))
  try {
    linkSync(draft, path)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
  } finally {
    rmSync(draft, { force: true })
  }
  return readKeyFile(path) ?? made
}

function writePrivately(path: string, text: string): void {
  const file = openSync(path, 'w', 0o600)
  try {
    writeSync(file, text)
    fsyncSync(file)
  } finally {
    closeSync(file)
  }
}
