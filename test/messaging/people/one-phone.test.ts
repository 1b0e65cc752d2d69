/** A mother, her son and a neighbour on one phone. */
import { describe, expect, test } from 'vitest'
import { DAY, family, hardship, MINUTE, type Family } from './family.ts'

const MOTHER = { name: '吴秀英', phone: '13900001111', story: '老伴在县医院住着' }
const SON = { name: '吴大山', phone: '13900002222', story: '厂里关门了' }

const numberIn = (text: string): string => /\d{11}/.exec(text.replace(/1[3-9]\d{9}/g, ''))?.[0] ?? 'no number'
const report = async (f: Family, who: typeof MOTHER): Promise<string> =>
  numberIn(await f.all([...hardship(who.name, who.phone, who.story), '1']))

const secretsOf = (who: typeof MOTHER, number: string) => [who.name, who.phone, who.phone.slice(-4), who.story, number]
const tells = (heard: string, secrets: readonly string[]) => secrets.filter((secret) => heard.includes(secret))

describe('after a pause', () => {
  test.each(['进度', '我的资料', '家里有难处', '给我一份', '更正 1', '撤回', '删除资料', '12'])(
    '“%s” is answered with the question who speaks, and with nothing else',
    async (said) => {
      const f = await family()
      const number = await report(f, MOTHER)
      await f.pass(31 * MINUTE)
      const heard = await f.say(said)
      expect(heard).toBe('您是吴××吗？\n1. 是\n2. 不是，我是别人')
      expect(tells(heard, secretsOf(MOTHER, number))).toEqual([])
    },
  )

  test('whoever is the same goes on with what was asked; within the pause nobody is asked', async () => {
    const f = await family()
    const number = await report(f, MOTHER)
    await f.pass(29 * MINUTE)
    expect(await f.say('进度')).toContain(number)
    await f.say('没有了')
    await f.pass(31 * MINUTE)
    await f.say('进度')
    expect(await f.say('是我')).toContain(number)
  })

  test.each(['2', '不是', '我是别人', '不是，我是别人'])('“%s”: somebody else sees nothing of hers', async (said) => {
    const f = await family()
    const number = await report(f, MOTHER)
    const secrets = secretsOf(MOTHER, number)
    await f.pass(DAY)
    await f.say('进度')
    const heard: string[] = [await f.say(said)]
    for (const next of ['我的资料', '给我一份', '进度', '菜单', '更正 1']) heard.push(await f.say(next))
    expect(tells(heard.join('\n'), secrets)).toEqual([])
    expect(heard[0]).toContain('您说的只记在您自己名下')
    // Not even by the number alone: the phone's last digits are asked, as from any stranger.
    expect(await f.say(number)).toContain('最后四个数字')
  })

  test('greetings and the menu ask nobody, and go on showing nothing', async () => {
    const f = await family()
    await report(f, MOTHER)
    await f.pass(DAY)
    expect(await f.say('你好')).toContain('1. 家里有难处')
    expect(await f.say('帮助')).not.toContain('您是')
    expect(await f.say('我的资料')).toContain('您是吴××吗？')
  })

  test('what makes no sense is asked again; help from a person and another language are there even then', async () => {
    const f = await family()
    await report(f, MOTHER)
    await f.pass(DAY)
    await f.say('进度')
    expect(await f.say('今天赶场')).toContain('您是吴××吗？')
    expect(await f.say('人工')).toMatch(/村[\s\S]*您是吴××吗/)
    expect(await f.say('English')).toContain('Are you 吴××?')
    expect(await f.say('yes')).toMatch(/\d{11}/)
  })
})

