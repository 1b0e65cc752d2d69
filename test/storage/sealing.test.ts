import Database from 'better-sqlite3'
import { existsSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { insert, insertOnce, seal } from '../../src/base/change.ts'
import { createBlindIndex } from '../../src/storage/blind.ts'
import { keyFilePath, openKeys, ringOfKey, rotateKeyFile } from '../../src/storage/keys.ts'
import { openStorage } from '../../src/storage/open.ts'
import { createSealer, looksSealed } from '../../src/storage/seal.ts'
import { temporaryFolder } from './databases.ts'
import { answer, AT, conversation, household, inbox, outbox, territory } from './rows.ts'

const KEY = Buffer.alloc(32, 7)

describe('sealed values', () => {
  const sealer = createSealer(ringOfKey(KEY))

  test('come back, and look different each time', () => {
    const sealed = [1, 2].map(() => sealer.seal('石二妹 🐖', 'Member.health.m1'))
    expect(new Set(sealed).size).toBe(2)
    for (const envelope of sealed) {
      expect(looksSealed(envelope)).toBe(true)
      expect(envelope.split('.')).toHaveLength(5)
      expect(sealer.open(envelope, 'Member.health.m1')).toBe('石二妹 🐖')
    }
    expect(sealer.open(sealer.seal('', 'x'), 'x')).toBe('')
  })

  test('cannot be moved to another row, changed, or opened with another key', () => {
    const envelope = sealer.seal('secret', 'Member.health.m1')
    const unreadable = expect.objectContaining({ code: 'SEALED_VALUE_UNREADABLE' }) as Error
    expect(() => sealer.open(envelope, 'Member.health.m2')).toThrow(unreadable)
    const [version, key, iv, body = '', tag] = envelope.split('.')
    const flipped = body.startsWith('A') ? `B${body.slice(1)}` : `A${body.slice(1)}`
    expect(() => sealer.open([version, key, iv, flipped, tag].join('.'), 'Member.health.m1')).toThrow(unreadable)
    expect(() => sealer.open([version, key, iv, body, tag?.slice(0, 6)].join('.'), 'Member.health.m1')).toThrow(
      unreadable,
    )
    expect(() => createSealer(ringOfKey(Buffer.alloc(32, 8))).open(envelope, 'Member.health.m1')).toThrow(unreadable)
  })

  test('have one hash however they are spaced, another one for another kind or key', () => {
    const blind = createBlindIndex(KEY)
    expect(blind.hash('phone', '138-0000 0001')).toBe(
      blind.hash('phone', '１３８００００００００１'.replace('００００００００', '０００００００')),
    )
    expect(blind.hash('phone', '13800000001')).not.toBe(blind.hash('idNumber', '13800000001'))
    expect(blind.hash('phone', '1')).not.toBe(createBlindIndex(Buffer.alloc(32, 8)).hash('phone', '1'))
  })
})

describe('keys', () => {
  test('are made once, for the owner only', () => {
    const folder = join(temporaryFolder(), 'data')
    const ring = openKeys(folder, null)
    expect(statSync(keyFilePath(folder)).mode & 0o777).toBe(0o600)
    expect(openKeys(folder, null)).toEqual(ring)
    expect(readdirSync(folder)).toEqual(['keys.json'])
  })

  test('can be rotated: what was sealed before stays readable, hashes stay the same', () => {
    const folder = temporaryFolder()
    const before = openKeys(folder, null)
    const envelope = createSealer(before).seal('secret', 'a')
    const current = rotateKeyFile(folder)
    const after = openKeys(folder, null)
    expect(after.current).toBe(current)
    expect(after.current).not.toBe(before.current)
    expect(after.hashKey).toEqual(before.hashKey)
    expect(createSealer(after).open(envelope, 'a')).toBe('secret')
    expect(createSealer(after).seal('x', 'a').split('.')[1]).toBe(current)
  })

  test('may come from outside; a file of the same folder still opens what is older', () => {
    const folder = temporaryFolder()
    const given = KEY.toString('base64')
    expect(openKeys(folder, given).keys.size).toBe(1)
    expect(existsSync(keyFilePath(folder))).toBe(false)
    const envelope = createSealer(openKeys(folder, null)).seal('secret', 'a')
    expect(createSealer(openKeys(folder, given)).open(envelope, 'a')).toBe('secret')
    expect(() => openKeys(folder, 'short')).toThrow(expect.objectContaining({ code: 'CONFIG_INVALID' }) as Error)
  })

  test('that are damaged are not replaced', () => {
    const folder = temporaryFolder()
    writeFileSync(keyFilePath(folder), '{')
    expect(() => openKeys(folder, null)).toThrow(expect.objectContaining({ code: 'CONFIG_KEY_MISSING' }) as Error)
    expect(readFileSync(keyFilePath(folder), 'utf8')).toBe('{')
  })
})

test('nothing that is sealed is readable in the database, its log, a backup or the media', async () => {
  const folder = temporaryFolder()
  const url = `file:${join(folder, 'test.db')}`
  const storage = await openStorage({ url, dataDir: folder, role: 'runner' })
  const phone = '13800138000'
  const idNumber = '11010519491231002X'
  const said = 'sealed-words-of-a-villager'
  const jpeg = Buffer.concat([Buffer.from([0xff, 0xd8, 0xff, 0xe0]), Buffer.from(said)])
  try {
    await storage.writer.commit([
      insert('Territory', territory('v', null, 'a')),
      insert('Household', household('h', 'v', { phone })),
      insert('Member', { id: 'm', identity: 'i', householdId: 'h', name: '石', phone, idNumber, health: said }),
      insert('Profile', { id: 'p', identityId: 'i', phone, createdAt: AT }),
      insert('GroupChat', {
        id: 'g',
        channel: 'dingtalk',
        chat: 'c',
        territoryId: 'v',
        purposes: 'village',
        audience: 'staff',
        pageCode: 'x',
        webhook: `https://x/${said}`,
        secret: said,
      }),
      insertOnce('Inbox', inbox('1', { body: seal(said) })),
      insert('Conversation', conversation('c', { sensitive: true })),
      insert('Answer', answer('c', 1, { raw: seal(said), value: seal(idNumber) })),
      insert('Outbox', outbox('o', { payload: seal(`{"text":"${said}"}`) })),
      insert('Submission', {
        id: 's',
        conversationId: 'c',
        flow: 'f',
        flowVersion: 1,
        identityId: 'i',
        answers: seal(said),
        submittedAt: AT,
      }),
    ])
    const file = await storage.media.store(jpeg, 'roof.jpg')
    expect(Buffer.from(await storage.media.read(file.id))).toEqual(jpeg)
    await storage.backup(join(folder, 'backup.db'))
    const secrets = [phone, idNumber, said].flatMap((text) => [text, Buffer.from(text).toString('base64').slice(0, -4)])
    for (const path of filesUnder(folder)) {
      const bytes = readFileSync(path)
      for (const secret of secrets) expect([path, bytes.includes(secret)]).toEqual([path, false])
    }
    expect(filesUnder(folder).some((path) => path.endsWith('-wal') && statSync(path).size > 0)).toBe(true)
    const key = openKeys(folder, null)
    const copy = readFileSync(join(folder, 'backup.db'))
    for (const one of key.keys.values()) expect(copy.includes(one) || copy.includes(one.toString('base64'))).toBe(false)
  } finally {
    await storage.close()
    rmSync(folder, { recursive: true, force: true })
  }
})

test('a database that was opened with another key refuses to give sealed values', async () => {
  const folder = temporaryFolder()
  const url = `file:${join(folder, 'test.db')}`
  const first = await openStorage({ url, dataDir: folder, role: 'runner', key: KEY.toString('base64') })
  await first.writer.commit([insert('Household', household('h', 'v', { phone: '1' }))])
  await first.close()
  const other = await openStorage({ url, dataDir: folder, role: 'runner', key: Buffer.alloc(32, 9).toString('base64') })
  await expect(other.reads.registry.households(['h'])).rejects.toMatchObject({ code: 'SEALED_VALUE_UNREADABLE' })
  await other.close()
  const db = new Database(join(folder, 'test.db'))
  expect(db.prepare('SELECT phone FROM Household').pluck().get()).toMatch(/^v1\./)
  db.close()
})

function filesUnder(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
}
