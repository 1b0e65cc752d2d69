/** Through `bangfu pipe`, each run a process of its own on the same database: a villager, two of the staff, their group. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { pipeWorld, type PipeWorld } from '../../cli/pipe-world.ts'

let world: PipeWorld
beforeAll(async () => {
  world = await pipeWorld('2026-11-23T08:00:00+08:00')
})
afterAll(() => world.remove())

test('a talk with a person goes on in another process, and its answer is asked for, one level up too', async () => {
  const u1 = { chat: 'u1', from: 'u1' }
  const c1 = { chat: 'c1', from: 'c1' }
  const first = await world.pipe(
    [
      { id: '1', ...u1, start: 'village:吉首市/矮寨镇/阳孟村' },
      { id: '2', ...u1, text: '人工' },
      { id: '3', ...u1, text: '低保的折子掉了，找哪个补？' },
      { id: '4', ...u1, photo: { file: 'roof.jpg' } },
      { id: '5', chat: 'g1', group: true, from: 'c1', text: '回复 26112300013 来补' },
    ],
    { now: '2026-11-23T09:00:00+08:00' },
  )
  const lines = (run: typeof first) => run.lines.flatMap(({ chat, text }) => (text ? [`${chat}: ${text}`] : []))
  expect(lines(first).slice(1)).toEqual([
    'u1: 想找人说，打阳孟村的电话：07438520001。\n\n也可以在这里跟村里的人说：您接着打字、发语音、发照片都行，我转给阳孟村的石建国，村里值班的人私下看，不发到群里。编号 26112300013。说完了回“结束”。',
    'u1: 转给阳孟村的石建国了，编号 26112300013。回您的话，我马上告诉您。还有要说的，接着说就行。',
    'c1: 阳孟村：一位没留姓名的乡亲找人工，编号 26112300013。\n\n低保的折子掉了，找哪个补？\n\n直接回：回复 26112300013 您要说的话。说完了回：结束 26112300013。',
    'g1: 有一位乡亲找人工，编号 26112300013，请值班的私下看。',
    'c1: 26112300013 号（阳孟村 一位没留姓名的乡亲）又说：\n\n（发来一张照片或文件）',
    'g1: 找人工的事请在私聊里回，群里不说。',
  ])
  const second = await world.pipe([
    { id: '6', ...c1, text: '回复 到村委会来补，带身份证' },
    { id: '7', ...u1, text: '要得' },
    { id: '8', ...u1, text: '什么时候来' },
    { id: '9', advance: 'PT23H' },
    { id: '10', advance: 'PT48H' },
    { id: '11', chat: 't1', from: 't1', text: '回复 26112300013 今天就来' },
    { id: '12', ...u1, text: '好了' },
  ])
  expect(second.lines.filter(({ error }) => error)).toEqual([])
  const [sent, answer] = second.of(6)
  expect([sent?.chat, answer?.chat]).toEqual(['c1', 'u1'])
  expect(answer?.text).toBe(
    '阳孟村的石建国回您：\n\n到村委会来补，带身份证\n\n还有要说的，接着说就行；说完了回“结束”。',
  )
  expect(second.of(8).map(({ chat }) => chat)).toEqual(['c1'])
  expect(second.of(9).map(({ chat, reminder }) => [chat, reminder?.rule, reminder?.rung])).toEqual([
    ['c1', 'task_due', 2],
  ])
  expect(second.of(10).map(({ chat, reminder }) => [chat, reminder?.rung ?? null])).toEqual([
    ['u1', null],
    ['t1', 3],
  ])
  expect(second.to('u1').at(-2)?.text).toContain('矮寨镇的龙镇长回您')
  expect(
    second
      .of(12)
      .map(({ chat }) => chat)
      .sort(),
  ).toEqual(['t1', 'u1'])
})
