/** One person, several accounts: everything is shared after binding, and messages go where that one was heard last. */
import { describe, expect, test } from 'vitest'
import { importText } from '../../cli/import-run.ts'
import { sortableIds } from '../../../src/base/ids.ts'
import { seededRandom } from '../../../src/base/random.ts'
import { DAY, family, hardship, MINUTE, MONDAY, type Family } from './family.ts'

const OTHER = 'b1'
const HOUR = 60 * MINUTE
const codeIn = (heard: string): string => /\d{4} \d{4}/.exec(heard)?.[0] ?? `no code in ${heard}`

/** A report by 吴秀英 on the phone u1. */
async function withMatter(): Promise<{ f: Family; number: string }> {
  const f = await family()
  const heard = await f.all([...hardship('吴秀英', '13900001111', '老伴住院'), '1'])
  return { f, number: /\d{11}/.exec(heard)?.[0] ?? 'no number' }
}

/** And her account b1 on the web page is joined to it. */
async function linked(): Promise<{ f: Family; number: string }> {
  const { f, number } = await withMatter()
  const heard = await f.say(`两边都用 ${codeIn(await f.say('两边都用'))}`, OTHER, 'web')
  expect(heard).toContain('两个号算您一个人的了')
  return { f, number }
}

const last = (f: Family) => f.sent.at(-1)

describe('after the code', () => {
  test('matters, drafts and what is known are the same on both; the first account is told', async () => {
    const { f, number } = await withMatter()
    await f.all(['找活干', '40'])
    await f.say('菜单')
    const code = codeIn(await f.say('两边都用'))
    expect(await f.say('我也用微信', OTHER, 'web')).toContain('在您用过的那个号上')
    const before = f.sent.length
    expect(await f.say(code, OTHER, 'web')).toContain('算您一个人的了')
    expect(f.sent.slice(before).find(({ chat }) => chat === 'u1')?.text).toContain('又有一个号')
    expect(await f.say('进度', OTHER, 'web')).toContain(number)
    await f.say('停', OTHER, 'web')
    expect(await f.say('接着说', OTHER, 'web')).toContain('上回您说到一半')
    await f.say('接着填', OTHER, 'web')
    await f.say('停', OTHER, 'web')
    // And back on the first one.
    expect(await f.say('接着说')).toContain('上回您说到一半')
    expect(await f.say('我的资料', OTHER, 'web')).toMatch(/吴秀英[\s\S]*在办的事：1 件/)
    const accounts = await f.rows('ChatIdentity')
    const id = (user: string) => accounts.find((row) => row['user'] === user)?.['id']
    expect(accounts.find((row) => row['user'] === OTHER)?.['sameAsId']).toBe(id('u1'))
    expect((await f.rows('Profile')).map(({ identityId }) => identityId)).toEqual([id('u1')])
    expect((await f.rows('AuditEntry')).map(({ action }) => action)).toEqual(['link_code', 'linked'])
  })

  test('a report from the other account joins the matter that is open', async () => {
    const { f, number } = await linked()
    const report = ['家里有难处', '3', '家里有人生病', '没有', '1', '3500', '200', '又住院了', '没有', '1']
    let heard = ''
    for (const what of report) heard = await f.say(what, OTHER, 'web')
    expect(heard).toContain(number)
    expect(await f.rows('Case')).toHaveLength(1)
  })

  test('a talk with a person goes on from either', async () => {
    const { f } = await linked()
    await f.say('人工')
    await f.say('在吗')
    await f.pass(10 * MINUTE)
    const before = f.sent.length
    await f.say('换到电脑上说', OTHER, 'web')
    expect(f.sent.slice(before).find(({ chat }) => chat === 'c1')?.text).toContain('换到电脑上说')
    await f.say('回复 好，您说', 'c1')
    expect(last(f)).toMatchObject({ channel: 'web', chat: OTHER })
    expect(last(f)?.text).toContain('好，您说')
  })

  test('what was told on the other account before is carried over', async () => {
    const { f, number } = await withMatter()
    for (const what of ['家里有难处', '1', '阳孟村', '吴秀英']) await f.say(what, OTHER, 'web')
    const code = codeIn(await f.say('两边都用'))
    await f.say(`两边都用 ${code}`, OTHER, 'web')
    const accounts = await f.rows('ChatIdentity')
    const first = accounts.find((row) => row['user'] === 'u1')?.['id']
    expect(await f.rows('Profile')).toHaveLength(1)
    const drafts = (await f.rows('Conversation')).filter(({ phase }) => phase === 'draft')
    expect(drafts.length).toBeGreaterThan(0)
    expect(new Set(drafts.map(({ identityId }) => identityId))).toEqual(new Set([first]))
    expect(await f.say('进度', OTHER, 'web')).toContain(number)
  })

  test('a third account, and two pairs that become one: all are of the first', async () => {
    const { f, number } = await linked()
    await f.say(`两边都用 ${codeIn(await f.say('两边都用', OTHER, 'web'))}`, 'b2', 'web')
    expect(await f.say('进度', 'b2', 'web')).toContain(number)
    // Another pair of the same name, joined to these by its first account.
    const other = ['家里有难处', '1', '阳孟村', '吴秀英', '13900001111']
    for (const what of other) await f.say(what, 'd1')
    await f.say(`两边都用 ${codeIn(await f.say('两边都用', 'd1'))}`, 'd2', 'web')
    await f.say(`两边都用 ${codeIn(await f.say('两边都用'))}`, 'd1')
    const accounts = await f.rows('ChatIdentity')
    const first = accounts.find(({ user }) => user === 'u1')?.['id']
    const joined = accounts.filter(({ sameAsId }) => sameAsId === first).map(({ user }) => user)
    expect(joined.sort()).toEqual(['b1', 'b2', 'd1', 'd2'])
    expect(await f.say('我的资料', 'd2', 'web')).toContain('吴秀英')
    expect(await f.say('两边都用', 'd2', 'web')).toContain('两边都用的数字')
    const again = codeIn(await f.say('两边都用', 'd2', 'web'))
    expect(await f.say(`两边都用 ${again}`, 'd1')).toContain('已经算您一个人的了')
  })

  test('of somebody with another name it is asked who speaks', async () => {
    const { f } = await withMatter()
    const other = [...hardship('石大山', '13900002222', '摔了'), '1']
    for (const what of other) await f.say(what, OTHER)
    const code = codeIn(await f.say('两边都用'))
    expect(await f.say(`两边都用 ${code}`, OTHER)).toMatch(/吴××[\s\S]*石××/)
    expect(await f.rows('Profile')).toHaveLength(2)
    await f.say('2', OTHER)
    expect(await f.say('我的资料', OTHER)).toContain('石大山')
    // A family: whoever has the other phone can say so too.
    await f.say('换人')
    await f.say('是')
    expect(await f.say('我的资料')).toContain('石大山')
  })
})

