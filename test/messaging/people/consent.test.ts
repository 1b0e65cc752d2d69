import { describe, expect, test } from 'vitest'
import { DEFAULT_PEOPLE } from '../../../src/messaging/speaker/policy.ts'
import { definitions } from '../../cli/house.ts'
import { DAY, family, hardship } from './family.ts'

/** The same policy with another version of the consent. */
const raised = {
  ...definitions,
  policies: new Map([
    ...definitions.policies,
    [
      'people',
      {
        ...(definitions.policies.get('people') as { file: string; yaml: string; digest: string }),
        yaml: definitions.policies.get('people')?.yaml.replace("version: '1'", "version: '2'") ?? '',
      },
    ],
  ]),
}

describe('consent', () => {
  test('is stored the moment it is given: who, what, version, when', async () => {
    const f = await family()
    const asked = await f.say('家里有难处')
    for (const words of ['给村里、镇里帮您办事的人看', '随时能看、能改、能收回', '同意回 1，不同意回 2', '细看'])
      expect(asked).toContain(words)
    expect(await f.rows('Consent')).toEqual([])
    await f.say('1')
    const [profile] = await f.rows('Profile')
    expect(await f.rows('Consent')).toMatchObject([
      {
        profileId: profile?.['id'],
        purpose: 'general',
        flow: 'hardship_report',
        version: '1',
        givenAt: f.now,
        withdrawnAt: null,
      },
    ])
    expect(profile).toMatchObject({ consentVersion: '1', consentAt: f.now, name: null })
    expect(DEFAULT_PEOPLE.consentVersion).toBe('1')
  })

  test('“细看” shows the whole notice, and the question is still open', async () => {
    const f = await family()
    await f.say('家里有难处')
    const full = await f.say('细看')
    for (const words of ['谁在记', '为什么记', '谁能看', '存多久', '您的权利']) expect(full).toContain(words)
    expect(await f.say('1')).toContain('哪个村')
  })

  test('refused: nothing that was said is stored, and the village’s phone is told', async () => {
    const f = await family()
    await f.say({ kind: 'start', payload: 'village:吉首市/矮寨镇/阳孟村' })
    await f.say('家里有难处')
    const heard = await f.say('不同意')
    expect(heard).toContain('不要紧，您可以打村里的电话')
    expect(heard).toContain('07438520001')
    for (const table of ['Answer', 'Profile', 'Consent', 'Submission', 'Case'] as const)
      expect(await f.rows(table)).toEqual([])
    expect(await f.rows('Conversation')).toMatchObject([{ phase: 'ended', openKey: null, state: { more: {} } }])
    expect(await f.say('我的资料')).not.toContain('不同意')
  })

  test('a version that rises asks everybody again, and both are kept', async () => {
    const f = await family()
    await f.all([...hardship('吴秀英', '13900001111', '老伴住院'), '1'])
    expect(await f.say('找活干')).not.toContain('同意回 1')
    await f.say('停')
    const later = await family({ given: f.storage, definitions: raised })
    later.now = f.now
    expect(await later.say({ kind: 'text', text: '找活干' })).toContain('同意回 1')
    await later.say('1')
    expect((await later.rows('Consent')).map(({ version, flow }) => [version, flow]).sort()).toEqual([
      ['1', 'hardship_report'],
      ['2', 'job_seek'],
    ])
    expect(await later.rows('Profile')).toMatchObject([{ consentVersion: '2', name: '吴秀英' }])
  })

  test('taken back: noted with its time, asked again before the next matter; what was handed in stays', async () => {
    const f = await family()
    await f.all([...hardship('吴秀英', '13900001111', '老伴住院'), '1'])
    expect(await f.say('撤回')).toContain('1. 收回同意')
    expect(await f.say('1')).toContain('收回了')
    expect(await f.rows('Consent')).toMatchObject([{ withdrawnAt: f.now }])
    expect(await f.rows('Case')).toHaveLength(1)
    expect(await f.rows('AuditEntry')).toMatchObject([{ action: 'consent_withdrawn' }])
    expect(await f.say('找活干')).toContain('同意回 1')
    await f.say('1')
    expect((await f.rows('Consent')).map(({ withdrawnAt }) => withdrawnAt)).toEqual([f.now, null])
  })

  test('a matter is taken back by the same word', async () => {
    const f = await family()
    await f.all([...hardship('吴秀英', '13900001111', '老伴住院'), '1'])
    expect(await f.all(['撤回', '2'])).toContain('还要办什么')
    await f.all(['不办了', '是'])
    expect(await f.rows('Case')).toMatchObject([{ stage: 'withdrawn' }])
    await f.say('撤回')
    expect(await f.say('3')).toContain('都照旧')
  })

  test('where one asks how far a matter is, the word means that matter', async () => {
    const f = await family()
    await f.all([...hardship('吴秀英', '13900001111', '老伴住院'), '1', '进度'])
    expect(await f.say('撤回')).toContain('真的不办')
  })

  test('a consent of its own (illness) is a row of its own, and so is a guardian’s', async () => {
    const f = await family()
    await f.all(['看病花钱的事', '1', '阳孟村', '吴秀英', '13900001111'])
    for (let turn = 0; turn < 12 && (await f.rows('Consent')).length < 2; turn++) await f.say('1')
    expect((await f.rows('Consent')).map(({ purpose, version }) => [purpose, version])).toEqual([
      ['general', '1'],
      ['consent_health', '1'],
    ])
  })

  test('whoever speaks for another agrees before anything of their own is known', async () => {
    const f = await family()
    await f.all(['帮别人说', '1', '吴大山'])
    expect(await f.rows('Consent')).toMatchObject([{ purpose: 'proxy_consent', flow: 'proxy_report' }])
    expect(await f.rows('Profile')).toMatchObject([{ name: '吴大山', consentVersion: null }])
  })
})

