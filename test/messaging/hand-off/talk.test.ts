/** A villager asks for a person: what is said goes to one of the staff, whose words come back. On tables in memory. */
import { describe, expect, test } from 'vitest'
import { update } from '../../../src/base/change.ts'
import { ABILITIES } from '../../../src/channels/abilities.ts'
import { recordingChannel } from '../../../src/channels/recording.ts'
import { sortableIds } from '../../../src/base/ids.ts'
import { seededRandom } from '../../../src/base/random.ts'
import { dateAt, instant } from '../../../src/base/time.ts'
import { matterNumber } from '../../../src/domain/cases/matter-number.ts'
import { importText } from '../../cli/import-run.ts'
import { ROSTERS } from '../../cli/pipe-world.ts'
import { heldBack } from '../../../src/messaging/held-back.ts'
import { DAY, family, hardship, MINUTE, MONDAY, type Family } from '../people/family.ts'

const VILLAGE = '吉首市/矮寨镇/阳孟村'
const HOUR = 60 * MINUTE

interface Desk extends Family {
  /** What that chat was sent since the last look. */
  heard(chat: string): string
  number(): Promise<string>
}

async function desk(): Promise<Desk> {
  const f = await family()
  const clock = { now: () => MONDAY }
  const tables = { imports: f.storage.reads.imports, writer: f.storage.writer }
  const ids = sortableIds(clock, seededRandom(9))
  await importText(tables, 'groups', ROSTERS.groups, { clock, ids })
  await importText(
    tables,
    'staff',
    'name,phone,role,territory,channel,user\n' +
      '麻小燕,13800000004,village_staff,吉首市/矮寨镇/幸福村,pipe,c4\n' +
      '田县长,13800000005,county_officer,吉首市,pipe,k1\n',
    { clock, ids },
  )
  const looked = new Map<string, number>()
  return Object.assign(f, {
    heard(chat: string) {
      const from = looked.get(chat) ?? 0
      looked.set(chat, f.sent.length)
      return f.sent
        .slice(from)
        .filter((one) => one.chat === chat)
        .map(({ text }) => text)
        .join('\n---\n')
    },
    number: async () => String((await f.rows('HandOff')).at(-1)?.['number']),
  })
}

/** 吴秀英 has told who she is and asks for a person. */
async function asked(): Promise<Desk> {
  const f = await desk()
  await f.say({ kind: 'start', payload: `village:${VILLAGE}` })
  await f.say('人工')
  return f
}

