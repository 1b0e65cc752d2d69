/** What staff type about water, houses, unsold produce and complaints; in groups; from accounts that may not. */
import { describe, expect, it } from 'vitest'
import { stageWordsCommand } from '../../../src/messaging/commands/stage-words.ts'
import { matterViewCommand } from '../../../src/messaging/commands/matter-view.ts'
import { timelineCommand } from '../../../src/messaging/commands/timeline.ts'
import type { HandlerResult, Speaker } from '../../../src/messaging/handlers.ts'
import { reportCase } from '../../../src/messaging/report-case.ts'
import { peopled, staffSpeaker, TEXT, villager, ZONE, type County } from '../../reminders/county.ts'

const SHI = staffSpeaker('s1', '石建国', 'village_staff', 'v', '吉首市/矮寨镇/阳孟村')
const LONG = staffSpeaker('s2', '龙玉梅', 'village_staff', 'w', '吉首市/矮寨镇/排吼村')
const PENG = staffSpeaker('s4', '彭秀英', 'county_officer', 'c', '吉首市')
const XIANG = staffSpeaker('s3', '向东升', 'township_reviewer', 't', '吉首市/矮寨镇')

async function opened(made: County, kind: string, name: string): Promise<string> {
  const report = {
    kind,
    urgency: 'normal',
    source: 'self',
    territoryId: 'v',
    identityId: `id-${name}`,
    profileId: null,
    householdId: null,
    personName: name,
    submissionId: made.ids.next(),
    alarm: null,
    actor: { kind: 'villager', id: `id-${name}` },
  } as const
  const told = { name, phone: null, causes: null, what: { key: 'cases:staff.what_urgent' } }
  const { decision } = await reportCase(made.casework, report, told, made.now(), ZONE, made.ids)
  await made.commit(decision.changes)
  return decision.matter.number
}

async function type(made: County, speaker: Speaker, text: string, more: { group?: boolean; choice?: string } = {}) {
  const { group = false, choice = null } = more
  const context = { text, choice, group, chat: 'x', speaker, at: made.now(), zone: ZONE, ids: made.ids }
  const { casework } = made
  const commands = [matterViewCommand(casework), timelineCommand(casework, TEXT), stageWordsCommand(casework, [], TEXT)]
  for (const command of commands) {
    const result = await command(context)
    if (result) return made.adopt(result)
  }
  return null
}

const words = (result: HandlerResult | null): string =>
  result?.say.map((say) => TEXT.say(say.text as Parameters<typeof TEXT.say>[0], 'zh-CN')).join('\n') ?? ''
const say = async (made: County, speaker: Speaker, text: string, more?: { group?: boolean; choice?: string }) =>
  words(await type(made, speaker, text, more))
const matter = (made: County, number: string) => made.reads.cases.caseByNumber(number)

describe('water', () => {
  it('hard gives it a month, with the reason on its timeline', async () => {
    const made = await peopled('2026-11-23T09:00')
    const number = await opened(made, 'water', '吴阿妹')
    await say(made, SHI, `受理 ${number}`)
    expect(await say(made, SHI, `办理中 ${number}`)).toContain('办理中')
    expect(await say(made, SHI, `难办 ${number}`)).toContain('要说明原因')
    expect(await say(made, SHI, `${number} 难办：管子要重铺`)).toContain('12月23日')
    expect(await matter(made, number)).toMatchObject({ hard: true, decideBy: '2026-12-23', stageDueOn: '2026-12-23' })
    expect(await say(made, SHI, `难办 ${number} 再说一次`)).toContain('早就记为难办')
    expect(await say(made, SHI, `办结 ${number}`)).toContain('要说明原因')
    expect(await say(made, SHI, `办结 ${number} 水管换好了`)).toContain('等群众说一声')
    const timeline = await say(made, SHI, `经过 ${number}`)
    expect(timeline).toContain('石建国：记为难办（管子要重铺）')
    expect(timeline).toContain('原因（水管换好了）')
  })
})

