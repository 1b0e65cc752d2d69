import { beforeEach, describe, expect, it } from 'vitest'
import { leaveCommand } from '../../src/messaging/commands/leave.ts'
import { instant } from '../../src/base/time.ts'
import { standInOf } from '../../src/messaging/stand-in.ts'
import type { Casework } from '../../src/messaging/casework.ts'
import { ZONE } from '../cli/house.ts'
import { importText, shippedText } from '../cli/import-run.ts'
import { staffSpeaker } from '../reminders/county.ts'
import { DAY, family, hardship, type Family } from './people/family.ts'

const V = '吉首市/矮寨镇/阳孟村'
let f: Family

/** 石建国 (c1) and 石二妹 (c2) of the village, a namesake elsewhere, the township (t1). */
const STAFF = `name,phone,role,territory,channel,user
石二妹,13800000003,resident_team,${V},pipe,c2
石二妹,13800000004,village_staff,吉首市/矮寨镇/幸福村,pipe,x2
麻老五,13800000005,village_staff,吉首市/矮寨镇/幸福村,pipe,x3
`

beforeEach(async () => {
  f = await family()
  const clock = { now: () => f.now }
  await importText({ imports: f.storage.reads.imports, writer: f.storage.writer }, 'staff', STAFF, { clock })
})

const heard = (chat: string) => f.sent.filter((outgoing) => outgoing.chat === chat).map(({ text }) => text)
const covers = () => f.rows('Cover')
const staffId = async (phone: string) => String((await f.rows('Staff')).find((row) => row['phone'] === phone)?.['id'])