describe('what a villager says', () => {
  test('goes to whoever is on duty, in private; the group learns a number and nothing else', async () => {
    const f = await asked()
    const number = await f.number()
    expect(f.heard('c1')).toBe('')
    expect(await f.say('我家低保折子掉了')).toContain(`转给阳孟村的石建国了，编号 ${number}`)
    expect(f.heard('c1')).toContain('我家低保折子掉了')
    expect(f.heard('c1')).toBe('')
    const group = f.heard('g1')
    expect(group).toBe(`有一位乡亲找人工，编号 ${number}，请值班的私下看。`)
    expect(f.heard('open')).toBe('')
    // Said once that it was passed on, not each time.
    expect(await f.say('找哪个补？')).toBe('')
    expect(f.heard('c1')).toContain('找哪个补？')
    expect(f.heard('g1')).toBe('')
  })

  test('is kept sealed, both sides, with who said it', async () => {
    const f = await asked()
    await f.say('我有肺病，药吃完了')
    await f.say('回复 明天给您送去。', 'c1')
    const lines = await f.rows('HandOffLine')
    expect(lines.map(({ side, text }) => [side, text])).toEqual([
      ['villager', '我有肺病，药吃完了'],
      ['staff', '明天给您送去。'],
    ])
    const [staff] = await f.storage.reads.registry.staffNamed('石建国')
    expect(lines[1]?.['actorId']).toBe(staff?.id)
  })

  test('a voice and a picture go along as files; a place as numbers', async () => {
    const f = await asked()
    const file = { id: 'a'.repeat(64), name: 'v.amr', type: 'audio/amr', bytes: 10 }
    expect(await f.say({ kind: 'voice', file, transcript: null })).toContain('转给')
    expect(f.sent.find(({ chat, attachment }) => chat === 'c1' && attachment)?.attachment).toEqual({
      id: file.id,
      name: 'v.amr',
      type: 'audio/amr',
    })
    f.heard('c1')
    await f.say({ kind: 'location', latitude: 28.31, longitude: 109.73 })
    expect(f.heard('c1')).toContain('28.31, 109.73')
  })

  test('a global word, a flow by its name and its answers are the house’s', async () => {
    const f = await asked()
    await f.say('在吗')
    f.heard('c1')
    expect(await f.say('菜单')).toContain('家里有难处')
    await f.all(['家里有难处', '1', '阳孟村', '吴秀英'])
    expect(f.heard('c1')).toBe('')
    await f.say('停')
    await f.say('我还在等')
    expect(f.heard('c1')).toContain('我还在等')
  })

  test('a number after an answer goes to who answered; before one it chooses from the menu', async () => {
    const f = await asked()
    await f.say('折子掉了')
    await f.say('回复 家里几个人？', 'c1')
    f.heard('c1')
    expect(await f.say('3')).toBe('')
    expect(f.heard('c1')).toContain('又说：\n\n3')
    expect(await f.say('7')).toContain('活')
  })

  test('in the middle of a flow it is put aside, and offered back when the talk is over', async () => {
    const f = await desk()
    await f.all(['家里有难处', '1', '阳孟村', '吴秀英', '13900001111', '3'])
    expect(await f.say('人工')).toMatch(/放着[\s\S]*石建国/)
    await f.say('这个怎么填')
    expect(f.heard('c1')).toContain('吴秀英找人工')
    const over = await f.say('结束')
    expect(over).toContain('就到这里')
    expect(over).toContain('上回您说到一半')
    expect(await f.say('接着说')).toContain('家里')
    expect(f.heard('c1')).toContain('乡亲说好了')
  })

  test('a tap on 找人工 opens it as well; asking twice does not open two', async () => {
    const f = await desk()
    await f.say({ kind: 'start', payload: `village:${VILLAGE}` })
    expect(await f.say({ kind: 'choice', id: 'human' })).toContain('编号')
    expect(await f.say('转人工')).toContain('还开着')
    expect(await f.rows('HandOff')).toHaveLength(1)
  })

  test('danger is answered by the house as ever, and passed on too', async () => {
    const f = await asked()
    await f.say('在吗')
    f.heard('c1')
    const heard = await f.say('房子要垮了，人在里面')
    expect(heard).toMatch(/离开|出来|119|110/)
    expect(f.heard('c1')).toContain('房子要垮了')
  })

  test('where no village is known it is asked for first', async () => {
    const f = await desk()
    expect(await f.say('人工')).toContain('先告诉我您是哪个村的')
    expect(await f.say('幸福村')).toContain('幸福村的麻小燕')
    expect(await f.rows('HandOff')).toHaveLength(1)
  })

  test('at night it waits for the morning, and that is said', async () => {
    const f = await asked()
    f.now = instant(MONDAY + 13.5 * HOUR)
    expect(await f.say('睡不着，想问个事')).toContain('07:00')
    expect(f.heard('c1')).toBe('')
    await f.pass(9 * HOUR)
    expect(f.heard('c1')).toContain('想问个事')
  })
})

test('where words of one’s own may not be told, only the phone is', async () => {
  const heard: string[] = []
  const abilities = { ...ABILITIES.telegram, refusesSensitive: true } as const
  const channel = { ...recordingChannel('telegram', ({ text }) => void heard.push(text)), abilities }
  const f = await family({ channels: new Map([['telegram', channel]]) })
  await f.say({ kind: 'start', payload: `village:${VILLAGE}` }, 'u1', 'telegram')
  await f.say('人工', 'u1', 'telegram')
  expect(heard.at(-1)).toContain('07438520001')
  expect(heard.at(-1)).not.toContain('我转给')
  expect(await f.rows('HandOff')).toEqual([])
})

test('where words of one’s own may not be told, they are held back', () => {
  const told = heldBack({ key: 'hand-off:words', params: { words: '我有肺病' } })
  expect(JSON.stringify(told)).not.toContain('肺病')
  const shown = heldBack({ key: 'hand-off:shown.line', params: { date: '2026-11-23', words: { literal: '我有肺病' } } })
  expect(JSON.stringify(shown)).not.toContain('肺病')
})