describe('my data', () => {
  test('says in the middle of the first flow what was told so far', async () => {
    const f = await family()
    await f.all(['家里有难处', '1', '阳孟村', '吴秀英'])
    const heard = await f.say('我的资料')
    expect(heard).toContain('1. 称呼：吴秀英\n2. 村：吉首市/矮寨镇/阳孟村\n3. 电话：没说过')
    expect(heard).toContain('同意登记')
    expect(heard).toContain('打哪个电话能找到您')
  })

  test('is masked, whole in a copy, and corrected line by line', async () => {
    const f = await family()
    await f.all([...hardship('吴秀英', '13900001111', '老伴住院'), '1'])
    expect(await f.say('我的资料')).toContain('3. 电话：139****1111')
    const copy = await f.say('给我一份')
    expect(copy).toContain('13900001111')
    expect(copy).toMatch(/\d{11} 号（家里有难处）/)
    expect(copy).toContain('同意：登记')
    expect(await f.say('更正 3')).toContain('电话改成多少')
    expect(await f.say('我儿子的 138 1234 5678')).toContain('改好了')
    expect(await f.rows('Profile')).toMatchObject([{ phone: '13812345678', phoneOf: '儿子' }])
    expect(await f.say('我的资料')).toContain('138****5678（儿子的）')
    await f.all(['更正1', '吴秀莲'])
    await f.all(['更正 2', '幸福村'])
    expect(await f.say('我的资料')).toContain('1. 称呼：吴秀莲\n2. 村：吉首市/矮寨镇/幸福村')
    expect(await f.say('更正 9')).toContain('没有第 9 行')
    expect((await f.rows('AuditEntry')).map(({ detail }) => detail)).toEqual([
      { field: 'phone' },
      { field: 'name' },
      { field: 'village' },
    ])
  })

  test('a relative’s phone is a relative’s from the start', async () => {
    const f = await family()
    const told = hardship('吴秀英', '我女儿的 13812345678', '老伴住院')
    await f.all(told)
    expect(await f.rows('Profile')).toMatchObject([{ phone: '13812345678', phoneOf: '女儿' }])
    await f.say('1')
    await f.pass(DAY)
    expect(f.sent.map(({ chat, text }) => `${chat} ${text}`).join('\n')).toMatch(/c1 .*[\s\S]*13812345678（女儿的）/)
  })

  test('every word is listed by help', async () => {
    const f = await family()
    for (const help of [await f.say('帮助'), await f.all(['找活干', '帮助'])])
      for (const word of ['我的资料', '更正', '撤回', '删除资料', '给我一份', '换人', '换手机'])
        expect(help).toContain(word)
  })
})

describe('how far it is', () => {
  test('outsiders hear the same of a number that is real and of one that is not', async () => {
    const f = await family()
    const number = /\d{11}/.exec(await f.all([...hardship('吴秀英', '13900001111', '老伴住院'), '1']))?.[0] ?? ''
    const unreal = '26112300021'
    const ask = async (said: string, phone: string) => [
      await f.say('进度', phone),
      await f.say(said, phone),
      await f.say('9999', phone),
    ]
    const real = await ask(number, 'o1')
    expect(await ask(unreal, 'o2')).toEqual(real)
    expect(real.join('\n')).not.toContain(number)
    const alone = async (said: string, phone: string) => [await f.say(said, phone), await f.say('9999', phone)]
    expect(await alone(unreal, 'o4')).toEqual(await alone(number, 'o3'))
  })

  test('urging is once a day, and says what is so', async () => {
    const f = await family()
    await f.all([...hardship('吴秀英', '13900001111', '老伴住院'), '1'])
    const urge = async () => {
      await f.say('进度')
      return f.say('帮我催一催')
    }
    const before = f.sent.length
    expect(await urge()).toContain('已经告诉石建国您在催了')
    expect(f.sent.slice(before).filter(({ chat }) => chat === 'c1')).toHaveLength(1)
    expect(await urge()).toContain('今天已经替您催过石建国了')
    expect(f.sent.slice(before).filter(({ chat, text }) => chat === 'c1' && text.includes('来催'))).toHaveLength(1)
    expect((await f.rows('CaseEvent')).filter(({ what }) => what === 'urged')).toHaveLength(1)
    await f.pass(DAY)
    await f.say('进度')
    await f.say('1')
    expect(await f.say('帮我催一催')).toContain('已经告诉石建国')
  })
})
