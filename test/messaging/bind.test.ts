import { beforeEach, describe, expect, it } from 'vitest'
import { seededRandom } from '../../src/base/random.ts'
import { sortableIds, type IdSource } from '../../src/base/ids.ts'
import { runBind } from '../../src/cli/bind/run.ts'
import { newRecord, accountOf } from '../../src/messaging/account.ts'
import { bindingInGroup } from '../../src/messaging/bind/bind.ts'
import type { Parts } from '../../src/messaging/parts.ts'
import { DEFAULT_PEOPLE } from '../../src/messaging/speaker/policy.ts'
import { newWork } from '../../src/messaging/work.ts'
import { ZONE } from '../cli/house.ts'
import { importText, shippedText } from '../cli/import-run.ts'
import { DAY, family, hardship, MINUTE, type Family } from './people/family.ts'

let f: Family
let codes: string[]
let ids: IdSource

beforeEach(async () => {
  f = await family()
  ids = sortableIds({ now: () => f.now }, seededRandom(21))
  codes = ['12345678', '22345678', '32345678', '42345678']
  const staff = 'name,phone,role,territory\n麻小燕,13800000009,village_staff,吉首市/矮寨镇/阳孟村\n'
  await importText({ imports: f.storage.reads.imports, writer: f.storage.writer }, 'staff', staff, {
    clock: { now: () => f.now },
  })
})

/** @returns what the command prints */
async function give(staff: string): Promise<string> {
  let printed = ''
  const { reads, writer } = f.storage
  await runBind({
    staff,
    registry: reads.registry,
    binding: reads.binding,
    writer,
    policy: DEFAULT_PEOPLE.bind,
    digits: () => codes.shift() ?? '',
    ids,
    clock: { now: () => f.now },
    zone: ZONE,
    text: shippedText,
    language: 'zh-CN',
    out: { write: (text: string) => void (printed += text) },
  })
  return printed
}

const account = async (user: string) => (await f.rows('ChatIdentity')).find((row) => row['user'] === user)
const staffId = async (name: string) => (await f.rows('Staff')).find((row) => row['name'] === name)?.['id']

