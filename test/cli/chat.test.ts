/** The road from the terminal: messy words become a case in the export and in the next morning's digest. */
import { rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { PassThrough, Readable } from 'node:stream'
import { text } from 'node:stream/consumers'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { addDays, dateAt, instantOf, weekdayOf, formatInstant, instant } from '../../src/base/time.ts'
import { runChat } from '../../src/cli/chat/run.ts'
import { importFile } from '../../src/cli/import/command.ts'
import { runPipe } from '../../src/cli/pipe/run.ts'
import type { Config } from '../../src/config.ts'
import { openStorage } from '../../src/storage/open.ts'
import { settingsIn } from '../settings.ts'

let dataDir: string
let config: Config

beforeEach(async () => {
  config = settingsIn('chat')
  dataDir = config.dataDir
  await load('territories', 'county,township,village\n吉首市,矮寨镇,阳孟村\n')
  await load('staff', 'name,role,territory,channel,user\n石建国,village_staff,吉首市/矮寨镇/阳孟村,pipe,c1\n')
  await load('groups', 'channel,chat,territory,purpose\npipe,g1,吉首市/矮寨镇/阳孟村,village\n')
})

afterEach(() => rmSync(dataDir, { recursive: true, force: true }))

async function load(what: 'territories' | 'staff' | 'groups', csv: string): Promise<void> {
  const file = join(dataDir, `${what}.csv`)
  writeFileSync(file, csv)
  expect(await importFile(config, what, file, {})).toBe(0)
}

async function chat(as: string, lines: readonly string[], staff: string | null = null): Promise<string> {
  const output = new PassThrough()
  const heard = text(output)
  await runChat(config, { as, staff, input: Readable.from(lines.map((line) => `${line}\n`)), output })
  output.end()
  return heard
}

test('a report typed in the terminal is a case, and in the digest of the next working morning', async () => {
  const heard = await chat('吴阿婆', [
    '家里有难处',
    '1',
    '阳孟',
    '吴阿婆',
    '没有',
    '嗯，三口人',
    '生病',
    '没有',
    '一个',
    '三千五',
    '没有',
    '老伴住院了',
    '没有',
    '1',
  ])
  const number = /\d{11,}/.exec(heard.split('\n').slice(-12).join('\n'))?.[0] ?? ''
  const storage = await openStorage({ url: config.databaseUrl, dataDir, role: 'command' })
  const matter = await storage.reads.cases.caseByNumber(number)
  await storage.close()
  expect(matter).toMatchObject({ kind: 'hardship', personName: '吴阿婆' })

  const opened = dateAt(matter?.openedAt ?? instant(0), config.timezone)
  const later = addDays(opened, weekdayOf(opened) >= 5 || weekdayOf(opened) === 0 ? 12 : 10)
  const output = new PassThrough()
  const piped = text(output)
  const to = formatInstant(instantOf(later, '12:00', config.timezone), config.timezone)
  await runPipe(config, {
    now: null,
    language: null,
    seed: 1,
    input: Readable.from([`${JSON.stringify({ id: '1', now: to })}\n`]),
    output,
  })
  output.end()
  const messages = (await piped)
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as { chat?: string; text?: string; at?: string })
  const digest = messages.find((message) => message.chat === 'g1')
  expect(digest?.text).toContain(number)
  expect(digest?.text).not.toContain('吴')
  expect(digest?.at).toMatch(/T08:30:00\+08:00$/)
})

test('a member of staff speaks from the terminal with the staff menu; an unknown name is refused', async () => {
  expect(await chat('x', ['菜单'], '石建国')).toContain('记走访')
  await expect(chat('x', ['菜单'], '没有这个人')).rejects.toMatchObject({ code: 'NOT_FOUND' })
})