describe('a house', () => {
  it('ends with a remedy that has happened', async () => {
    const made = await peopled('2026-11-23T09:00')
    const number = await opened(made, 'housing', '吴阿妹')
    await say(made, SHI, `受理 ${number}`)
    await say(made, SHI, `办理中 ${number}`)
    expect(await say(made, SHI, `办结 ${number} 看过了没事`)).toContain('修好、重建还是搬走')
    expect(await say(made, SHI, `办结 ${number} 屋顶还没修好`)).toContain('修好、重建还是搬走')
    expect((await matter(made, number))?.stage).toBe('fixing')
    expect(await say(made, SHI, `办结 ${number} 屋顶修好了`)).toContain('已办好')
    expect(await say(made, SHI, `经过 ${number}`)).toContain('房子的解决办法（修好）')
    expect(await say(made, SHI, `确认 ${number}`)).toContain('群众已确认')
    expect((await matter(made, number))?.closedAt).not.toBeNull()
  })
})

describe('a complaint', () => {
  it('that only the township may know of does not exist for the village', async () => {
    const made = await peopled('2026-11-23T09:00')
    const number = await opened(made, 'complaint', '吴阿妹')
    const row = await matter(made, number)
    await made.commit([
      { op: 'update', table: 'Case', id: row!.id, expected: row!.revision, set: { seenFrom: 'township' } },
    ])
    for (const text of [`受理 ${number}`, number, `经过 ${number}`])
      expect(await say(made, SHI, text)).not.toContain('吴阿妹')
    expect((await matter(made, number))?.stage).toBe('open')
    expect(await say(made, XIANG, `受理 ${number}`)).toContain('已受理')
  })
})

describe('one thing told twice', () => {
  it('goes on in the other matter; the number stays known', async () => {
    const made = await peopled('2026-11-23T09:00')
    const [first, second] = [await opened(made, 'hardship', '吴阿妹'), await opened(made, 'hardship', '吴大哥')]
    expect(await say(made, SHI, `重复 ${second}`)).toContain('另一个编号')
    expect(await say(made, SHI, `重复 ${second} ${second}`)).toContain('另一个编号')
    expect(await say(made, SHI, `重复 ${second} ${first}`)).toContain(`并到 ${first}`)
    const [merged, into] = [await matter(made, second), await matter(made, first)]
    expect(merged).toMatchObject({ stage: 'duplicate', mergedIntoId: into?.id, openKey: null })
    expect(await say(made, SHI, `重开 ${second} 原来不是一件事`)).toContain('不能重开')
  })

  it('what the villager gave up is closed by staff with a reason, and opened again', async () => {
    const made = await peopled('2026-11-23T09:00')
    const number = await opened(made, 'unsold', '吴阿妹')
    expect(await say(made, SHI, `撤件 ${number}`)).toContain('要说明原因')
    expect(await say(made, SHI, `撤件 ${number} 自己卖掉了`)).toContain('撤回')
    expect(await say(made, SHI, `受理 ${number}`)).toContain('已经办结')
    expect(await say(made, LONG, `重开 ${number} 又剩下了`)).toContain('不归您管')
    expect(await say(made, SHI, `重开 ${number} 又剩下了`)).toContain('12月8日')
    expect(await matter(made, number)).toMatchObject({ stage: 'accepted', closedAt: null, leadOn: '2026-11-23' })
  })
})

describe('off the list', () => {
  it('six months, a measure done, notice in the village, the township, the county; nobody of those who helped', async () => {
    const made = await peopled('2026-11-23T09:00')
    const number = await opened(made, 'hardship', '吴阿妹')
    const row = await matter(made, number)
    const set = { stage: 'assisting', stageEnteredOn: '2026-11-30', stageDueOn: null, decidedOn: '2026-11-28' }
    await made.commit([{ op: 'update', table: 'Case', id: row!.id, expected: row!.revision, set }])
    made.sleepTo('2027-05-27T09:00')
    expect(await say(made, SHI, `拟消除 ${number}`)).toContain('最早5月28日')
    made.sleepTo('2027-05-28T09:00')
    expect(await say(made, SHI, `拟消除 ${number}`)).toContain('还没有一条落实了的帮扶办法')
    const measure = { caseId: row!.id, territoryId: 'v', kind: 'job', state: 'done', createdAt: made.now() }
    await made.add('Measure', { id: 'm1', ...measure })
    expect(await say(made, SHI, `拟消除 ${number}`)).toContain('拟消除风险')
    expect(await say(made, SHI, `公示 ${number}`)).toContain('6月2日')
    made.sleepTo('2027-06-02T09:00')
    expect(await say(made, SHI, `消除 ${number}`)).toContain('不由您来办')
    expect(await say(made, PENG, `消除 ${number}`)).toContain('还没有通过')
    expect(await say(made, XIANG, `审核 ${number} 通过`)).toContain('记为通过')
    expect(await say(made, PENG, `消除 ${number}`)).toContain('风险已消除')
    expect(await say(made, SHI, `转回头看 ${number}`)).toContain('办结')
  })
})