describe('binding an account', () => {
  it('with the code that the command prints, from any channel, makes it the staff member’s', async () => {
    expect(await give('麻小燕')).toBe(
      '麻小燕（吉首市/矮寨镇/阳孟村）的绑定码：1234 5678\n24 小时内有效，只能用一次，不要发到群里。请本人在和机器人的私聊里发：绑定 1234 5678\n',
    )
    const heard = await f.say('绑定 １２３４ ５６７８', 'w1', 'web')
    expect(heard).toContain('绑定好了：这个号是麻小燕（吉首市/矮寨镇/阳孟村）')
    expect(f.sent.at(-1)?.choices.map(({ id }) => id)).toContain('visit_log')
    expect((await account('w1'))?.['staffId']).toBe(await staffId('麻小燕'))
    expect(await f.say('待办', 'w1', 'web')).toContain('没有')
    const stored = JSON.stringify([await f.rows('BindCode'), await f.rows('AuditEntry')])
    expect(stored).not.toContain('12345678')
    expect((await f.rows('AuditEntry')).map((row) => row['action'])).toEqual(['bind_code', 'bound'])
  })

  it('takes the code alone after 绑定, and once', async () => {
    await give('13800000009')
    expect(await f.say('绑定', 'u5')).toContain('8 位数字')
    expect(await f.say('1234-5678', 'u5')).toContain('绑定好了')
    expect(await f.say('绑定12345678', 'u6')).toContain('这个码不对')
    expect((await account('u6'))?.['staffId']).toBeNull()
  })

  it('eight digits without the word bind nothing', async () => {
    await give('麻小燕')
    expect(await f.say('12345678', 'u5')).not.toContain('绑定好了')
    expect((await account('u5'))?.['staffId']).toBeNull()
  })

  it('a newer code takes the place of the older, and none is good after a day', async () => {
    await give('麻小燕')
    expect(await give('麻小燕')).toContain('以前没用的码作废了')
    expect(await f.say('绑定 12345678', 'u5')).toContain('这个码不对')
    await f.pass(DAY - MINUTE)
    expect(await f.say('绑定 22345678', 'u5')).toContain('绑定好了')
    await give('麻小燕')
    await f.pass(DAY)
    expect(await f.say('绑定 32345678', 'u6')).toContain('这个码不对')
  })

  it('after five wrong codes there are no more that day, even for the right one', async () => {
    await give('麻小燕')
    for (let tries = 0; tries < 5; tries++) expect(await f.say(`绑定 0000000${tries}`, 'u5')).toContain('这个码不对')
    expect(await f.say('绑定 12345678', 'u5')).toContain('试错的次数太多')
    expect(await f.say('绑定 12345678', 'u6')).toContain('绑定好了')
    await f.pass(DAY + MINUTE)
    await give('麻小燕')
    expect(await f.say('绑定 22345678', 'u5')).toContain('绑定好了')
  })

  it('an account that is somebody else’s stays so', async () => {
    await give('麻小燕')
    expect(await f.say('绑定 12345678', 'c1')).toContain('这个号绑的是石建国，没有改')
    expect(await f.say('解绑', 'c1')).toContain('这个号不再是石建国的')
    expect(await f.say('解绑', 'c1')).toBe('这个号没有绑定干部。')
    expect(await f.say('绑定 12345678', 'c1')).toContain('绑定好了：这个号是麻小燕')
    await give('麻小燕')
    expect(await f.say('绑定 22345678', 'c1')).toContain('不用再绑')
  })

  it('tells whoever shares the phone what happens, and shows the official nothing of theirs', async () => {
    await f.all([...hardship('吴秀英', '13900001111', '老伴住院'), '1'], 'u1')
    await f.pass(60 * MINUTE)
    await give('麻小燕')
    const heard = await f.say('绑定 12345678', 'u1')
    expect(heard).toContain('登记过 1 个人的资料')
    expect(heard).not.toContain('吴秀英')
    expect(await account('u1')).toMatchObject({ profileId: null, staffId: await staffId('麻小燕') })
    await f.say('解绑', 'u1')
    await f.pass(60 * MINUTE)
    expect(await f.say('进度', 'u1')).toContain('您是吴××吗')
  })

  it('warns the account that was bound before', async () => {
    await give('石建国')
    await f.say('绑定 12345678', 'u5')
    expect(f.sent.findLast(({ chat }) => chat === 'c1')?.text).toContain('又有一个账号绑到了您名下')
  })

  it('never works in a group, where a right code is burnt', async () => {
    await give('麻小燕')
    const parts = {
      binding: f.storage.reads.binding,
      people: DEFAULT_PEOPLE,
      ids,
      fault: () => undefined,
    } as unknown as Parts
    const place = { channel: 'pipe', chat: 'g1', user: 'u5', key: 'pipe g1 u5' } as const
    const work = newWork(
      place,
      true,
      null,
      accountOf(newRecord('i', 'pipe', 'u5'), false, shippedText, null, '1'),
      f.now,
    )
    await bindingInGroup(parts, work, { kind: 'bind', code: '12345678' })
    expect(work.said).toMatchObject([{ text: { key: 'registry:bind.group' } }])
    await f.storage.writer.commit(work.changes)
    expect(await f.say('绑定 12345678', 'u5')).toContain('这个码不对')
  })

  it('is not given for somebody whose name is not enough, or who has left', async () => {
    const more =
      'name,phone,role,territory,left_on\n麻小燕,13800000010,village_staff,吉首市/矮寨镇/幸福村,\n田某,,village_staff,吉首市/矮寨镇/幸福村,2026-01-01\n'
    await importText({ imports: f.storage.reads.imports, writer: f.storage.writer }, 'staff', more, {
      clock: { now: () => f.now },
    })
    await expect(give('麻小燕')).rejects.toMatchObject({
      code: 'STAFF_AMBIGUOUS',
      details: { people: '麻小燕 (吉首市/矮寨镇/阳孟村), 麻小燕 (吉首市/矮寨镇/幸福村)' },
    })
    await expect(give('田某')).rejects.toMatchObject({ code: 'STAFF_LEFT' })
    await expect(give('没这个人')).rejects.toMatchObject({ code: 'STAFF_UNKNOWN' })
    expect(await give('幸福村麻小燕')).toContain('吉首市/矮寨镇/幸福村')
  })
})

it('somebody who leaves later is still there until that day', async () => {
  const leaves = 'name,phone,role,territory,left_on\n石建国,13800000001,village_staff,吉首市/矮寨镇/阳孟村,2026-11-25\n'
  await importText({ imports: f.storage.reads.imports, writer: f.storage.writer }, 'staff', leaves, {
    clock: { now: () => f.now },
  })
  expect(await f.say('待办', 'c1')).toContain('没有')
  await f.all([...hardship('吴秀英', '13900001111', '老伴住院'), '1'], 'u1')
  expect(f.sent.findLast(({ chat }) => chat === 'c1')?.text).toContain('吴秀英')
  await f.pass(2 * DAY)
  expect(await f.say('待办', 'c1')).not.toContain('吴秀英')
})
