import { expect, test } from 'vitest'
import { sortableIds } from '../../../src/base/ids.ts'
import { seededRandom } from '../../../src/base/random.ts'
import { ABILITIES } from '../../../src/channels/abilities.ts'
import { readToldPolicy } from '../../../src/domain/cases/told.ts'
import { onKeptMoved } from '../../../src/messaging/cases/on-kept-moved.ts'
import { messageAfterCall, tellVillagerOnMove } from '../../../src/messaging/cases/on-moved-tell-villager.ts'
import { rulesOf } from '../../../src/wire.ts'
import { definitions, ZONE } from '../../cli/house.ts'
import { shippedText } from '../../cli/import-run.ts'
import { house } from './house.ts'
import { DAY } from '../people/family.ts'

const open = async (f: Awaited<ReturnType<typeof house>>, kind: string) =>
  (await f.rows('Task')).filter((task) => task['kind'] === kind && task['closedAt'] === null)

test('the same name in one village is shown to staff only, who say that it is one matter, and take it back', async () => {
  const f = await house()
  const first = await f.report('u1', '吴秀英', '13900001111')
  f.heard('u2')
  f.heard('c1')
  const second = await f.report('u2', '吴秀英', '13900002222')
  expect(f.heard('u2')).not.toContain(first)
  expect(f.heard('c1')).toContain(`是一件 ${second} ${first}`)
  expect(await open(f, 'duplicate_check')).toHaveLength(1)

  expect(await f.staffOf('c3', `是一件 ${second} ${first}`)).toContain('不归您管')
  expect(await f.staff(`是一件 ${first} ${second}`)).toContain(`${second} 并到 ${first} 里`)
  expect(await open(f, 'duplicate_check')).toEqual([])
  expect(await f.rows('Case')).toMatchObject([
    { number: first, closedAt: null, mergedIntoId: null },
    { number: second, stage: 'merged', openKey: null },
  ])
  expect(f.heard('u2')).toBe('')
  const told = await f.say('进度', 'u2')
  expect(told).not.toContain(first)
  expect(await f.say(second, 'u2')).toContain(`${second} 号（家里有难处）：村里收到了`)

  f.heard('u1')
  f.heard('u2')
  await f.staff(`受理 ${first}`)
  const [kept, own] = [f.heard('u1'), f.heard('u2')]
  expect(kept).toContain(first)
  expect(own).toBe(kept.replace(first, second))

  expect(await f.staff(`分开 ${second}`)).toContain('又单独办了')
  const [, again] = await f.rows('Case')
  expect(again).toMatchObject({ stage: 'reported', closedAt: null, mergedIntoId: null })
  expect(again?.['openKey']).not.toBeNull()
  const watches = (await f.rows('Watch')).filter(({ subjectId }) => subjectId === again?.['id'])
  expect(watches.filter(({ closedAt }) => closedAt === null).map(({ rule }) => rule)).toEqual(
    expect.arrayContaining(['case_due', 'case_total']),
  )
})

test('whoever was merged, with what was merged before too, hears each further stage under the own number; 不纳入 after the call', async () => {
  const f = await house()
  const first = await f.report('u1', '吴秀英', '13900001111')
  const second = await f.report('u2', '吴秀英', '13900002222')
  const third = await f.report('u3', '吴秀英', '13900003333')
  await f.staff(`合并 ${second} ${third}`, `合并 ${first} ${second}`)
  const phones = ['u1', 'u2', 'u3']
  const heard = () => phones.map((phone) => f.heard(phone))
  heard()
  const casework = { ...rulesOf(definitions, f.storage, ZONE), ...f.storage.reads, sequence: f.storage.numbers }
  const telling = {
    casework,
    reads: f.storage.reads.messaging,
    told: readToldPolicy(definitions.policies.get('told')),
    text: shippedText,
    abilitiesOf: () => ABILITIES.pipe,
  }
  const kept = (await casework.cases.caseByNumber(first))!
  const tell = tellVillagerOnMove(telling)
  const by = { kind: 'staff', id: String(kept.assigneeId) } as const
  const ids = sortableIds({ now: () => f.now }, seededRandom(78))
  for (const [stage, own] of [
    ['accepted', [second, third]],
    ['assisting', [second, third]],
    ['not_included', []],
  ] as const) {
    const change = { before: kept, after: { ...kept, stage }, by, reason: null, at: f.now, zone: ZONE, ids }
    const { changes, notices } = await onKeptMoved(casework, tell)(change)
    expect(changes).toEqual([])
    expect(notices.map(({ matter }) => matter?.number).toSorted()).toEqual(own.toSorted())
  }
  const after = await messageAfterCall(telling, { ...kept, stage: 'not_included' }, f.now, ZONE)
  const said = after.map(({ say, matter }) => [
    matter?.number,
    say.map(({ text }) => shippedText.say(text, 'zh-CN')).join(),
  ])
  expect(said.map(([number]) => number).toSorted()).toEqual([first, second, third].toSorted())
  for (const [number, text] of said) expect(text).toContain(`您的 ${number} 号，这次没有纳入`)
  await f.staff(`受理 ${first}`)
  const [a, b, c] = heard()
  expect([b, c]).toEqual([a?.replace(first, second), a?.replace(first, third)])
})

test('what staff say is not one stays apart and is not asked again', async () => {
  const f = await house()
  const first = await f.report('u1', '吴秀英', '13900001111')
  const second = await f.report('u2', '吴秀英', '13900002222')
  expect(await f.staff(`不是一件 ${first} ${second}`)).toContain('分开办')
  expect(await open(f, 'duplicate_check')).toEqual([])
  expect((await f.rows('Case')).every(({ closedAt }) => closedAt === null)).toBe(true)
})

test('the same phone under another name is shown too; other names and phones are not', async () => {
  const f = await house()
  await f.report('u1', '吴秀英', '13900001111')
  await f.report('u2', '吴大山', '13900001111')
  expect(await open(f, 'duplicate_check')).toHaveLength(1)
  await f.report('u3', '龙金花', '13900003333')
  expect(await open(f, 'duplicate_check')).toHaveLength(1)
})

test('a merge of yesterday is not undone, and what is closed or of another kind is not merged', async () => {
  const f = await house()
  const first = await f.report('u1', '吴秀英', '13900001111')
  const second = await f.report('u2', '吴秀英', '13900002222')
  await f.staff(`合并 ${first} ${second}`)
  expect(await f.staff(`并件 ${first} ${second}`)).toContain('已经办结')
  expect(await f.staff('合并')).toBe('您说的是哪一件？请把编号一起发来，比如：合并 26112200012。')
  await f.pass(DAY)
  expect(await f.staff(`分开 ${second}`)).toContain('不是今天并的')
  expect(await f.staff(`合并 ${first} ${first}`)).toContain('同一个编号')
})