describe('in a group', () => {
  it('a step is noted by its number; what it is about is told in private only', async () => {
    const made = await peopled('2026-11-23T09:00')
    const number = await opened(made, 'unsold', '吴阿妹')
    const done = await type(made, SHI, `受理 ${number}`, { group: true })
    expect(words(done)).toContain(number)
    expect(words(done)).not.toContain('吴阿妹')
    expect(done?.say.every(({ choices = [] }) => choices.length === 0)).toBe(true)
    const view = await type(made, SHI, number, { group: true })
    expect(words(view)).not.toContain('吴阿妹')
    expect(view?.notices).toMatchObject([{ to: { kind: 'staff', staffId: 's1' } }])
    expect(await say(made, SHI, `经过 ${number}`, { group: true })).toContain('不在群里说')
    expect(await say(made, LONG, `办理中 ${number}`, { group: true })).toContain('不归您管')
  })

  it('a villager, a word without a number, and talk are not obeyed', async () => {
    const made = await peopled('2026-11-23T09:00')
    const number = await opened(made, 'unsold', '吴阿妹')
    expect(await say(made, villager('u9'), `办理中 ${number}`)).toContain('绑定')
    expect(await type(made, SHI, '公示', { group: true })).toBeNull()
    expect(await say(made, SHI, '公示')).toContain('哪一件')
    expect(await type(made, SHI, `确认一下 ${number} 的地址`)).toBeNull()
    expect(await type(made, SHI, `请问 ${number} 办结了吗`)).toBeNull()
    expect((await matter(made, number))?.stage).toBe('open')
  })
})

describe('numbers as people type them', () => {
  it.each([
    [
      'full-width, with blanks',
      (n: string) => `受理　${[...n].map((d) => String.fromCharCode(d.charCodeAt(0) + 0xfee0)).join('')}`,
    ],
    ['cut up', (n: string) => `受理 ${n.slice(0, 6)} ${n.slice(6)}`],
    ['first, without a blank', (n: string) => `${n}受理。`],
  ])('%s', async (_, typed) => {
    const made = await peopled('2026-11-23T09:00')
    const number = await opened(made, 'unsold', '吴阿妹')
    expect(await say(made, SHI, typed(number))).toContain(`${number} 已受理`)
  })
})

describe('the days of a county', () => {
  it('hold in place of those of the file', async () => {
    const made = await peopled('2026-11-23T09:00')
    const setting = { territoryId: 'c', enteredBy: 'x', source: '县文件', updatedAt: made.now() }
    await made.add('Setting', { id: 'c deadline_total.short', key: 'deadline_total.short', value: 20, ...setting })
    const key = 'deadline_stage.short.accepted'
    await made.add('Setting', { id: `c ${key}`, key, value: 5, ...setting })
    const number = await opened(made, 'unsold', '吴阿妹')
    await say(made, SHI, `受理 ${number}`)
    expect(await matter(made, number)).toMatchObject({ decideBy: '2026-12-13', stageDueOn: '2026-11-28' })
  })
})

describe('withdrawn and told again', () => {
  it('keeps the day of the first lead', async () => {
    const made = await peopled('2026-11-23T09:00')
    const first = await opened(made, 'unsold', '吴阿妹')
    await say(made, SHI, `撤件 ${first} 不卖了`)
    made.sleepTo('2026-12-20T09:00')
    const again = await matter(made, await opened(made, 'unsold', '吴阿妹'))
    expect(again).toMatchObject({ leadOn: '2026-12-20', firstLeadOn: '2026-11-23' })
  })
})
