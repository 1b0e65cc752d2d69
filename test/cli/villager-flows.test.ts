/** Every report of a villager, as it is told, ends as a matter with a number, somebody who has it and a day; and as a row of the export. */
import { PassThrough } from 'node:stream'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { instant } from '../../src/base/time.ts'
import { checkExport } from '../../src/cli/export/options.ts'
import { runExport } from '../../src/cli/export/run.ts'
import { isMatterNumber } from '../../src/domain/cases/matter-number.ts'
import { loadFlows } from '../../src/flow/definition/load.ts'
import { flowWords } from '../../src/text/flow-words.ts'
import { rulesOf } from '../../src/wire.ts'
import { definitions, ZONE } from './house.ts'
import { shippedText } from './import-run.ts'
import { pipeWorld, says, type PipeRun, type PipeWorld } from './pipe-world.ts'

type Said = string | object

const who = (name: string): Said[] => ['1', '阳孟', name, '13900001234']

/** What each person says; the last line hands it in. */
const TOLD: Readonly<Record<string, readonly Said[]>> = {
  hardship: [
    { choice: 'hardship_report' },
    ...who('吴阿婆'),
    '三口人',
    '老伴住院，屋头漏雨',
    '不是',
    '没有',
    '没有',
    '不知道',
    '不知道',
    '没人照看',
    '没有',
    '1',
  ],
  proxy: [
    { choice: 'proxy_report' },
    '1',
    '龙小妹',
    '邻居',
    '13900005678',
    '阳孟',
    '麻老五',
    '一个人住，不会用手机',
    '还没问',
    '生病',
    '没有',
    '晚上',
    '跳过',
    '1',
  ],
  housing: [{ choice: 'housing_report' }, ...who('石二妹'), '不是', '有', '是', '漏雨', '没有', '1'],
  water: [{ choice: 'water_report' }, ...who('石二狗'), '自来水', '停水', '一天', '全村', '跳过', '1'],
  dropout: [
    { choice: 'dropout_report' },
    ...who('张国强'),
    '爷爷',
    '同意',
    '十二岁',
    '小学',
    '矮寨小学',
    '上个月',
    '不愿去',
    '来劝劝',
    '跳过',
    '1',
  ],
  medical: [
    { choice: 'medical_burden' },
    ...who('龙阿公'),
    '1',
    '老伴',
    '高血压',
    '交了',
    '报了一部分',
    '八千',
    '够',
    '慢病证',
    '1',
  ],
  refused: [{ choice: 'medical_burden' }, ...who('吴大妹'), '1', '孩子', '2', '跳过', '1'],
  unsold: [
    { choice: 'unsold_report' },
    ...who('麻阿婆'),
    '橘子',
    '椪柑',
    '三百斤',
    '两块五',
    '十天',
    '寨子口',
    '没有',
    '1',
  ],
}

/** Kind, form, source, day by which the stage should be over, day by which it must be decided. */
const ENDS: Readonly<Record<string, readonly [string, string, string, string, string]>> = {
  hardship: ['hardship', 'hardship_report', 'self', '2026-11-25', '2026-12-09'],
  proxy: ['hardship', 'proxy_report', 'proxy', '2026-11-25', '2026-12-09'],
  housing: ['housing', 'housing_report', 'self', '2026-11-25', '2026-12-09'],
  water: ['water', 'water_report', 'self', '2026-11-25', '2026-12-01'],
  dropout: ['dropout', 'dropout_report', 'self', '2026-11-25', '2026-12-09'],
  medical: ['medical', 'medical_burden', 'self', '2026-11-25', '2026-12-09'],
  refused: ['medical', 'medical_burden', 'self', '2026-11-25', '2026-12-09'],
  unsold: ['unsold', 'unsold_report', 'self', '2026-11-25', '2026-12-09'],
}

interface Row extends Record<string, unknown> {
  readonly number: string
}

let world: PipeWorld
let told: PipeRun
let rows: ReadonlyMap<string, Row>
const numbers = new Map<string, string>()

beforeAll(async () => {
  world = await pipeWorld('2026-11-24T09:00:00+08:00')
  const lines = Object.entries(TOLD).flatMap(([person, said]) =>
    says(person, 0, said).map((line, at) => ({ ...line, id: `${person}-${at}` })),
  )
  told = await world.pipe([...lines, { id: 'morning', now: '2026-11-25T08:30:00+08:00' }], {
    now: '2026-11-24T15:00:00+08:00',
  })
  for (const line of told.lines) if (line.matter && line.chat in TOLD) numbers.set(line.chat, line.matter.number)
  rows = new Map((await exportedCases()).map((row) => [row.number, row]))
}, 180_000)
afterAll(() => world.remove())

