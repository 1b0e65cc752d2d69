/** Somebody who says hundreds of words, and hundreds who ask for a person: what the phones of the staff hear of it. */
import { expect, test } from 'vitest'
import { sortableIds } from '../../../src/base/ids.ts'
import { seededRandom } from '../../../src/base/random.ts'
import { importText } from '../../cli/import-run.ts'
import { ROSTERS } from '../../cli/pipe-world.ts'
import { DAY, family, MINUTE, MONDAY, type Family } from '../people/family.ts'

async function desk(): Promise<Family> {
  const f = await family()
  const clock = { now: () => MONDAY }
  const tables = { imports: f.storage.reads.imports, writer: f.storage.writer }
  await importText(tables, 'groups', ROSTERS.groups, { clock, ids: sortableIds(clock, seededRandom(9)) })
  return f
}

async function asks(f: Family, phone: string): Promise<string> {
  await f.say({ kind: 'start', payload: 'village:吉首市/矮寨镇/阳孟村' }, phone)
  return f.say('人工', phone)
}

const to = (f: Family, chat: string) => f.sent.filter((one) => one.chat === chat).map(({ text }) => text)

test('words in a row are passed on until there are too many, all are kept, and an answer begins afresh', async () => {
  const f = await desk()
  await asks(f, 'u1')
  const replies: string[] = []
  for (let count = 1; count <= 26; count++) {
    replies.push(await f.say(`第${count}句：水还没来`, 'u1'))
    await f.pass(MINUTE)
  }
  const heard = to(f, 'c1')
  expect(heard.filter((text) => text.includes('水还没来'))).toHaveLength(20)
  expect(heard.filter((text) => text.includes('不一条条转了'))).toHaveLength(1)
  expect(replies.filter((text) => text.includes('不一条一条转了'))).toHaveLength(1)
  const lines = await f.rows('HandOffLine')
  expect(lines.filter(({ side }) => side === 'villager')).toHaveLength(26)
  const number = String((await f.rows('HandOff')).at(-1)?.['number'])
  expect(await f.say(number, 'c1')).toContain('第26句')
  await f.say(`回复 ${number} 下午来修`, 'c1')
  await f.say('第27句：几点来', 'u1')
  expect(to(f, 'c1').at(-1)).toContain('第27句')
})

test('danger goes through, however much was said', async () => {
  const f = await desk()
  await asks(f, 'u1')
  for (let count = 1; count <= 25; count++) {
    await f.say(`第${count}句`, 'u1')
    await f.pass(MINUTE)
  }
  await f.say('家里着火了', 'u1')
  expect(to(f, 'c1').at(-1)).toContain('家里着火了')
})

test('one account begins so many talks a day; the phone is told all the same', async () => {
  const f = await desk()
  await asks(f, 'u1')
  for (let count = 1; count <= 12; count++) {
    await f.all(['水还没来', '结束', '人工'], 'u1')
    await f.pass(MINUTE)
  }
  expect(await f.rows('HandOff')).toHaveLength(8)
  expect(to(f, 'g1')).toHaveLength(8)
  const refused = await f.say('人工', 'u1')
  expect(refused).toContain('07438520001')
  expect(refused).toContain('明天再来')
  await f.pass(DAY + MINUTE)
  expect(await f.say('人工', 'u1')).toContain('编号')
})

test('many who ask at once: a phone and a group hear of the first, the others are owed an answer all the same', async () => {
  const f = await desk()
  for (let count = 1; count <= 34; count++) {
    await asks(f, `v${count}`)
    const told = await f.say('水还没来', `v${count}`)
    expect(told).toContain(count <= 30 ? '转给' : '找人工的人多')
  }
  expect(to(f, 'g1').length).toBe(30)
  const heard = to(f, 'c1')
  expect(heard.filter((text) => text.includes('水还没来'))).toHaveLength(30)
  expect(heard.filter((text) => text.includes('不一个个发了'))).toHaveLength(1)
  expect((await f.rows('Task')).filter(({ kind }) => kind === 'hand_off')).toHaveLength(34)
})
