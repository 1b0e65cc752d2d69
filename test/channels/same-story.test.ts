/**
 * One county on every platform at once: the same story is told on each that hears people, ends as the same answers and a matter of
 * its own; next morning the groups of four platforms get the digest, and a cadre answers under it where a group can be heard.
 */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { sortableIds } from '../../src/base/ids.ts'
import { seededRandom } from '../../src/base/random.ts'
import { parseInstant, type Instant } from '../../src/base/time.ts'
import type { Channel, ChannelName } from '../../src/messaging/channel.ts'
import { memoryStorage } from '../../src/storage/memory/memory-storage.ts'
import type { Storage } from '../../src/storage/open.ts'
import { buildHouse, type House } from '../../src/wire.ts'
import { definitions, ZONE } from '../cli/house.ts'
import { importText } from '../cli/import-run.ts'
import { streamStandIn } from './dingtalk/stand-in.ts'
import { hookStandIn as feishuStandIn } from './feishu/stand-in.ts'
import { lent } from './lent.ts'
import type { StandIn } from './stand-in.ts'
import { telegramStandIn } from './telegram/stand-in.ts'
import { wechatStandIn } from './wechat/stand-in.ts'
import { botStandIn } from './wecom/stand-in.ts'

const MONDAY = at('2026-11-23T09:00:00+08:00')
const NEXT_MORNING = at('2026-11-24T08:30:00+08:00')
const VILLAGE = '吉首市/矮寨镇/阳孟村'
const CADRE = '石建国,13800000001,village_staff'

/** As somebody types it who has no buttons. */
const STORY = [
  '防贫申报',
  '1',
  '阳孟',
  '吴大姐',
  '１３９ 0000 1234',
  '三口人',
  '生病，供孩子读书',
  '没有',
  '３',
  '三千五',
]
const END = ['没有', '老伴住院了', '没有', '1']

const HEARING = ['telegram', 'wechat', 'wecom', 'dingtalk'] as const
const GROUPS = ['telegram', 'wecom', 'dingtalk', 'feishu'] as const
const TWO_WAY = ['telegram', 'wecom', 'dingtalk'] as const

let now = MONDAY
let storage: Storage
let house: House
const standIns = new Map<ChannelName, StandIn>()
const faults: string[] = []

function at(text: string): Instant {
  const found = parseInstant(text)
  if (found === null) throw new Error(text)
  return found
}

const standIn = (name: ChannelName): StandIn => {
  const found = standIns.get(name)
  if (!found) throw new Error(name)
  return found
}

beforeAll(async () => {
  const clock = { now: () => now }
  const ids = sortableIds(clock, seededRandom(5))
  storage = memoryStorage({ clock })
  for (const open of [
    () => telegramStandIn(lent(storage, clock), { sensitive: 'allow' }),
    () => wechatStandIn(lent(storage, clock)),
    () => botStandIn(lent(storage, clock)),
    () => streamStandIn(lent(storage, clock)),
    () => feishuStandIn(lent(storage, clock)),
  ]) {
    const opened = await open()
    standIns.set(opened.channel.name, opened)
  }
  const tables = { imports: storage.reads.imports, writer: storage.writer }
  const rosters = {
    territories: 'county,township,village\n吉首市,矮寨镇,阳孟村\n',
    staff:
      'name,phone,role,territory,channel,user\n' +
      TWO_WAY.map((name) => `${CADRE},${VILLAGE},${name},${cadreOn(name)}\n`).join(''),
    groups:
      'channel,chat,territory,purpose,audience\n' +
      GROUPS.map((name) => `${name},${standIn(name).group ?? ''},${VILLAGE},village,staff\n`).join(''),
  } as const
  for (const what of ['territories', 'staff', 'groups'] as const) {
    const { code, lines } = await importText(tables, what, rosters[what], { clock, ids })
    expect(code, lines.join('\n')).toBe(0)
  }
  house = await buildHouse({
    definitions,
    storage,
    defaultLocale: 'zh-CN',
    zone: ZONE,
    clock,
    ids,
    random: seededRandom(6),
    channels: new Map<ChannelName, Channel>([...standIns].map(([name, { channel }]) => [name, channel])),
    fault: (code) => faults.push(code),
  })
  for (const { channel } of standIns.values()) await channel.start((received) => house.messaging.receive(received))
})

