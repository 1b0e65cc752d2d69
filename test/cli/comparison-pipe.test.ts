/** 下发 and what follows, as people in their chats see it. */
import { afterAll, beforeAll, expect, it } from 'vitest'
import { sortableIds } from '../../src/base/ids.ts'
import { seededRandom } from '../../src/base/random.ts'
import { parseInstant, type Instant } from '../../src/base/time.ts'
import { importComparison } from '../../src/cli/comparison/import-file.ts'
import { idOf } from './department-files.ts'
import { fileOf, importText, shippedText } from './import-run.ts'
import { pipeWorld, type PipeWorld } from './pipe-world.ts'

const IMPORTED = '2026-11-22T09:00:00+08:00'
const A = idOf('43312319650301002')
const B = idOf('43312319700512003')
let world: PipeWorld

beforeAll(async () => {
  world = await pipeWorld(IMPORTED, [
    '石二妹,2026-11-10',
    '麻老五,2026-11-10',
    '龙金花,2026-11-10',
    '龙金花,2026-11-11',
  ])
  const clock = { now: () => parseInstant(IMPORTED) as Instant }
  const ids = sortableIds(clock, seededRandom(17))
  await world.stored(async ({ reads, writer }) => {
    const tables = { imports: reads.imports, writer }
    await importText(
      tables,
      'staff',
      'name,phone,role,territory,channel,user\n向县长,13800000003,county_officer,吉首市,pipe,x1\n',
      { clock, ids },
    )
    await importText(tables, 'members', `household,name,id_number\nH0,石二妹,${A}\nH1,麻老五,${B}\n`, { clock, ids })
    await importComparison({
      file: fileOf(
        `姓名,身份证号,所在村,自付金额\n石二妹,${A},阳孟村,3.2万元\n麻老五,${B},阳孟村,21000\n龙金花,,阳孟村,18000\n石大妹,,阳孟村,9000\n`,
      ),
      round: '三季度大病',
      source: '医保局',
      kind: 'illness',
      headerRow: null,
      map: null,
      dryRun: false,
      refusedFile: null,
      storage: { imports: reads.imports, comparison: reads.comparison, settings: reads.settings, writer },
      text: shippedText,
      language: 'zh-CN',
      clock,
      ids,
      zone: 'Asia/Shanghai',
      out: { write: () => undefined },
      err: { write: () => undefined },
    })
  })
})
afterAll(() => world.remove())

