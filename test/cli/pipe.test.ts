/** `bangfu pipe` from the first word of a villager to the last reminder of a visit, on a database of its own each time. */
import { afterAll, describe, expect, test } from 'vitest'
import { isMatterNumber } from '../../src/domain/cases/matter-number.ts'
import { pipeWorld, reportBy, says, type PipeOut, type PipeRun, type PipeWorld } from './pipe-world.ts'

const worlds: PipeWorld[] = []
afterAll(() => worlds.forEach((world) => world.remove()))

async function worldOf(...given: Parameters<typeof pipeWorld>): Promise<PipeWorld> {
  const world = await pipeWorld(...given)
  worlds.push(world)
  return world
}

const MINUTES = { timeout: 180_000 }
const numberIn = (run: PipeRun): string => run.lines.find(({ matter }) => matter)?.matter?.number ?? ''
const reminders = (run: PipeRun): PipeOut[] => run.lines.filter(({ reminder }) => reminder)
const dayOf = ({ at }: PipeOut): string => at.slice(0, 10)
const whenTo = (line: PipeOut): string => `${line.at.slice(0, 16)} ${line.chat}`
const rulesOf = (line: PipeOut | undefined) => line?.reminder?.items.map(({ rule }) => rule)
const lastOf = (run: PipeRun, id: string): string => run.of(id).at(-1)?.text ?? ''
const submissions = (world: PipeWorld) =>
  world.stored(async ({ reads }) => {
    const found = await reads.rows.find('Submission', { order: ['id'] })
    return found.map(({ answers }) => JSON.parse(answers) as Record<string, string>)
  })