describe('who hears it', () => {
  test('nobody in the village: the township; nobody anywhere: an honest sentence with the phone', async () => {
    const f = await desk()
    const gone = async (name: string) => {
      const [staff] = await f.storage.reads.rows.find('Staff', { where: { name } })
      await f.storage.writer.commit([update('Staff', staff?.id ?? '', staff?.revision ?? 0, { leftOn: '2026-01-01' })])
    }
    await gone('石建国')
    await f.say({ kind: 'start', payload: `village:${VILLAGE}` })
    expect(await f.say('人工')).toContain('矮寨镇的龙镇长')
    await f.say('结束')
    await gone('龙镇长')
    await gone('田县长')
    const heard = await f.say('人工')
    expect(heard).toContain('07438520001')
    expect(heard).toContain('没有人能在这里收到消息')
  })

  test('who stands in, from the day of the leave on', async () => {
    const f = await asked()
    await f.say('在吗')
    await f.say('请假三天 交给龙镇长', 'c1')
    f.heard('c1')
    await f.say('还在等')
    expect(f.heard('t1')).toContain('还在等')
    expect(f.heard('c1')).toBe('')
    expect(await f.say('回复 我替他答您', 't1')).toContain('发给乡亲了')
    expect(f.heard('u1')).toContain('矮寨镇的龙镇长回您')
  })
})

describe('an answer', () => {
  test('comes as the bot’s message, with who answers; the number may stand before it', async () => {
    const f = await asked()
    await f.say('折子掉了')
    f.heard('u1')
    const number = await f.number()
    expect(await f.say(`回复 ${number} 到村委会来，带身份证。`, 'c1')).toContain(`发给乡亲了（${number} 号）`)
    expect(f.heard('u1')).toContain('阳孟村的石建国回您：\n\n到村委会来，带身份证。')
    await f.say('回复：早上九点', 'c1')
    expect(f.heard('u1')).toBe('阳孟村的石建国回您：\n\n早上九点')
  })

  test('only from whoever may see the place; a wrong number and another’s get the same sentence', async () => {
    const f = await asked()
    await f.say('折子掉了')
    f.heard('u1')
    const number = await f.number()
    const refused = await f.say(`回复 ${number} 我来答`, 'c4')
    const unknown = await f.say('回复 26112300099 我来答', 'c4')
    const never = matterNumber(dateAt(MONDAY, 'Asia/Shanghai'), 10)
    expect(refused.replace(number, 'N')).toBe((await f.say(`回复 ${never} 我来答`, 'c4')).replace(never, 'N'))
    expect(unknown).not.toContain('发给')
    expect(await f.say(`结束 ${number}`, 'c4')).toBe(refused)
    expect(f.heard('u1')).toBe('')
    expect(await f.say(`回复 ${number} 县里答`, 'k1')).toContain('发给乡亲了')
    expect(f.heard('u1')).toContain('吉首市的田县长回您')
    // From a villager the word means nothing.
    await f.say(`回复 ${number} 骗人的`, 'u2')
    expect(f.heard('u1')).toBe('')
  })

  test('in a group nothing is answered', async () => {
    const f = await asked()
    await f.say('折子掉了')
    f.heard('u1')
    expect(await f.inGroup('g1', 'c1', `回复 ${await f.number()} 来补`)).toContain('私聊里回')
    expect(f.heard('u1')).toBe('')
  })

  test('with several waiting the number is asked for', async () => {
    const f = await asked()
    await f.say('折子掉了')
    const first = await f.number()
    for (const what of [{ kind: 'start', payload: `village:${VILLAGE}` } as const, '人工', '我是另一个'])
      await f.say(what, 'u2')
    const heard = await f.say('回复 好的', 'c1')
    expect(heard).toContain(first)
    expect(heard).toContain('不止一位')
    expect(await f.say(`回复 ${first}`, 'c1')).toContain('您要说的话')
  })

  test('settles what was owed; what is said after it is owed again, thanks are not', async () => {
    const f = await asked()
    await f.say('折子掉了')
    await f.say('回复 来补', 'c1')
    const tasks = async () => (await f.rows('Task')).map(({ kind, closedAt }) => [kind, closedAt !== null])
    expect(await tasks()).toEqual([['hand_off', true]])
    await f.say('谢谢')
    expect(await tasks()).toHaveLength(1)
    await f.say('几点来')
    expect(await tasks()).toEqual([
      ['hand_off', true],
      ['hand_off', false],
    ])
    const second = (await f.rows('Task')).find(({ closedAt }) => closedAt === null)?.['number']
    expect(await f.say(`回复 ${String(second)} 九点`, 'c1')).toContain('发给乡亲了')
  })

  test('reaches somebody who wants no messages, because it was asked for', async () => {
    const f = await asked()
    await f.say('折子掉了')
    await f.say('退订')
    f.heard('u1')
    await f.say('回复 来补', 'c1')
    expect(f.heard('u1')).toContain('来补')
  })

  test('on a phone of several people only its number is shown, until the one who asked looks', async () => {
    const f = await desk()
    await f.all([...hardship('吴秀英', '13900001111', '老伴住院'), '1'])
    await f.say('换人')
    await f.all([...hardship('石大山', '13900002222', '摔了'), '1'])
    await f.say('人工')
    await f.say('我腿断了怎么办')
    const number = await f.number()
    await f.pass(HOUR)
    f.heard('u1')
    await f.say('回复 明天送您去县医院', 'c1')
    const heard = f.heard('u1')
    expect(heard).toContain(number)
    expect(heard).not.toContain('县医院')
    await f.say(number)
    await f.say('1')
    expect(await f.say(number)).not.toContain('县医院')
    await f.say('换人')
    await f.say('1')
    expect(await f.say(number)).toContain('县医院')
  })
})