describe('two people', () => {
  const both = async () => {
    const f = await family()
    const mothers = await report(f, MOTHER)
    await f.pass(DAY)
    await f.say('家里有难处')
    await f.say('2')
    const sons = await report(f, SON)
    return { f, mothers, sons }
  }

  test('each has the own matter, told apart by masks that differ', async () => {
    const { f, mothers, sons } = await both()
    expect(mothers).not.toBe(sons)
    await f.pass(DAY)
    const asked = await f.say('进度')
    expect(asked).toContain('现在是哪位在说话？\n1. 吴×英\n2. 吴×山\n3. 都不是，我是别人')
    const heard = await f.say('2')
    expect(heard).toContain(sons)
    expect(tells(heard, secretsOf(MOTHER, mothers))).toEqual([])
    await f.say('没有了')
    await f.say('换人')
    expect(await f.say('1')).not.toContain(sons)
    expect(await f.say('进度')).toContain(mothers)
  })

  test('a name that is said in full says who it is', async () => {
    const { f, mothers } = await both()
    await f.pass(DAY)
    await f.say('进度')
    expect(await f.say('我是吴秀英')).toContain(mothers)
  })

  test('a code that is scanned while it is asked who speaks is not lost', async () => {
    const { f } = await both()
    await f.pass(DAY)
    await f.say('进度')
    expect(await f.say({ kind: 'start', payload: 'village:吉首市/矮寨镇/幸福村' })).toContain('现在是哪位在说话')
    expect(await f.say('3')).toContain('帮幸福村办事')
  })

  test('a third is nobody of them, and is asked everything anew', async () => {
    const { f, mothers, sons } = await both()
    await f.pass(DAY)
    await f.say('我的资料')
    const heard = await f.say('3')
    expect(tells(heard, [...secretsOf(MOTHER, mothers), ...secretsOf(SON, sons)])).toEqual([])
    expect(await f.say('家里有难处')).toContain('同意回 1')
    expect((await f.rows('Profile')).map(({ name }) => name)).toEqual([MOTHER.name, SON.name, null])
  })

  test('deleting takes one’s own things only, and never the record of a matter', async () => {
    const { f, mothers, sons } = await both()
    await f.all(['家里有难处', '4'])
    await f.say('停')
    await f.say('删除资料')
    await f.say('确认删除')
    const profiles = await f.rows('Profile')
    expect(profiles.map(({ name, phone }) => [name, phone])).toEqual([
      [MOTHER.name, MOTHER.phone],
      [null, null],
    ])
    expect((await f.rows('Case')).map(({ number }) => number)).toEqual([mothers, sons])
    expect(await f.rows('CaseEvent')).not.toEqual([])
    expect((await f.rows('Submission')).map(({ matter }) => matter)).toEqual([mothers, sons])
    expect((await f.rows('Conversation')).map(({ phase }) => phase)).not.toContain('draft')
    expect((await f.rows('AuditEntry')).map(({ action }) => action)).toContain('erase')
    expect((await f.rows('Consent')).map(({ withdrawnAt }) => withdrawnAt)).toEqual([null, f.now])
    await f.pass(DAY)
    expect(await f.say('进度')).toContain('您是吴××吗？')
    expect(await f.say('1')).toContain(mothers)
  })
})

describe('drafts', () => {
  const half = hardship(MOTHER.name, MOTHER.phone, MOTHER.story).slice(0, 6)

  test('an answer after a pause waits until the speaker is known, and is taken then', async () => {
    const f = await family()
    await f.all(half)
    await f.pass(2 * 60 * MINUTE)
    const heard = await f.say('家里有人生病')
    expect(heard).toBe('您是吴××吗？\n1. 是\n2. 不是，我是别人')
    expect(await f.say('1')).toContain('等不得的急事')
    expect((await f.rows('Answer')).map(({ question }) => question)).toContain('causes')
  })

  test('somebody else’s answer is not taken for hers, and her report waits for her', async () => {
    const f = await family()
    await f.all(half)
    await f.pass(2 * 60 * MINUTE)
    await f.say('3')
    const menu = await f.say('2')
    expect(menu).toContain('1. 家里有难处')
    expect(menu).not.toContain('先给您放着')
    expect(await f.say('家里有难处')).toContain('同意回 1')
    await f.say('停')
    await f.say('换人')
    expect(await f.say('1')).toContain('上回您说到一半')
    expect(await f.say('1')).toContain('难处')
  })

  test('the nudge names nobody and shows no answer, not even at the review', async () => {
    const f = await family()
    await f.all(hardship(MOTHER.name, MOTHER.phone, MOTHER.story))
    const before = f.sent.length
    await f.pass(DAY)
    const heard = f.sent
      .slice(before)
      .map(({ text }) => text)
      .join('\n')
    expect(heard).toContain('您刚才说到一半')
    expect(tells(heard, [MOTHER.name, MOTHER.phone, MOTHER.story])).toEqual([])
  })

  test('换人 in the middle keeps the report for the one who began it', async () => {
    const f = await family()
    await f.all(half)
    const heard = await f.say('换人')
    expect(heard).toContain('您说的只记在您自己名下')
    expect(tells(heard, [MOTHER.name, MOTHER.phone])).toEqual([])
    await f.all(['家里有难处', '1', '阳孟村', SON.name])
    await f.say('换人')
    expect(await f.say('1')).toContain('上回您说到一半')
  })
})