describe('请假', () => {
  it('names days and who stands in; both are told, and it is audited', async () => {
    expect(await f.say('请假 到12月5日 交给石二妹', 'c1')).toBe(
      '记下了：11月23日到12月5日您请假，由石二妹代，提醒这几天发给石二妹。手上有 0 件事、0 次走访。提前回来就发：销假。',
    )
    expect(heard('c2')).toEqual(['石建国 11月23日到12月5日请假，这几天的工作由您代：0 件事、0 次走访。提醒会发给您。'])
    expect(heard('x2')).toEqual([])
    expect(await covers()).toMatchObject([
      { byStaffId: await staffId('13800000003'), fromOn: '2026-11-23', toOn: '2026-12-05', endedAt: null },
    ])
    expect((await f.rows('AuditEntry')).at(-1)).toMatchObject({ action: 'leave' })
  })

  it('a new matter is for good the one’s who is away; the stand-in hears of it until then', async () => {
    await f.say('请假三天，石二妹代', 'c1')
    const before = heard('c1').length
    await f.all([...hardship('吴秀英', '13900001111', '老伴住院'), '1'], 'u1')
    const [matter] = await f.rows('Case')
    expect(matter?.['assigneeId']).toBe(await staffId('13800000001'))
    expect(heard('c1')).toHaveLength(before)
    expect(heard('c2').at(-1)).toContain('吴秀英')
    await f.say('销假', 'c1')
    const [own, theirs] = [heard('c1').length, heard('c2').length]
    await f.all([...hardship('吴秀英', '13900001111', '老伴住院'), '1'], 'u1')
    expect(heard('c1').slice(own).join()).toContain('吴秀英')
    expect(heard('c2')).toHaveLength(theirs)
  })

  it('a call that is to be made is the stand-in’s for these days, who says without its number that it was made', async () => {
    await f.say('请假三天，石二妹代', 'c1')
    await f.all([...hardship('吴秀英', '13900001111', '老伴住院'), '1'], 'u1')
    await f.say('退订', 'u1')
    const [matter] = await f.rows('Case')
    const before = heard('c1').length
    await f.say(`受理 ${String(matter?.['number'])}`, 'c2')
    const [task] = (await f.rows('Task')).filter((row) => row['kind'] === 'phone_notice')
    expect(task?.['assigneeId']).toBe(await staffId('13800000001'))
    expect(heard('c2').join()).toContain('他（她）不收消息')
    expect(heard('c1')).toHaveLength(before)
    expect(await f.say('已告知', 'c2')).toContain('记您说过了')
  })

  it('what is open already is answered for by the stand-in, and by its owner again after 销假', async () => {
    const first = [...hardship('吴秀英', '13900001111', '老伴住院'), '1']
    await f.all(first, 'u1')
    expect(heard('c1').at(-1)).toContain('吴秀英')
    await f.say('请假三天，石二妹代', 'c1')
    expect(heard('c2').at(-1)).toContain('1 件事')
    expect(await f.say('待办', 'c2')).toContain('吴秀英')
    expect(await f.say('待办', 'x2')).not.toContain('吴秀英')
    await f.all(first, 'u1')
    const joined = heard('c2').length
    expect(heard('c2').at(-1)).toContain('吴秀英')
    expect(heard('c2').at(-1)).not.toContain('待办')
    expect(await f.say('销假', 'c1')).toContain('销假了')
    expect(heard('c2').at(-1)).toBe('石建国回来上班了，不用再代了。')
    expect(await f.say('销假', 'c1')).toBe('您没有在请假。')
    await f.all(first, 'u1')
    expect(heard('c2')).toHaveLength(joined + 1)
  })

  it('whatever else is owed to the one who is away reaches the stand-in, who is told of work only', async () => {
    await f.say('请假三天，石二妹代', 'c1')
    const standIn = standInOf(f.storage.reads.registry, ZONE)
    const [own, theirs] = [await staffId('13800000001'), await staffId('13800000003')]
    expect(await standIn(own, f.now)).toBe(theirs)
    expect(await standIn(theirs, f.now)).toBe(theirs)
    expect(await standIn(own, instant(f.now + 3 * DAY))).toBe(own)
  })

  it('without a name it is the level above', async () => {
    expect(await f.say('请假三天', 'c1')).toContain('先由上一级的龙镇长代')
    expect(heard('t1')).toHaveLength(1)
    expect(await f.say('我请假三天', 't1')).toContain('上面没有人可以代')
    expect(await covers()).toHaveLength(1)
  })

  it('a later word of the same days takes the place of the earlier one', async () => {
    await f.say('请假三天', 'c1')
    await f.say('请假五天 交给石二妹', 'c1')
    await f.say('12月20日到22日请假', 'c1')
    const open = (await covers()).filter((row) => row['endedAt'] === null)
    expect(open.map((row) => [row['fromOn'], row['toOn']])).toEqual([
      ['2026-11-23', '2026-11-27'],
      ['2026-12-20', '2026-12-22'],
    ])
  })

  it('is refused in words, and nothing changes', async () => {
    const refusals = [
      ['请假', '请几天假'],
      ['请假 怎么请', '没看懂是哪几天'],
      ['请假到11月20日', '已经过了'],
      ['请假三天 交给麻老五', '没有找到能替您的“麻老五”'],
      ['请假三天 交给王大明', '没有找到能替您的“王大明”'],
      ['请假三天 交给石建国', '不能由您自己代'],
    ] as const
    for (const [said, answer] of refusals) expect(await f.say(said, 'c1')).toContain(answer)
    expect(await covers()).toEqual([])
  })

  it('nobody stands in for two who are away', async () => {
    await f.say('请假三天', 'c2')
    expect(await f.say('请假一周，石二妹代', 'c1')).toContain('也有几天请假')
    expect(await covers()).toHaveLength(1)
  })

  it('several of one name are asked back, by place or by a tap', async () => {
    const clock = { now: () => f.now }
    await importText(
      { imports: f.storage.reads.imports, writer: f.storage.writer },
      'staff',
      'name,phone,role,territory\n石二妹,13800000006,township_reviewer,吉首市/矮寨镇\n',
      { clock },
    )
    expect(await f.say('请假三天 交给石二妹', 'c1')).toContain('石二妹 · 阳孟村、石二妹 · 矮寨镇')
    expect(await covers()).toEqual([])
    expect(await f.say('请假三天 交给矮寨镇的石二妹', 'c1')).toContain('由石二妹代')
    expect((await covers()).at(-1)).toMatchObject({ byStaffId: await staffId('13800000006') })
    const tap = { kind: 'choice', id: `leave:2026-11-23:2026-11-25:${await staffId('13800000003')}` } as const
    expect(await f.say(tap, 'c1')).toContain('由石二妹代')
    expect((await covers()).at(-1)).toMatchObject({ byStaffId: await staffId('13800000003') })
    const elsewhere = { kind: 'choice', id: `leave:2026-11-23:2026-11-25:${await staffId('13800000004')}` } as const
    await f.say(elsewhere, 'c1')
    expect(await covers()).toHaveLength(2)
  })

  it('is over after the last day', async () => {
    await f.say('请假三天，石二妹代', 'c1')
    await f.pass(3 * DAY)
    await f.all([...hardship('吴秀英', '13900001111', '老伴住院'), '1'], 'u1')
    expect((await f.rows('Case'))[0]?.['assigneeId']).toBe(await staffId('13800000001'))
  })

  it('is nothing to villagers, and to talk about others; in a group it is only pointed to a private chat', async () => {
    expect(await f.say('请假三天', 'u1')).not.toContain('请假')
    expect(await f.say('谁请假三天了', 'c1')).not.toContain('记下了')
    const casework = { registry: f.storage.reads.registry } as unknown as Casework
    const answer = await leaveCommand(
      casework,
      shippedText,
    )({
      ...{ text: '请假三天', choice: null, group: true, chat: 'g1', at: f.now, zone: ZONE, ids: { next: () => 'id' } },
      speaker: staffSpeaker('s', '石建国', 'village_staff', 'v', V),
    })
    expect(answer).toMatchObject({ changes: [], notices: [], say: [{ text: { key: 'registry:leave.private' } }] })
    expect(await covers()).toEqual([])
  })
})
