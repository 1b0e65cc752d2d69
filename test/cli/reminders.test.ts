import { Writable } from 'node:stream'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { insert } from '../../src/base/change.ts'
import { AppError } from '../../src/base/errors.ts'
import { previewReminders } from '../../src/cli/reminders/preview.ts'
import { explainMatter } from '../../src/cli/reminders/why.ts'
import { XLSX_TYPE } from '../../src/reports/month-workbook.ts'
import { pipeWorld, type PipeOut, type PipeWorld } from './pipe-world.ts'

/** Far ahead of any clock of a machine that runs this. */
const IMPORTED = '2066-11-15T09:00:00+08:00'
const STOPPED = '2066-11-25T10:00:00+08:00'

let world: PipeWorld
let number: string

const collected = async (run: (out: Writable) => Promise<number>): Promise<string> => {
  let text = ''
  const out = new Writable({
    write(part: Buffer, _, done) {
      text += part.toString()
      done()
    },
  })
  expect(await run(out)).toBe(0)
  return text
}

const preview = (on: string) => collected((out) => previewReminders(world.config, on, out))
const why = (asked: string) => collected((out) => explainMatter(world.config, asked, out))

const refusal = async (run: Promise<unknown>): Promise<string> => {
  try {
    await run
  } catch (error) {
    if (error instanceof AppError) return `${error.code} ${JSON.stringify(error.details)}`
    throw error
  }
  throw new Error('was not refused')
}

beforeAll(async () => {
  world = await pipeWorld(IMPORTED, ['麻老五,2066-10-24', '石二妹,2066-10-26'])
  const run = await world.pipe([{ id: 'a', now: STOPPED }], { now: IMPORTED })
  number = run.lines.find((line) => line.reminder)?.reminder?.matters[0] ?? ''
})
afterAll(() => world.remove())

test('what is previewed is what is sent on that day, message for message; and nothing is written by looking', async () => {
  const rows = () =>
    world.stored(async ({ reads }) => [
      await reads.rows.count('Reminder', {}),
      await reads.rows.count('Outbox', {}),
      await reads.rows.count('CronFire', {}),
      await reads.rows.count('NumberBlock', {}),
    ])
  const before = await rows()
  const seen = new Map<string, string>()
  for (const on of ['2066-11-26', '2066-11-29']) seen.set(on, await preview(on))
  expect(await rows()).toEqual(before)
  const run = await world.pipe([{ id: 'b', now: '2066-11-29T23:00:00+08:00' }])
  const sent = run.lines.filter((line) => line.reminder)
  for (const [on, shown] of seen) {
    const theirs = sent.filter((line) => line.at.startsWith(on))
    expect(shown.match(/^\d\d:\d\d /gm)?.length ?? 0, `${on}\n${shown}`).toBe(theirs.length)
    for (const line of theirs) {
      expect(shown).toContain(`${line.at.slice(11, 16)} 发`)
      for (const part of line.text.split('\n')) expect(shown).toContain(part)
    }
  }
  expect(sent.length).toBeGreaterThanOrEqual(3)
  expect([...seen.values()].join('')).toContain('单独提醒负责的人')
})

test('why names the rule, what was sent, and what comes next', async () => {
  const said = await why(` ${number} `)
  expect(said).toContain(`${number} 走访，阳孟村`)
  expect(said).toContain('【visit_overdue】')
  expect(said).toMatch(/第 1 级 石建国：发出了/)
  expect(said).toContain('下一次：')
})

test('what can’t be looked at is refused in words', async () => {
  expect(await refusal(preview('2066-11-31'))).toContain('2026-11-25')
  expect(await refusal(preview('2066-11-01'))).toContain('已经过去')
  expect(await refusal(preview('2069-11-01'))).toContain('400')
  expect(await refusal(why('26112200013'))).toContain('抄错')
  expect(await refusal(why('26112200012'))).toContain('NOT_FOUND')
})

test('the monthly report of the county group carries the figures as a file, whose name is told', async () => {
  await world.stored(async ({ reads, writer }) => {
    const county = await reads.rows.first('Territory', { columns: ['id'], where: { level: 'county' } })
    const group = { channel: 'pipe', chat: 'county', purposes: 'county', audience: 'staff', pageCode: 'county' }
    await writer.commit([insert('GroupChat', { id: 'gc', territoryId: county!.id, ...group })])
  })
  const run = await world.pipe([{ id: 'c', now: '2066-12-03T10:00:00+08:00' }])
  const [report, ...more] = run.to('county') as (PipeOut & { attachment?: { name: string } })[]
  expect(more).toEqual([])
  expect(report?.attachment).toEqual({ name: '吉首市2066-11情况.xlsx' })
  expect(report?.text).toContain('2066年11月')
  expect(report?.text).toContain('该走访 2 次，已走访 0 次')
  for (const name of ['麻老五', '石二妹', '石建国']) expect(report?.text).not.toContain(name)
  const stored = await world.stored(({ reads }) => reads.rows.find('Media', { columns: ['type'] }))
  expect(stored.map(({ type }) => type)).toEqual([XLSX_TYPE])
})