describe('a code that is not right', () => {
  test('unknown, used, expired, and the one for another phone: one sentence', async () => {
    const { f } = await withMatter()
    const wrong = '这串数字不对，或者过时了'
    const old = codeIn(await f.say('两边都用'))
    await f.pass(11 * MINUTE)
    for (const code of ['11112222', old, codeIn(await f.say('换手机'))])
      expect(await f.say(`两边都用 ${code}`, OTHER)).toContain(wrong)
    expect((await f.rows('ChatIdentity')).every(({ sameAsId }) => sameAsId === null)).toBe(true)
    const good = codeIn(await f.say('两边都用'))
    await f.say(`两边都用 ${good}`, OTHER)
    expect(await f.say(`两边都用 ${good}`, 'u3')).toContain(wrong)
    // No good as the other kind either.
    expect(await f.say(`换手机 ${codeIn(await f.say('两边都用'))}`, 'u4')).toContain(wrong)
  })

  test('five wrong ones a day are enough', async () => {
    const { f } = await withMatter()
    for (let count = 0; count < 5; count++) await f.say(`两边都用 1234567${count}`, OTHER)
    const code = codeIn(await f.say('两边都用'))
    expect(await f.say(`两边都用 ${code}`, OTHER)).toContain('试的次数多了')
  })

  test('an account that others of the family speak from too is not carried away', async () => {
    const { f } = await withMatter()
    for (const what of [...hardship('石大山', '13900002222', '摔了'), '1', '换人']) await f.say(what, OTHER)
    for (const what of [...hardship('麻老五', '13900003333', '病了'), '1']) await f.say(what, OTHER)
    const code = codeIn(await f.say('两边都用'))
    expect(await f.say(`两边都用 ${code}`, OTHER)).toContain('还有别人办的事')
    expect((await f.rows('ChatIdentity')).every(({ sameAsId }) => sameAsId === null)).toBe(true)
  })

  test('staff bind with a code of their own', async () => {
    const { f } = await withMatter()
    expect(await f.say('两边都用', 'c1')).toContain('工作人员')
  })
})

describe('a message to the person', () => {
  const answered = async (f: Family) => {
    await f.say('回复 好', 'c1')
    return `${last(f)?.channel} ${last(f)?.chat}`
  }

  test('goes to the account heard last, and not to one whose window has closed', async () => {
    const { f } = await withMatter()
    await f.say(`两边都用 ${codeIn(await f.say('两边都用'))}`, OTHER, 'wechat')
    await f.say('人工', OTHER, 'wechat')
    await f.say('在吗', OTHER, 'wechat')
    expect(await answered(f)).toBe(`wechat ${OTHER}`)
    await f.pass(10 * MINUTE)
    await f.say('这边说')
    expect(await answered(f)).toBe('pipe u1')
    await f.pass(10 * MINUTE)
    await f.say('那边说', OTHER, 'wechat')
    expect(await answered(f)).toBe(`wechat ${OTHER}`)
    await f.pass(2 * DAY - HOUR)
    await f.pass(2 * HOUR)
    await f.say(`回复 ${String((await f.rows('HandOff'))[0]?.['number'])} 还在吗`, 'c1')
    expect(`${last(f)?.channel} ${last(f)?.chat}`).toBe('pipe u1')
  })

  test('退订 on either ends messages to both, 订阅 brings them back', async () => {
    const { f } = await linked()
    await f.say('退订', OTHER, 'web')
    const muted = async () => (await f.rows('ChatIdentity')).find(({ user }) => user === 'u1')?.['mutedAt']
    expect(await muted()).not.toBeNull()
    await f.say('订阅')
    expect(await muted()).toBeNull()
    await f.say('退订')
    await f.say('订阅', OTHER, 'web')
    expect(await muted()).toBeNull()
  })
})