it('shows the counts, asks, and opens nothing before; then one message for whoever is responsible', async () => {
  const officer = (id: number, text: string, more: object = {}) => ({
    id: String(id),
    chat: 'x1',
    from: 'x1',
    text,
    ...more,
  })
  const run = await world.pipe(
    [
      { id: '1', chat: 'c1', from: 'c1', text: '下发 三季度大病' },
      { id: '2', chat: 'g1', group: true, from: 'x1', text: '下发 三季度大病' },
      officer(3, '下发'),
      officer(4, '下发 四季度'),
      officer(5, '下发　三季度大病'),
      { id: '6', advance: 'PT1M' },
      officer(7, '确认下发 三季度大病'),
      { id: '8', advance: 'PT2M' },
      officer(9, '下发 三季度大病'),
      { id: '10', now: '2026-11-23T08:10:00+08:00' },
    ],
    { now: '2026-11-22T10:00:00+08:00' },
  )
  const said = (id: number) =>
    run
      .of(id)
      .map(({ text }) => text)
      .join('\n')
  expect(said(1)).toMatchInlineSnapshot(`"只有县里的干部（县级审核）能下发。"`)
  expect(said(2)).toMatchInlineSnapshot(`"下发请私聊办，群里不办。"`)
  expect(said(3)).toMatchInlineSnapshot(`"等着下发的有：三季度大病。请发“下发 三季度大病”。"`)
  expect(said(4)).toMatchInlineSnapshot(`"没有叫“四季度”的轮次。发“下发”看有哪些。"`)
  expect(said(5)).toMatchInlineSnapshot(`
    "三季度大病（医保局，因病）：4 人，对上 2，其中早已知道 0、已开办 0、等着下发 2；低于起点 0，同村同名要人认 1，名册上没有 1，拒收 0。没有设起点，对上的都算。

    三季度大病：下发后，2 人所在的户开成线索，从今天起算 15 天；1 人请村里认。早已知道的只记一笔。确认要下发，请回“确认下发 三季度大病”。"
  `)
  expect(said(6)).toBe('')
  expect(said(7)).toMatchInlineSnapshot(
    `"三季度大病 开始下发：2 人开线索，1 人请村里认。每位负责人收到一条合在一起的消息。再发“下发 三季度大病”看进度。"`,
  )
  expect(said(8)).toMatchInlineSnapshot(`""`)
  expect(said(9)).toMatchInlineSnapshot(`
    "三季度大病 早已下发：

    三季度大病（医保局，因病）：4 人，对上 2，其中早已知道 0、已开办 2、等着下发 0；低于起点 0，同村同名要人认 1，名册上没有 1，拒收 0。没有设起点，对上的都算。"
  `)
  expect(
    run
      .of(10)
      .filter(({ chat }) => chat === 'c1')
      .map(({ text }) => text),
  ).toMatchInlineSnapshot(`
    [
      "石建国，今天有 3 件要办：
    新的防贫申报：26112200012
    阳孟村 石二妹，电话 没留电话
    请在11月23日周一前联系，12月7日前要有结论。
    新的防贫申报：26112200029
    阳孟村 麻老五，电话 没留电话
    请在11月23日周一前联系，12月7日前要有结论。
    26112200037 龙金花（阳孟村）在部门送来的名单里，对不上身份证号。是不是村里的这个人？11月25日前回“是 26112200037”或“不是 26112200037”。
    回编号加几个字就行，比如：26112200012 已联系。",
    ]
  `)
  expect(
    run
      .of(10)
      .filter(({ chat }) => chat === 'g1')
      .map(({ text }) => text),
  ).toMatchInlineSnapshot(`[]`)
})

it('a candidate is said to be one of the village, or nobody', async () => {
  const number = await world.stored(async ({ reads }) => {
    const [task] = await reads.rows.find('Task', { where: { kind: 'candidate_check' } })
    return task?.number
  })
  const village = (id: number, text: string) => ({ id: String(id), chat: 'c1', from: 'c1', text })
  const run = await world.pipe([
    { id: '1', chat: 'g1', group: true, from: 'c1', text: `是 ${number}` },
    village(2, `是 ${number}`),
    village(3, `是 ${number} 7`),
    village(4, `是 ${number} 2`),
    village(5, `不是 ${number}`),
  ])
  const said = (id: number) =>
    run
      .of(id)
      .map(({ text }) => text)
      .join('\n')
      .replaceAll(String(number), 'N')
  expect(said(1)).toMatchInlineSnapshot(`"认人请私聊回，群里不说。"`)
  expect(said(2)).toMatchInlineSnapshot(`
    "N 龙金花：村里有几户有这个名字，是哪一户？

    1. 户主龙金花，3 口人。是这户请回“是 N 1”。
    2. 户主龙金花，3 口人。是这户请回“是 N 2”。"
  `)
  expect(said(3)).toBe(said(2))
  expect(said(4)).toMatchInlineSnapshot(`"记好了，就是龙金花家。已开成 26112300013，请照常核查。"`)
  expect(said(5)).toMatchInlineSnapshot(`"N 已经有人认过了。"`)
  await world.stored(async ({ reads }) => {
    const cases = await reads.rows.find('Case', { order: ['id'] })
    expect(cases.map(({ personName, source, leadOn }) => [personName, source, leadOn])).toEqual([
      ['石二妹', 'data', '2026-11-22'],
      ['麻老五', 'data', '2026-11-22'],
      ['龙金花', 'data', '2026-11-23'],
    ])
    const [round] = await reads.comparison.rounds()
    expect(await reads.comparison.countRows(round?.id ?? '', 'opened')).toBe(3)
  })
})