describe('a report on the road', () => {
  test(
    'becomes a case; staff hear of it in the morning, the group without a name; a visit settles',
    MINUTES,
    async () => {
      const world = await worldOf('2026-11-24T09:00:00+08:00', ['张国强,2026-10-20', '石二妹,2026-09-01'])
      const first = await world.pipe(
        [...says('u1', 1, reportBy('吴阿婆')), { id: 'morning', now: '2026-11-25T08:30:00+08:00' }],
        { now: '2026-11-24T15:00:00+08:00' },
      )

      const number = numberIn(first)
      expect(isMatterNumber(number)).toBe(true)
      expect(number).toMatch(/^261124\d{5}$/)
      expect(first.of(14).map(({ chat }) => chat)).toEqual(['u1', 'c1'])
      expect(first.of(14)[0]).toMatchObject({ matter: { number, kind: 'hardship', stage: 'reported' } })
      expect(first.of(14)[0]?.text).toContain(number)
      expect(first.of(14)[1]).toMatchObject({
        choices: [{ id: `ack:${number}` }],
        reminder: { rule: 'case_new', rung: 1, matters: [number] },
      })
      expect(await submissions(world)).toEqual([
        expect.objectContaining({
          village: '吉首市/矮寨镇/阳孟村',
          name: '吴阿婆',
          phone: '13900001234',
          members: '3',
          causes: 'illness schooling',
          urgent: 'no',
          earners: '3',
          income: '3500',
          spent: '0',
          story: '老伴住院了',
        }),
      ])

      expect(first.of('morning').map(whenTo)).toEqual(['2026-11-25T08:00 c1', '2026-11-25T08:30 g1'])
      const [privately, digest] = first.of('morning') as [PipeOut, PipeOut]
      expect(rulesOf(privately)?.toSorted()).toEqual(['case_due', 'visit_overdue', 'visit_overdue'])
      for (const name of ['吴阿婆', '张国强', '石二妹']) expect(privately.text).toContain(name)
      expect(rulesOf(digest)?.toSorted()).toEqual(['case_due', 'visit_overdue', 'visit_overdue'])
      for (const secret of ['吴', '张国强', '石二妹', '139', '老伴', '生病', '3,500', '3500'])
        expect(digest.text).not.toContain(secret)
      for (const matter of digest.reminder?.matters ?? []) {
        expect(isMatterNumber(matter)).toBe(true)
        expect(digest.text).toContain(matter)
      }

      const visitNumber = (name: string) =>
        new RegExp(`(\\d{11}) ${name}`).exec(privately.text)?.[1] ?? `no number of ${name}`
      const [zhang, shi] = [visitNumber('张国强'), visitNumber('石二妹')]
      const second = await world.pipe([
        ...says('c1', 1, ['走访记录', '张国强', '上门', '本人', '无变化']),
        { id: 'next', now: '2026-11-26T09:00:00+08:00' },
        { id: 'seen', chat: 'g1', group: true, from: 'c1', text: `${number} 已联系` },
        ...says('c1', 6, ['走访记录', '石二妹', '上门', '本人', '无变化']),
        { id: 'later', now: '2026-12-07T09:00:00+08:00' },
      ])
      expect(second.of('next').map(({ chat }) => chat)).toEqual(['c1', 'g1'])
      for (const line of second.of('next')) expect(line.reminder?.matters).not.toContain(zhang)
      expect(second.of('next')[1]?.reminder?.matters).toContain(shi)
      expect(second.of('seen').map(({ chat }) => chat)).toEqual(['g1'])
      expect(second.of('seen')[0]?.text).not.toMatch(/吴|139/)

      const later = second.of('later')
      expect(later.length).toBeGreaterThan(3)
      const told = later.flatMap(({ reminder }) => reminder?.matters ?? [])
      expect(told).not.toContain(zhang)
      expect(told).not.toContain(shi)
      expect(told).toContain(number)
      expect(
        later.filter((line) => ['2026-11-28', '2026-11-29', '2026-12-05', '2026-12-06'].includes(dayOf(line))),
      ).toEqual([])
      expect([...first.lines, ...second.lines].filter(({ chat }) => chat === 'open')).toEqual([])
      await world.stored(async ({ reads }) => {
        expect((await reads.rows.first('Case', { where: { number } }))?.acknowledgedAt).not.toBeNull()
        expect(await reads.rows.count('Visit', {})).toBe(2)
      })
    },
  )

  test('nobody is reminded in the holidays of October', MINUTES, async () => {
    const world = await worldOf('2026-09-20T09:00:00+08:00', ['张国强,2026-08-20'])
    const run = await world.pipe([{ id: 'n', now: '2026-10-09T12:00:00+08:00' }], { now: '2026-09-29T09:00:00+08:00' })
    const days = new Set(reminders(run).map(dayOf))
    expect(days).toContain('2026-09-30')
    expect([...days].filter((day) => day >= '2026-10-01' && day <= '2026-10-07')).toEqual([])
    expect(days).toContain('2026-10-08')
  })
})

describe('what can not wait', () => {
  test(
    'danger at night reaches the village and the township at once, until somebody has seen it',
    MINUTES,
    async () => {
      const world = await worldOf('2026-11-24T09:00:00+08:00')
      const run = await world.pipe(
        [...says('u1', 1, reportBy('吴阿婆', ['有', '现在就危险'])), { id: 'half', advance: 'PT30M' }],
        { now: '2026-11-24T23:00:00+08:00' },
      )
      expect(run.of(9).map(whenTo)).toEqual(['u1', 'c1', 't1'].map((chat) => `2026-11-24T23:00 ${chat}`))
      expect(run.of(9)[0]?.text).toMatch(/120|110|119/)
      const number = numberIn(run)
      for (const line of run.of(9).slice(1)) {
        expect(rulesOf(line)).toEqual(['danger_case'])
        expect(line.choices.map(({ id }) => id)).toEqual([`ack:${number}`])
        expect(line.text).toContain('13900001234')
      }
      expect(run.of('half').map(whenTo)).toEqual(['c1', 't1'].map((chat) => `2026-11-24T23:30 ${chat}`))
      await world.stored(async ({ reads }) => {
        expect((await reads.rows.find('Case', {})).map((one) => [one.number, one.urgency])).toEqual([
          [number, 'danger'],
        ])
      })

      const seen = await world.pipe([
        { id: 'ack', chat: 't1', from: 't1', choice: `ack:${number}` },
        { id: 'night', now: '2026-11-25T07:59:00+08:00' },
      ])
      expect(seen.of('ack').length).toBeGreaterThan(0)
      expect(reminders(seen)).toEqual([])
    },
  )

  test('what is urgent at night is told at seven', MINUTES, async () => {
    const world = await worldOf('2026-11-24T09:00:00+08:00')
    const run = await world.pipe(
      [...says('u1', 1, reportBy('吴阿婆', ['有', '这几天要人来'])), { id: 'n', now: '2026-11-25T07:59:00+08:00' }],
      { now: '2026-11-24T23:00:00+08:00' },
    )
    expect(run.of(15).map(({ chat }) => chat)).toEqual(['u1'])
    expect(run.of('n').map(whenTo)).toEqual(['2026-11-25T07:00 c1'])
    expect(rulesOf(run.of('n')[0])).toEqual(['urgent_case'])
  })
})

