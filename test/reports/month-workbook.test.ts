import { expect, test } from 'vitest'
import type { PlainDate } from '../../src/base/time.ts'
import { monthFigures, monthOf, monthBefore } from '../../src/domain/month/figures.ts'
import type { MonthCase, MonthPlan } from '../../src/domain/month/ports.ts'
import { instantOf } from '../../src/base/time.ts'
import { monthLines } from '../../src/messaging/commands/month-lines.ts'
import { monthReport } from '../../src/reports/month-workbook.ts'
import { TEXT, ZONE } from '../reminders/county.ts'

const day = (text: string) => text as PlainDate
const NOVEMBER = { from: day('2026-11-01'), to: day('2026-11-30') }

const matter = (number: string, leadOn: string, rest: Partial<MonthCase> = {}): MonthCase => ({
  number,
  kind: 'hardship',
  territoryId: 'v',
  seenFrom: null,
  leadOn: day(leadOn),
  decideBy: null,
  decidedOn: null,
  closedAt: null,
  ...rest,
})
const plan = (id: string, dueOn: string, closedOn: string | null): MonthPlan => ({
  id,
  plan: 'monitored',
  dueOn: day(dueOn),
  closedOn: closedOn === null ? null : day(closedOn),
})

const MATTERS = [
  matter('1', '2026-11-02', { decideBy: day('2026-11-17'), decidedOn: day('2026-11-17') }),
  matter('2', '2026-11-03', { decideBy: day('2026-11-18'), decidedOn: day('2026-11-19'), kind: 'water' }),
  matter('3', '2026-10-20', { decideBy: day('2026-11-04') }),
  matter('4', '2026-11-20', { decideBy: day('2026-12-05') }),
  matter('5', '2026-11-05', { closedAt: instantOf(day('2026-11-06'), '10:00', ZONE) }),
]
const PLANS = [
  plan('a', '2026-11-10', '2026-11-09'),
  plan('b', '2026-11-10', '2026-11-12'),
  plan('c', '2026-11-10', null),
  plan('d', '2026-11-10', '2026-11-10'),
]

const figures = monthFigures(NOVEMBER, MATTERS, PLANS, new Set(['a', 'b']), ZONE)

test('a month is counted: leads, decided, in time, open, late; a plan that was closed without a visit is not done', () => {
  expect(figures.cases).toEqual({ leads: 4, decided: 2, inTime: 1, open: 4, late: 1 })
  expect(figures.lateNumbers).toEqual(['3'])
  expect(figures.visits).toEqual({ due: 4, done: 2, onTime: 1 })
  expect([...figures.casesByKind.keys()]).toEqual(['hardship', 'water'])
})

test('months begin and end where they do, leap years included', () => {
  expect(monthOf(day('2028-02-29'))).toEqual({ from: '2028-02-01', to: '2028-02-29' })
  expect(monthOf(day('2027-02-03'))).toEqual({ from: '2027-02-01', to: '2027-02-28' })
  expect(monthBefore(day('2027-01-31'))).toEqual({ from: '2026-12-01', to: '2026-12-31' })
})

test('the workbook holds counts, kinds and numbers only; a single matter has no kind', async () => {
  const rowsOf = async (some: typeof figures) => {
    const rows: unknown[][] = []
    for (const sheet of monthReport(some, TEXT, 'zh-CN').sheets)
      for await (const batch of sheet.rows()) rows.push(...batch.map((row) => [...row]))
    return rows
  }
  const rows = await rowsOf(figures)
  expect(rows).toContainEqual(['新线索', 4])
  expect(rows).toContainEqual(['防贫申报', 3, 1, 1, 3, 1])
  expect(rows).toContainEqual(['3'])
  const one = monthFigures(NOVEMBER, [MATTERS[3]!], [], new Set(), ZONE)
  expect(JSON.stringify(await rowsOf(one))).not.toContain('防贫申报')
  const said = (some: typeof figures) => monthLines(some, true).map((line) => TEXT.say(line, 'zh-CN'))
  expect(said(one).join()).not.toContain('防贫申报')
  expect(said(figures)).toContain('该走访 4 次，已走访 2 次，按时 1 次')
})