describe('what is deleted or parted', () => {
  test('删除资料 on one acts on the person: the other knows nothing any more', async () => {
    const { f, number } = await linked()
    await f.say('删除资料', OTHER, 'web')
    await f.say({ kind: 'choice', id: 'erase:yes' }, OTHER, 'web')
    expect(await f.say('我的资料')).not.toContain('吴秀英')
    expect(await f.say('我的资料')).not.toContain(number)
  })

  test('两边分开 on the second: it begins anew, and everything stays with the first', async () => {
    const { f, number } = await linked()
    await f.all(['找活干', '40'], 'u1')
    expect(await f.say('解除绑定', OTHER, 'web')).toContain('分开了')
    expect(await f.say('我的资料', OTHER, 'web')).toContain('还没有您的资料')
    expect(await f.say('进度', OTHER, 'web')).not.toContain(number)
    await f.say('停')
    expect(await f.say('进度')).toContain(number)
  })

  test('on the first: the others are parted, and what was open there goes on here', async () => {
    const { f, number } = await linked()
    await f.say('找活干', OTHER, 'web')
    await f.say('40', OTHER, 'web')
    expect(await f.say('两边分开')).toContain('另外 1 个号')
    expect(await f.say('进度', OTHER, 'web')).not.toContain(number)
    expect(await f.say('接着说')).toContain('上回您说到一半')
    expect(await f.say('两边分开')).toContain('没有跟别的号')
  })

  test('a phone of several people: who speaks is asked on the other account too, after a pause', async () => {
    const { f } = await withMatter()
    await f.say('换人')
    await f.all([...hardship('石大山', '13900002222', '摔了'), '1'])
    const code = await f.say('两边都用')
    expect(code).toContain('家里别人的事')
    await f.say(`两边都用 ${codeIn(code)}`, OTHER, 'web')
    expect(await f.say('我的资料', OTHER, 'web')).toContain('石大山')
    await f.pass(HOUR)
    const heard = await f.say('进度', OTHER, 'web')
    expect(heard).toContain('哪位在说话')
    expect(heard).not.toContain('石大山')
    await f.say('1', OTHER, 'web')
    expect(await f.say('我的资料', OTHER, 'web')).toContain('吴秀英')
  })
})

describe('staff', () => {
  test('with several accounts are written to where they were heard last', async () => {
    const f = await family()
    const clock = { now: () => MONDAY }
    const tables = { imports: f.storage.reads.imports, writer: f.storage.writer }
    const ids = sortableIds(clock, seededRandom(9))
    await importText(
      tables,
      'staff',
      'name,phone,role,territory,channel,user\n石建国,13800000001,village_staff,吉首市/矮寨镇/阳孟村,web,w1\n',
      { clock, ids },
    )
    await f.say({ kind: 'start', payload: 'village:吉首市/矮寨镇/阳孟村' })
    await f.say('人工')
    const to = async (words: string) => {
      const before = f.sent.length
      await f.say(words)
      return f.sent.slice(before).map(({ channel, chat }) => `${channel} ${chat}`)
    }
    await f.say('待办', 'c1')
    expect(await to('在吗')).toContain('pipe c1')
    await f.pass(10 * MINUTE)
    await f.say('待办', 'w1', 'web')
    expect(await to('还在吗')).toEqual(['web w1'])
    await f.pass(10 * MINUTE)
    await f.say('待办', 'c1')
    expect(await to('再问一下')).toEqual(['pipe c1'])
  })

  test('of the same name, from another account: nothing is obeyed, in private or in the group', async () => {
    const f = await family()
    await f.say({ kind: 'start', payload: 'village:吉首市/矮寨镇/阳孟村' })
    await f.say('人工')
    await f.say('折子掉了')
    const [talk] = await f.rows('HandOff')
    // Another account says to be him: a profile with his name, in the chat and in the group.
    await f.all([...hardship('石建国', '13800000001', '我是村干部'), '1'], 'fake')
    const before = f.sent.length
    await f.say(`回复 ${String(talk?.['number'])} 把钱转给我`, 'fake')
    await f.inGroup('g1', 'fake', `回复 ${String(talk?.['number'])} 把钱转给我`)
    await f.say(String(talk?.['number']), 'fake')
    const heard = f.sent.slice(before)
    expect(heard.some(({ chat }) => chat === 'u1')).toBe(false)
    expect(heard.map(({ text }) => text).join('\n')).not.toContain('折子')
    expect((await f.rows('HandOffLine')).map(({ side }) => side)).toEqual(['villager'])
  })
})