afterAll(async () => {
  await house.messaging.stop()
  for (const each of standIns.values()) {
    await each.channel.stop()
    await each.close()
  }
  await storage.close()
})

/** Somebody else than who tells the story. Platforms that know their people know this one too. */
const cadreOn = (name: (typeof TWO_WAY)[number]): string =>
  ({ telegram: '52000000007', wecom: 'shijianguo', dingtalk: 'manager0999' })[name]

async function until(what: string, isSo: () => boolean | Promise<boolean>): Promise<void> {
  const end = Date.now() + 5_000
  while (!(await isSo())) {
    if (Date.now() > end) throw new Error(`waited in vain: ${what}`)
    await new Promise((resolve) => setTimeout(resolve, 2))
  }
}

/** Says it and waits for the answer. */
async function tell(name: ChannelName, text: string): Promise<string> {
  const platform = standIn(name)
  const person = platform.person ?? ''
  const before = platform.shown(person).length
  const said = platform.says(person, text)
  await until(`${name} answers ${text}`, () => platform.shown(person).length > before)
  await said
  await house.messaging.drain(now)
  return platform.shown(person).at(-1)?.text ?? ''
}

test.each(HEARING)('%s: a report in messy words becomes a matter', async (name) => {
  let answer = ''
  for (const line of [...STORY, ...END]) answer = await tell(name, line)
  expect(answer).toMatch(/\d{11}/)
})

test('everybody was understood the same, and each has a matter of the own', async () => {
  const { rows } = storage.reads
  const submissions = await rows.find('Submission', { where: { flow: 'hardship_report' } })
  expect(submissions).toHaveLength(HEARING.length)
  const answers = submissions.map((submission) => JSON.parse(submission.answers) as Record<string, unknown>)
  expect(answers[0]).toMatchObject({ members: '3', causes: 'illness schooling', income: '3500', village: VILLAGE })
  for (const other of answers) expect(other).toEqual(answers[0])
  expect(new Set(submissions.map(({ matter }) => matter)).size).toBe(HEARING.length)
})

test('next morning the groups of four platforms read the same digest, with nothing personal in it', async () => {
  now = NEXT_MORNING
  for (const job of house.jobs) await job.run(now)
  await house.messaging.drain(now)
  const numbers = (await storage.reads.rows.find('Case', { columns: ['number'] })).map(({ number }) => number)
  const digests = GROUPS.map(
    (name) =>
      standIn(name)
        .shown(standIn(name).group ?? '')
        .at(-1)?.text ?? '',
  )
  for (const digest of digests) {
    for (const number of numbers) expect(digest).toContain(number)
    expect(digest).not.toMatch(/吴大姐|1390000|石建国|住院/)
  }
  expect(new Set(digests.map((digest) => digest.replace(/\s+/g, ''))).size).toBe(1)
})

test.each(TWO_WAY)('%s: a cadre answers under the digest, and is obeyed by the bound account', async (name) => {
  const platform = standIn(name)
  const group = platform.group ?? ''
  const cases = await storage.reads.rows.find('Case', { order: ['number'] })
  const matter = cases[TWO_WAY.indexOf(name)]
  const before = platform.shown(group).length
  await platform.saysInGroup?.(group, cadreOn(name), `${matter?.number ?? ''} 已联系`)
  await until(`${name} answers in the group`, () => platform.shown(group).length > before)
  await until('it is noted', async () => {
    const [row] = await storage.reads.cases.cases([matter?.id ?? ''])
    return row?.acknowledgedAt !== null
  })
  expect(platform.shown(group).at(-1)?.text).not.toMatch(/吴大姐/)
})

test('nothing went wrong on the way', () => {
  expect(faults).toEqual([])
})