const exportedCases = () =>
  world.stored(async ({ reads, writer }) => {
    const clock = { now: () => instant(Date.UTC(2026, 10, 25, 1)) }
    const { flows } = loadFlows({
      sources: definitions.flows,
      blocks: definitions.blocks,
      words: flowWords(shippedText, definitions.resources),
    })
    const { stages } = rulesOf(definitions, { reads }, ZONE)
    const context = {
      text: shippedText,
      forms: flows,
      zone: ZONE,
      clock,
      firstStage: (kind: string) => stages.ledgerOf(kind).stages[0]?.id ?? kind,
    }
    const out = new PassThrough()
    let text = ''
    out.on('data', (piece: Buffer) => (text += piece.toString()))
    await runExport({
      ...checkExport('cases', { format: 'jsonl', labels: 'names' }, context),
      actor: 'cli test',
      storage: { reports: reads.reports, writer },
      language: 'zh-CN',
      clock,
      out,
      err: { write: () => undefined },
    })
    return text
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => JSON.parse(line) as Row)
  })

const eventsOf = (number: string) =>
  world.stored(async ({ reads }) => {
    const matter = await reads.cases.caseByNumber(number)
    const events = await reads.rows.find('CaseEvent', { where: { caseId: matter?.id ?? '' }, order: ['id'] })
    return events.map(({ what, detail }) => `${what} ${String(detail)}`)
  })

describe.each(Object.entries(ENDS))('%s', (person, [kind, form, source, due, decide]) => {
  test('is a matter of its kind, with an owner and a day', () => {
    const number = numbers.get(person) ?? ''
    expect(isMatterNumber(number)).toBe(true)
    expect(rows.get(number)).toMatchObject({
      kind,
      form,
      source,
      village: '阳孟村',
      assignee: '石建国',
      stage_due_on: due,
      decide_by: decide,
    })
  })

  test('tells the person its number and the day, and the responsible one whom to call', () => {
    const number = numbers.get(person) ?? ''
    const last = `${person}-${(TOLD[person]?.length ?? 0) - 1}`
    const [reply, notice] = told.of(last)
    expect(reply?.chat).toBe(person)
    expect(reply?.text).toContain(number)
    expect(reply?.text).toMatch(/12月\d+日|周三/)
    expect(notice?.chat).toBe('c1')
    expect(notice?.text).toContain(number)
    expect(notice?.text).toMatch(/1390000(1234|5678)/)
  })
})

test('staff hear what it is about, not what was asked with a consent of its own', () => {
  const heard = (person: string) => told.of(`${person}-${(TOLD[person]?.length ?? 0) - 1}`)[1]?.text ?? ''
  expect(heard('water')).toContain('水有什么不好：没水了；多少人家：全村都这样')
  expect(heard('unsold')).toContain('300 斤')
  expect(heard('medical')).toContain('办慢病证')
  expect(heard('medical')).not.toMatch(/高血压|慢性病|老伴/)
  expect(heard('refused')).toContain('请打电话问')
  expect(heard('dropout')).not.toContain('不愿')
  expect(heard('proxy')).toContain('麻老五（龙小妹代说）')
  expect(heard('proxy')).toContain('先问本人')
})

test('hospital and roof are one matter, with a part for each department', async () => {
  expect(told.of(`hardship-${(TOLD['hardship']?.length ?? 0) - 1}`)[1]?.text).toMatch(/看病.*房子/)
  const events = await eventsOf(numbers.get('hardship') ?? '')
  expect(events).toContain('for_department medical')
  expect(events).toContain('for_department housing')
  const again = await world.pipe(
    says('hardship', 100, [
      { choice: 'hardship_report' },
      '1',
      '三口人',
      '病了，没活干',
      '没有',
      '没有',
      '不知道',
      '不知道',
      '还是没人照看',
      '没有',
      '1',
    ]),
  )
  expect(again.lines.some(({ error }) => error)).toBe(false)
  const later = await eventsOf(numbers.get('hardship') ?? '')
  expect(later.filter((event) => event === 'for_department medical')).toHaveLength(1)
  expect(later).toContain('for_department jobs')
})

test('the group sees numbers and kinds, and nobody’s name, illness or need', () => {
  const group = told.to('g1').map(({ text }) => text)
  expect(group.length).toBeGreaterThan(0)
  for (const number of numbers.values()) expect(group.join('\n')).toContain(number)
  expect(group.join('\n')).not.toMatch(/吴|麻|石二|龙|张国强|1390|高血压|住院|橘子|孩子不|漏雨/)
  expect(told.to('open')).toEqual([])
})

