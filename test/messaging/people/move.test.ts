/** A code on the old phone takes profiles, drafts and matters over to the new one. */
import { describe, expect, test } from 'vitest'
import { DAY, family, hardship, MINUTE, type Family } from './family.ts'

const NEW = 'b1'
const codeIn = (heard: string): string => /\d{4} \d{4}/.exec(heard)?.[0] ?? `no code in ${heard}`

async function withMatter(): Promise<{ f: Family; number: string }> {
  const f = await family()
  const heard = await f.all([...hardship('吴秀英', '13900001111', '老伴住院'), '1'])
  return { f, number: /\d{11}/.exec(heard)?.[0] ?? 'no number' }
}

describe('the right code', () => {
  test('brings everything over, once it is said who speaks; the old phone is told and has nothing any more', async () => {
    const { f, number } = await withMatter()
    await f.all(['找活干', '40'])
    await f.say('菜单')
    const code = codeIn(await f.say('换手机'))
    expect(await f.say('换手机', NEW, 'web')).toContain('在老手机的聊天里')
    const before = f.sent.length
    const heard = await f.say(code, NEW, 'web')
    expect(heard).toContain('换过来了')
    expect(heard).toContain('您是吴××吗？')
    expect(heard).not.toContain(number)
    expect(f.sent.slice(before).find(({ chat }) => chat === 'u1')?.text).toContain('已经转到另一个手机上')
    expect(await f.say('是', NEW, 'web')).toContain('上回您说到一半')
    await f.say('菜单', NEW, 'web')
    expect(await f.say('进度', NEW, 'web')).toContain(number)
    expect(await f.say('我的资料')).toContain('还没有您的资料')
    expect(await f.say('进度')).not.toContain(number)
    const account = async (user: string) => (await f.rows('ChatIdentity')).find((row) => row['user'] === user)?.['id']
    const [old, young] = [await account('u1'), await account(NEW)]
    expect((await f.rows('Profile')).map(({ identityId }) => identityId)).toEqual([young])
    expect((await f.rows('Case')).map(({ identityId }) => identityId)).toEqual([young])
    expect((await f.rows('AuditEntry')).map(({ action, subject }) => [action, subject])).toEqual([
      ['move_code', old],
      ['moved', old],
    ])
  })

  test('a report from the new phone joins the matter that is open', async () => {
    const { f, number } = await withMatter()
    await f.say(codeIn(await f.say('换手机')), NEW)
    await f.say('1', NEW)
    const heard = await f.all(
      ['家里有难处', '3', '家里有人生病', '没有', '1', '3500', '200', '又住院了', '没有', '1'],
      NEW,
    )
    expect(heard).toContain(number)
    expect(await f.rows('Case')).toHaveLength(1)
  })

  test('it is nowhere to be read: hashed in its table, sealed in what was sent', async () => {
    const { f } = await withMatter()
    const code = codeIn(await f.say('换手机')).replace(' ', '')
    expect(JSON.stringify(await f.rows('MoveCode'))).not.toContain(code)
    expect(code).toMatch(/^\d{8}$/)
  })
})

describe('a code that is not right', () => {
  const wrong = '这串数字不对，或者过时了'

  test.each([
    ['unknown', async () => '11112222'],
    ['expired', async (f: Family, code: string) => (await f.pass(11 * MINUTE), code)],
    ['used', async (f: Family, code: string) => (await f.say(code, 'other'), code)],
    ['replaced', async (f: Family, code: string) => (await f.say('换手机'), code)],
  ])('%s: the same sentence for all, and nothing moves', async (what, make) => {
    const { f } = await withMatter()
    const code = await make(f, codeIn(await f.say('换手机')))
    const owner = (await f.rows('Profile'))[0]?.['identityId']
    await f.say('换手机', NEW)
    expect(await f.say(code, NEW)).toContain(wrong)
    if (what !== 'used') expect((await f.rows('Profile'))[0]?.['identityId']).toBe(owner)
  })

  test('five wrong ones a day are enough: then even the right one is not looked at', async () => {
    const { f } = await withMatter()
    await f.say('换手机', NEW)
    for (let count = 0; count < 5; count++) expect(await f.say(`1234567${count}`, NEW)).toContain(wrong)
    const code = codeIn(await f.say('换手机'))
    expect(await f.say(`换手机 ${code}`, NEW)).toContain('试的次数多了')
    expect((await f.rows('MoveCode')).filter(({ usedAt }) => usedAt !== null)).toEqual([])
    await f.pass(DAY + MINUTE)
    await f.say('换手机')
    expect(await f.say(`换手机 ${codeIn(await f.say('1'))}`, NEW)).toContain('换过来了')
  })

  test('somebody else on the phone takes along what is theirs, and nobody else’s', async () => {
    const { f, number } = await withMatter()
    await f.all(['换人', '找活干', '1', '阳孟村', '麻老五', '13900003333'])
    await f.say('停')
    const heard = await f.say('换手机')
    expect(heard).toContain('带走的只是您自己名下的')
    await f.say(codeIn(heard), NEW)
    await f.say('1', NEW)
    expect(await f.say('我的资料', NEW)).toContain('麻老五')
    expect(await f.say('进度', NEW)).not.toContain(number)
    await f.pass(DAY)
    expect(await f.say('进度')).toContain('您是吴××吗？')
    expect(await f.say('1')).toContain(number)
  })

  test('many accounts together are stopped too', async () => {
    const { f } = await withMatter()
    for (let phone = 0; phone < 10; phone++)
      for (let count = 0; count < 5; count++) await f.say(`换手机 1${phone}34567${count}`, `thief${phone}`)
    const code = codeIn(await f.say('换手机'))
    expect(await f.say(`换手机 ${code}`, 'thief99')).toContain('试的次数多了')
  })

  test('whoever has the phone must say who it is before a code is given', async () => {
    const { f } = await withMatter()
    await f.pass(DAY)
    expect(await f.say('换手机')).toContain('您是吴××吗？')
    await f.say('2')
    expect(await f.rows('MoveCode')).toEqual([])
  })

  test('eight digits in the middle of a flow are an answer', async () => {
    const { f } = await withMatter()
    await f.all(['家里有难处', '1', '阳孟村', '麻老五', '13900003333'], NEW)
    await f.say('12345678', NEW)
    expect(await f.rows('MoveTry')).toEqual([])
  })
})
