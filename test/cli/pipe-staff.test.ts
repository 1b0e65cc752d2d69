/** `bangfu pipe` on SQLite: staff check what was reported, the household says how it went; both are stored sealed where they must be. */
import { afterAll, expect, test } from 'vitest'
import { pipeWorld, reportBy, says, type PipeWorld } from './pipe-world.ts'

const worlds: PipeWorld[] = []
afterAll(() => worlds.forEach((world) => world.remove()))

test('report, verification, a message to listen to, feedback', { timeout: 180_000 }, async () => {
  const world = await pipeWorld('2026-11-24T09:00:00+08:00', ['石二妹,2026-10-20'])
  worlds.push(world)
  const checked = ['入户核查', '是', '龙镇长', '纸质已签', '没有', '3', '一万二', '3000', '没有', '0', '0', '8000']
  const found = ['看病', '每月透析', '没有', '同步申请', '不能', '建议纳入', '家里有人生病', '突发', '自费药太多', '1']
  const run = await world.pipe(
    [
      ...says('u1', 1, reportBy('吴阿婆')),
      ...says('c1', 100, [...checked, ...found]),
      ...says('u2', 200, [
        { choice: 'voice_message' },
        '1',
        { voice: { file: 'b.amr', transcript: '屋头没水吃', seconds: 4 } },
        '阳孟村',
        '13812345678',
      ]),
      ...says('u1', 300, ['说说办得好不好', '是', '没解决', '要', '两分', '没有', '说好来没来', '1']),
      { id: 'later', now: '2026-11-25T08:00:00+08:00' },
    ],
    { now: '2026-11-24T15:00:00+08:00' },
  )
  expect(run.lines.filter(({ error }) => error)).toEqual([])
  const number = run.of(14)[0]?.matter?.number ?? ''
  const verified = run.of(100 + checked.length + found.length - 1)
  expect(verified.find(({ chat }) => chat === 'c1')).toMatchObject({ matter: { number, kind: 'hardship' } })
  expect(verified.find(({ chat }) => chat === 'c1')?.text).toContain('人均纯收入 5,000 元')
  expect(verified.find(({ chat }) => chat === 't1')?.text).toContain('5,000')
  expect(run.of(204).find(({ chat }) => chat === 'u2')).toMatchObject({ matter: { kind: 'message', stage: 'open' } })
  expect(run.of(204).find(({ chat }) => chat === 'c1')?.text).toContain('屋头没水吃')
  const heard = run.of(307)
  expect(heard.find(({ chat }) => chat === 'c1')?.text).not.toContain('说好')
  expect(heard.find(({ chat }) => chat === 't1')?.text).toContain('说好来没来')
  for (const line of run.lines.filter(({ chat }) => chat === 'g1'))
    for (const secret of ['吴阿婆', '透析', '说好', '没水吃', '5,000']) expect(line.text).not.toContain(secret)

  await world.stored(async ({ reads }) => {
    expect(await reads.rows.find('Verification', {})).toMatchObject([
      { perCapita: 5000, persons: 3, result: 'include', reason: '自费药太多' },
    ])
    expect(await reads.rows.find('Feedback', {})).toMatchObject([
      { solved: 'no', score: 2, came: 'no', comment: '说好来没来', reopenAsked: true },
    ])
    const kinds = await reads.rows.find('Case', { columns: ['kind'], order: ['id'] })
    expect(kinds.map(({ kind }) => kind)).toEqual(['hardship', 'message'])
  })
})