describe('danger in the middle of a report', () => {
  const at = '2026-11-25T22:00:00+08:00'
  const whom = (run: PipeRun, id: string) => run.of(id).map(({ chat }) => chat)

  test('a house that may fall: out first, the village and the township hear of it at once', async () => {
    const run = await world.pipe(
      says('falling', 1, [
        { choice: 'housing_report' },
        ...who('石老三'),
        '说不清',
        '有',
        '是',
        '歪了',
        '没有',
        '没有',
        '1',
      ]),
      { now: at },
    )
    expect(run.of('1')[0]?.text).toMatch(/^房子要是正在垮、山在滑：人先出来/)
    expect(whom(run, '6')).toEqual(['falling', 'c1', 't1'])
    expect(run.of('6')[0]?.text).toMatch(/^我记的是.*\n\n快出来|^快出来/)
    expect(run.of('6')[1]?.text).toContain('房子快塌了')
    expect(run.of('12')[1]?.text).toContain('没有地方住')
    expect(run.of('12')[0]?.matter?.number).toBe(run.of('6')[1]?.matter?.number)
  })

  test('danger told in a recording: out first, staff hear of it at once, and the finished message is the same matter', async () => {
    const scanned = { start: 'village:吉首市/矮寨镇/阳孟村' }
    const told = { voice: { file: 'a.amr', transcript: '那个，我屋头的墙快要垮了，人还在里头', seconds: 5 } }
    const run = await world.pipe(says('speaking', 1, [scanned, { choice: 'voice_message' }, '1', told, '是', '跳过']), {
      now: at,
    })
    expect(run.of('4')[0]?.text).toMatch(/^快出来/)
    expect(whom(run, '4')).toEqual(['speaking', 'c1', 't1'])
    expect(run.of('4')[1]?.text).toContain('现在就有危险')
    expect(run.of('6')[0]?.matter).toEqual(run.of('4')[1]?.matter)
    expect(run.of('6')[0]?.matter?.kind).toBe('message')
  })

  test('danger told in a recording, the village only later: staff hear of it with the message', async () => {
    const told = { voice: { file: 'a.amr', transcript: '山上的石头在往下滚，房子要塌了', seconds: 5 } }
    const run = await world.pipe(says('later', 1, [{ choice: 'voice_message' }, '1', told, '阳孟', '跳过']), {
      now: at,
    })
    expect(run.of('3')[0]?.text).toMatch(/110|119/)
    expect(whom(run, '5')).toEqual(['later', 'c1', 't1'])
  })

  test('somebody else in danger: the matter is theirs, the call goes to who told it', async () => {
    const run = await world.pipe(
      says('neighbour', 1, [
        { choice: 'proxy_report' },
        '1',
        '龙小妹',
        '邻居',
        '13900007777',
        '阳孟',
        '吴阿公',
        '一个人住',
        '说不了话',
        '生病',
        '有',
        '现在就有危险',
        '跳过',
        '跳过',
        '1',
      ]),
    )
    expect(whom(run, '12')).toEqual(['neighbour', 'c1', 't1'])
    expect(run.of('12')[0]?.text).toContain('120')
    expect(run.of('12')[2]?.text).toContain('吴阿公（龙小妹代说），电话 13900007777')
    const number = run.of('12')[1]?.matter?.number ?? ''
    expect(run.of('15')[0]?.matter?.number).toBe(number)
    await world.stored(async ({ reads }) => {
      expect(await reads.cases.caseByNumber(number)).toMatchObject({
        source: 'proxy',
        personName: '吴阿公',
        urgency: 'danger',
      })
    })
    expect(await eventsOf(number)).toContain('noted visit_first')
  })

  test('water that makes people ill: nobody drinks it, the village hears in the morning', async () => {
    const run = await world.pipe([
      ...says('ill', 1, [{ choice: 'water_report' }, ...who('麻老大'), '井水', '水浑', '全村', '有', '寨门口', '1']),
      { id: 'morning', now: '2026-11-26T07:30:00+08:00' },
    ])
    expect(run.of('9')[0]?.text).toContain('先别喝了')
    const heard = run.to('c1').filter(({ text }) => text.includes('喝了水不舒服'))
    expect(heard.map(({ at: when }) => when.slice(0, 16))).toEqual(['2026-11-26T07:00'])
  })
})