describe('input and output', () => {
  const NOW = '2026-11-24T15:00:00+08:00'

  test('the same input gives the same output, byte by byte', MINUTES, async () => {
    const input = [
      ...says('u1', 1, reportBy('吴阿婆', ['有', '这几天要人来'])),
      { id: 'n', advance: 'P2D' },
      ...says('c1', 20, ['待办', '走访记录', '张国强', '电话', '本人', '生病', '医疗']),
      { id: 'm', advance: 'P10D' },
    ]
    const outputs: string[] = []
    for (let times = 0; times < 2; times++) {
      const world = await worldOf('2026-11-24T09:00:00+08:00', ['张国强,2026-10-20'])
      outputs.push((await world.pipe(input, { now: NOW, seed: 7 })).raw)
    }
    expect(outputs[0]?.length).toBeGreaterThan(5_000)
    expect(outputs[1]).toBe(outputs[0])
  })

  test('what can not be read is named and the program goes on; a message comes once', MINUTES, async () => {
    const world = await worldOf('2026-11-24T09:00:00+08:00')
    await expect(world.pipe([])).rejects.toMatchObject({ code: 'PIPE_CLOCK_MISSING' })
    const run = await world.pipe(
      [
        '{"id":"1","chat":',
        { id: '2', channel: 'fax', chat: 'u1', from: 'u1', text: '菜单' },
        { id: '3', now: '2026-11-20T00:00:00+08:00' },
        { id: '4', chat: 'u1', from: 'u1' },
        { id: '5', advance: 'P1X' },
        { id: '6', chat: 'u1', from: 'u1', text: '菜单', message: 'm1' },
        { id: '7', chat: 'u1', from: 'u1', text: '菜单', message: 'm1' },
        { id: '8', chat: 'u1', from: 'u1', text: '菜单' },
      ],
      { now: NOW },
    )
    expect(run.lines.filter(({ error }) => error).map(({ re, error }) => `${re} ${error}`)).toEqual([
      'null PIPE_BAD_JSON',
      '2 PIPE_BAD_INPUT',
      '3 PIPE_CLOCK_BACKWARDS',
      '4 PIPE_BAD_INPUT',
      '5 PIPE_BAD_INPUT',
    ])
    expect(run.lines.filter(({ error }) => error).every(({ message }) => (message ?? '').length > 3)).toBe(true)
    expect([6, 7, 8].map((id) => run.of(id).length)).toEqual([1, 0, 1])
    expect(run.lines.flatMap(({ done }) => done ?? [])).toEqual(['2', '3', '4', '5', '6', '7', '8'])
    await expect(world.pipe([], { now: '2026-11-24T14:59:59+08:00' })).rejects.toMatchObject({
      code: 'PIPE_CLOCK_BACKWARDS',
    })
    expect((await world.pipe(says('u1', 9, ['菜单']))).of(9)[0]?.at).toBe(NOW)
  })

  test('what is no answer changes nothing and is met with a sentence', MINUTES, async () => {
    const world = await worldOf('2026-11-24T09:00:00+08:00')
    const odd: (string | object)[] = [
      '长'.repeat(5_000),
      '',
      { sticker: 'wave' },
      { photo: { file: 'roof.jpg' } },
      { choice: 'illness' },
      { choice: 'no' },
      { choice: 'edit:nothing' },
      { location: { latitude: 28.31, longitude: 109.73 } },
      { voice: { file: 'a.amr' } },
      '很多很多',
    ]
    const begin = [{ choice: 'hardship_report' }, '1', '阳孟', '吴阿婆', '没有']
    const run = await world.pipe([...says('u1', 1, begin), ...says('u1', 11, odd), ...says('u1', 31, ['3'])], {
      now: NOW,
    })
    const question = lastOf(run, '5')
    for (const index of odd.keys()) {
      const [line, ...more] = run.of(11 + index)
      expect(more).toEqual([])
      expect(line?.text, JSON.stringify(odd[index]).slice(0, 40)).toContain(question)
      expect(line?.text.length).toBeGreaterThan(question.length)
    }
    expect(lastOf(run, '31')).not.toContain(question)
    await world.stored(async ({ reads }) => {
      const answers = await reads.rows.find('Answer', { where: { kind: 'answered' }, order: ['id'] })
      expect(answers.filter(({ question }) => question === 'members').map(({ value }) => value)).toEqual(['3'])
      expect(answers.filter(({ question }) => question === 'causes')).toEqual([])
      expect(await reads.rows.count('Inbox', { state: { not: 'done' } })).toBe(0)
    })
  })

  test('before anything is begun, odd things are met with the menu', MINUTES, async () => {
    const world = await worldOf('2026-11-24T09:00:00+08:00')
    const odd = ['长'.repeat(5_000), '', { sticker: 1 }, { photo: { file: 'roof.jpg' } }, '嗯嗯']
    const run = await world.pipe(says('u1', 1, [...odd, { choice: 'ack:26112400014' }]), { now: NOW })
    expect(lastOf(run, String(1 + odd.length))).not.toBe('')
    for (const index of odd.keys()) {
      expect(
        run
          .of(1 + index)
          .at(-1)
          ?.choices.map(({ id }) => id),
      ).toContain('hardship_report')
    }
  })

  test('two people at once are not mixed up', MINUTES, async () => {
    const world = await worldOf('2026-11-24T09:00:00+08:00')
    const [left, right] = [reportBy('吴阿婆'), reportBy('麻老五', ['没有']).with(5, '五口人').with(9, '八千')]
    const input = left.flatMap((body, index) => [
      ...says('u1', 100 + index, [body]),
      ...says('u2', 200 + index, [right[index] as string | object]),
    ])
    const run = await world.pipe(input, { now: NOW })
    expect(run.lines.filter(({ error }) => error)).toEqual([])
    for (const line of run.lines) {
      if (line.chat === 'u1') expect(line.re).toMatch(/^1/)
      if (line.chat === 'u2') expect(line.re).toMatch(/^2/)
    }
    const stored = (await submissions(world)).map(({ name, members, income }) => [name, members, income])
    expect(stored).toEqual([
      ['吴阿婆', '3', '3500'],
      ['麻老五', '5', '8000'],
    ])
  })

  test('a code that was scanned says which village it is, by path or by code', MINUTES, async () => {
    const world = await worldOf('2026-11-24T09:00:00+08:00')
    const path = '吉首市/矮寨镇/阳孟村'
    const place = await world.stored(({ reads }) =>
      reads.rows.first('Territory', { columns: ['chatCode'], where: { path } }),
    )
    const run = await world.pipe(
      [`village:${path}`, `v_${place?.chatCode ?? ''}`].flatMap((start, index) =>
        says(`u${index}`, 10 * index, [{ start }, { choice: 'hardship_report' }, '1']),
      ),
      { now: NOW },
    )
    for (const first of [0, 10]) {
      expect(run.of(first)[0]?.text).toContain('阳孟村')
      expect(run.of(first + 2)[0]?.text).toContain('阳孟村')
      expect(run.of(first + 2)[0]?.choices.map(({ id }) => id)).toEqual(['yes', 'no'])
    }
    const unknown = await world.pipe(says('u9', 1, [{ start: 'v_nobody' }, { start: '' }, { start: 'village:无/有' }]))
    for (const id of [1, 2, 3]) expect(unknown.of(id).at(-1)?.choices.length).toBeGreaterThan(2)
  })
})