describe('the end', () => {
  test('by the staff: the villager is told, and words are the house’s again', async () => {
    const f = await asked()
    await f.say('折子掉了')
    f.heard('u1')
    expect(await f.say('结束', 'c1')).toContain('结束了')
    expect(f.heard('u1')).toContain('人工已经结束')
    f.heard('c1')
    expect(await f.say('找活干')).toContain('活')
    expect(f.heard('c1')).toBe('')
    expect(await f.say('回复 还有', 'c1')).toContain('没有等您回话')
  })

  test('by silence: once, outside the quiet hours, kindly', async () => {
    const f = await asked()
    await f.say('折子掉了')
    f.now = instant(MONDAY + 12.5 * HOUR)
    await f.say('回复 来补', 'c1')
    f.heard('u1')
    await f.pass(2 * DAY - MINUTE)
    expect(f.heard('u1')).toBe('')
    await f.pass(HOUR)
    expect(f.heard('u1')).toBe('')
    await f.pass(12 * HOUR)
    expect(f.heard('u1')).toContain('先收起来')
    expect((await f.rows('HandOff'))[0]).toMatchObject({ state: 'closed', closedBy: 'silence', openKey: null })
    await f.pass(3 * DAY)
    expect(f.heard('u1')).toBe('')
  })

  test('an answer that is still owed after the silence takes it up again', async () => {
    const f = await asked()
    await f.say('折子掉了')
    await f.pass(2 * DAY + 6 * HOUR)
    expect(f.heard('u1')).toContain('还没有人回')
    expect((await f.rows('Task'))[0]?.['closedAt']).toBeNull()
    expect(await f.say(`回复 ${await f.number()} 对不住，来补`, 'c1')).toContain('发给乡亲了')
    expect(f.heard('u1')).toContain('对不住，来补')
    await f.say('我明天来')
    expect(f.heard('c1')).toContain('我明天来')
  })

  test('nobody is told of a talk in which nothing was said', async () => {
    const f = await asked()
    f.heard('u1')
    await f.pass(3 * DAY)
    expect(f.heard('u1')).toBe('')
    expect(f.heard('c1')).toBe('')
    expect((await f.rows('HandOff'))[0]).toMatchObject({ state: 'closed' })
  })

  test('deleting one’s data deletes what was said', async () => {
    const f = await asked()
    await f.say('折子掉了')
    expect(await f.say('我的资料')).toContain('找人工说过话：1 回')
    await f.say('删除资料')
    await f.say({ kind: 'choice', id: 'erase:yes' })
    expect(await f.rows('HandOffLine')).toEqual([])
    expect((await f.rows('HandOff'))[0]).toMatchObject({ state: 'closed' })
    expect((await f.rows('Task'))[0]).toMatchObject({ outcome: 'dropped' })
  })
})
