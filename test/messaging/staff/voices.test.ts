/** What villagers say beside reports: a message to listen to, and how a matter was handled. */
import { describe, expect, test } from 'vitest'
import { county, VILLAGE, type County } from './county.ts'

const recording = (transcript: string | null) => ({
  kind: 'voice' as const,
  file: { id: 'rec-1', name: 'a.amr', type: 'audio/amr', bytes: 9 },
  transcript,
  seconds: 9,
})

describe('a message to listen to', () => {
  test('opens a matter; whoever answers for the village is told what was said', async () => {
    const c = await county()
    await c.all(['说给我们听', '1'], 'u5')
    await c.say(recording('老伴住院了，屋头没人照看'), 'u5')
    c.heard('c1')
    const said = await c.all(['阳孟村', '13812345678'], 'u5')
    const [matter] = await c.rows('Case')
    expect(matter).toMatchObject({ kind: 'message', stage: 'open', source: 'self', urgency: 'normal' })
    expect(said).toContain(String(matter?.['number']))
    expect(said).toContain('110')
    const told = c.heard('c1')
    for (const words of ['留言', String(matter?.['number']), '老伴住院了', '13812345678', '录音'])
      expect(told).toContain(words)
    const heard = (await c.rows('CaseEvent')).find(({ what }) => what === 'listen')
    expect(heard).toMatchObject({ caseId: matter?.['id'], detail: 'rec-1' })
  })

  test('without a transcript too; the next one is one question long and joins', async () => {
    const c = await county()
    await c.all(['说给我们听', '1'], 'u5')
    await c.say(recording(null), 'u5')
    await c.all(['阳孟村', '13812345678'], 'u5')
    await c.say('说给我们听', 'u5')
    expect(await c.say('又停水了', 'u5')).toContain('添到您前面的')
    expect(await c.rows('Case')).toHaveLength(1)
    const kept = await c.rows('Submission')
    expect(kept.map(({ flow }) => flow)).toEqual(['voice_message', 'voice_message'])
    expect(JSON.parse(kept[0]?.['answers'] as string)).toMatchObject({ voice: 'voice:rec-1', village: VILLAGE })
  })

  test('refused: nothing is kept', async () => {
    const c = await county()
    expect(await c.all(['说给我们听', '2'], 'u5')).toContain('什么也没记')
    expect(await c.rows('Submission')).toEqual([])
  })
})

describe('feedback', () => {
  /** 吴秀英 says how her matter was handled, from the phone that it was reported on. */
  const judged = async (c: County, ...answers: readonly string[]) => {
    await c.say('说说办得好不好')
    return c.all(answers)
  }

  test('not solved: whoever has it hears that it goes on and nothing else, the level above hears all', async () => {
    const c = await county()
    const number = await c.reported()
    c.heard('c1')
    c.heard('t1')
    const said = await judged(c, '是', '没解决', '要', '1', '没有', '说好上周来，没来', '1')
    expect(said).toContain(number)
    expect(said).toContain('办事的人看不到')
    const handling = c.heard('c1')
    expect(handling).toContain(number)
    expect(handling).toContain('接着办')
    for (const hidden of ['上周', '打分', '满意']) expect(handling).not.toContain(hidden)
    const above = c.heard('t1')
    for (const words of [number, '说好上周来，没来', '没解决', '1（5 分最好）']) expect(above).toContain(words)
    const [matter] = await c.rows('Case')
    expect(await c.rows('Feedback')).toMatchObject([
      {
        caseId: matter?.['id'],
        territoryId: matter?.['territoryId'],
        solved: 'no',
        score: 1,
        came: 'no',
        comment: '说好上周来，没来',
        reopenAsked: true,
        spotCheck: false,
      },
    ])
    const events = (await c.rows('CaseEvent')).filter(({ what }) => what === 'reopen_asked')
    expect(events).toMatchObject([{ caseId: matter?.['id'], actor: 'villager' }])
    expect(JSON.stringify(events)).not.toContain('上周')
  })

  test('praise disturbs nobody', async () => {
    const c = await county()
    await c.reported()
    c.heard('c1')
    c.heard('t1')
    await judged(c, '是', '解决了', '5', '有', '没有', '1')
    expect(c.heard('c1') + c.heard('t1')).toBe('')
    expect(await c.rows('Feedback')).toMatchObject([{ solved: 'yes', score: 5, comment: null, reopenAsked: false }])
  })

  test('without a matter it names nobody; reopening is not asked', async () => {
    const c = await county()
    await c.say('说说办得好不好', 'u7')
    await c.all(['跳过', '没解决', '2', '没有', '没有', '1'], 'u7')
    expect(await c.rows('Feedback')).toMatchObject([{ caseId: null, territoryId: null, score: 2 }])
  })

  test('a number of somebody else’s is neither confirmed nor touched', async () => {
    const c = await county()
    const number = await c.reported()
    c.heard('c1')
    await c.say('说说办得好不好', 'u7')
    const said = await c.all([number, '没解决', '要', '1', '没有', '没有', '1'], 'u7')
    expect(said).toContain('报事时的那个手机')
    expect(c.heard('c1')).toBe('')
    expect(await c.rows('Feedback')).toMatchObject([{ caseId: null, reopenAsked: false }])
    expect((await c.rows('CaseEvent')).filter(({ what }) => what === 'reopen_asked')).toEqual([])
  })
})
