/** People's own words on `bangfu pipe`: what is asked survives the program's end, what was told becomes answers, danger is alarmed. */
import { afterAll, expect, test } from 'vitest'
import { pipeWorld, says, type PipeWorld } from './pipe-world.ts'

const worlds: PipeWorld[] = []
afterAll(() => worlds.forEach((world) => world.remove()))

async function worldOf(...given: Parameters<typeof pipeWorld>): Promise<PipeWorld> {
  const world = await pipeWorld(...given)
  worlds.push(world)
  return world
}

const NOW = '2026-11-24T15:00:00+08:00'
const SCANNED = { id: 'scan', chat: 'u1', from: 'u1', start: 'village:吉首市/矮寨镇/阳孟村' }

test('a telling becomes one matter, over several runs of the program', { timeout: 180_000 }, async () => {
  const world = await worldOf('2026-11-24T09:00:00+08:00')
  const first = await world.pipe([SCANNED, ...says('u1', 1, ['屋头漏雨，又住院，家里三口人'])], { now: NOW })
  expect(first.of(1).map(({ text }) => text)).toEqual(['您是要说家里的难处吗？\n1. 是\n2. 不是'])
  const second = await world.pipe(says('u1', 2, ['是']))
  const third = await world.pipe(says('u1', 3, ['同意', '是', '石二妹', '13812345678', '不是', '没有']))
  expect(second.of(2)[0]?.text).toContain('同意')
  expect(third.of(3)[0]?.text).toContain('几口人：3 人；难处：家里有人生病、房子有问题')
  await world.pipe(says('u1', 9, ['一个', '一万二', '不知道', '老伴上个月住的院', '没有', '1']))
  const answers = await world.stored(async ({ reads }) => {
    const [only] = await reads.rows.find('Submission', { order: ['id'] })
    return JSON.parse(only?.answers ?? '{}') as Record<string, string>
  })
  expect(answers).toMatchObject({
    members: '3',
    causes: 'illness housing',
    story: '屋头漏雨，又住院，家里三口人\n老伴上个月住的院',
  })
})

test('danger in the first words: how to get safe at once, staff with the yes', { timeout: 180_000 }, async () => {
  const world = await worldOf('2026-11-24T09:00:00+08:00')
  const run = await world.pipe([SCANNED, ...says('u1', 1, ['房子要塌了', '是'])], { now: NOW })
  expect(run.of(1)[0]?.text.split('\n')[0]).toMatch(/110.*119|119.*110/)
  expect(run.of(1)[0]?.choices[0]?.id).toBe('housing_report')
  expect(run.of(2).map(({ chat }) => chat)).toEqual(['u1', 'c1', 't1'])
  expect(run.of(2)[1]?.reminder?.rule).toBe('danger_case')
})

test('a flood gives the same output each time, and ends', { timeout: 180_000 }, async () => {
  const flood = says('u1', 1, Array<string>(40).fill('哈哈哈哈'))
  const after = [{ id: 'later', advance: 'PT5M' }, ...says('u1', 90, ['菜单'])]
  const [one, other] = await Promise.all([worldOf('2026-11-24T09:00:00+08:00'), worldOf('2026-11-24T09:00:00+08:00')])
  const run = await one.pipe([...flood, ...after], { now: NOW })
  expect(run.to('u1').filter(({ re }) => Number(re) <= 40)).toHaveLength(31)
  expect(run.of(90)[0]?.text).toContain('1. 家里有难处')
  expect((await other.pipe([...flood, ...after], { now: NOW })).raw).toBe(run.raw)
})
