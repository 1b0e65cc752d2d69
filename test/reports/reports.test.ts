import { describe, expect, it } from 'vitest'
import { answerReport } from '../../src/reports/answers.ts'
import { caseReport } from '../../src/reports/cases.ts'
import { REPORTS } from '../../src/reports/catalogue.ts'
import { visitReport } from '../../src/reports/visits.ts'
import COLUMNS from '../contracts/export-columns.json' with { type: 'json' }
import { shippedText } from '../cli/import-run.ts'
import { at, day, mainOf, objectsOf, options, sample } from './sample.ts'

describe('columns', () => {
  it.each(Object.keys(REPORTS))(
    'of %s are the contract, in its order, and have a title in every language',
    async (name) => {
      const expected = COLUMNS[name as keyof typeof COLUMNS]
      for (const labels of [null, ...shippedText.languages]) {
        const report = await REPORTS[name as keyof typeof REPORTS](sample().reports, options({ forms: [], labels }))
        expect(report.sheets[0].columns.map((column) => column.name)).toEqual(expected)
        const titles = report.sheets[0].columns.map((column) => column.title)
        if (labels === null) expect(titles).toEqual(expected)
        else
          for (const column of expected) expect(shippedText.has(`exports:columns.${name}.${column}`, labels)).toBe(true)
      }
    },
  )

  it('every report that can be exported is in the contract', () => {
    expect(Object.keys(COLUMNS)).toEqual(Object.keys(REPORTS))
  })
})

describe('cases', () => {
  it('show where, who, by when, and the answers of the form', async () => {
    const [first, second, third] = await mainOf(await caseReport(sample().reports, options()))
    expect(first).toMatchObject({
      number: '26110200012',
      territory: '吉首市/矮寨镇/阳孟村',
      township: '矮寨镇',
      person: '张国强',
      phone: '138****5678',
      assignee: '石建国',
      days_open: 21,
      late: 'yes',
      form: 'hardship_report',
      members: 4,
      causes: 'illness housing',
      answer_village: '吉首市/矮寨镇/阳孟村',
      answer_phone: '138****5678',
      name: '张国强',
      story: '***',
    })
    expect(second).toMatchObject({
      household_key: 'H001',
      phone: '139****4321',
      closed_on: '2026-11-12',
      days_open: 7,
      late: 'no',
    })
    expect(third).toMatchObject({ kind: 'water', late: 'no', members: null })
  })

  it('are in words where a language is asked for, in full where that is allowed', async () => {
    const report = await caseReport(sample().reports, options({ labels: 'zh-CN', full: true, split: 'both' }))
    expect(report.sheets[0].name).toBe('办件')
    expect(report.sheets[0].columns[0]?.title).toBe('编号')
    const [first] = await mainOf(report)
    expect(first).toMatchObject({
      kind: '防贫申报',
      stage: '入户核查',
      late: '是',
      phone: '13812345678',
      causes: '家里有人生病、房子有问题',
      'causes/illness': 1,
      'causes/water': 0,
      urgent: '不是',
      story: '=HYPERLINK("x") 家里有人生病',
    })
  })

  it('are those of a period, a place, a state or a form', async () => {
    const numbers = async (more: Parameters<typeof options>[0]) =>
      (await mainOf(await caseReport(sample().reports, options(more)))).map((row) => row['number'])
    expect(await numbers({ from: day('2026-11-02'), to: day('2026-11-02') })).toEqual(['26110200012'])
    expect(await numbers({ territory: '吉首市/矮寨镇/幸福村' })).toEqual(['n-c2'])
    expect(await numbers({ territory: '吉首市' })).toHaveLength(3)
    expect(await numbers({ state: 'closed' })).toEqual(['n-c2'])
    expect(await numbers({ state: 'late' })).toEqual(['26110200012'])
    expect(await numbers({ state: 'verifying' })).toEqual(['26110200012'])
    expect(await numbers({ flow: 'hardship_report' })).toEqual(['26110200012'])
    await expect(numbers({ territory: '没有/这里' })).rejects.toMatchObject({ code: 'NOT_FOUND' })
  })

  it('of a closed month are as they were, with what was entered later marked', async () => {
    const rows = await mainOf(await caseReport(sample().reports, options({ asOf: at('2026-11-04T00:00:00+08:00') })))
    expect(rows[0]).toMatchObject({
      stage: 'accepted',
      stage_entered_on: '2026-11-03',
      days_open: 2,
      late: 'no',
      entered_later: 'no',
    })
    expect(rows[1]).toMatchObject({ stage: 'reported', decided_on: null, closed_on: null })
    expect(rows[2]).toMatchObject({ number: 'n-c3', entered_later: 'yes' })
  })
})

describe('visits', () => {
  it('show the household and what was found, the words of people masked', async () => {
    const [visit] = await mainOf(await visitReport(sample().reports, options()))
    expect(visit).toMatchObject({
      household_key: 'H001',
      head: '石二妹',
      phone: '139****4321',
      status: 'dibao_recipient relocated',
      changes: 'income_down job_lost',
      wish: '***',
      staff: '石建国',
      late: 'yes',
      logged_at: '2026-11-11T08:00:00+08:00',
    })
    const [labelled] = await mainOf(await visitReport(sample().reports, options({ labels: 'zh-CN', full: true })))
    expect(labelled).toMatchObject({
      status: '低保户、易地搬迁户',
      mode: '上门',
      changes: '收入下降、没活干了',
      wish: '想治病',
    })
  })
})

describe('answers', () => {
  it('are one row each, repeats unrolled, with the words beside the names', async () => {
    const rows = await mainOf(await answerReport(sample().reports, options()))
    const short = rows.map((row) => [row['question'], row['label'], row['value'], row['value_label']])
    const say = (name: string) => shippedText.say({ key: `flows/hardship_report:questions.${name}.label` }, 'zh-CN')
    expect(short).toContainEqual(['members', say('members'), '4', '4'])
    expect(short).toContainEqual(['causes', say('causes'), 'illness housing', '家里有人生病、房子有问题'])
    expect(rows.find((row) => row['question'] === 'people[1].card')?.['value']).toBe('**************1236')
    expect(rows.find((row) => row['question'] === 'story')?.['value']).not.toContain('生病')
    expect(rows.find((row) => row['question'] === 'case.urgent')?.['value']).toBe('false')
    expect(rows[0]).toMatchObject({ submitted_at: '2026-11-02T23:30:00+08:00', matter: '26110200012' })
  })

  it('of one form are one row for each submission, its repeats on a sheet of their own', async () => {
    const report = await answerReport(
      sample().reports,
      options({ flow: 'hardship_report', split: 'columns', full: true }),
    )
    const [row] = await mainOf(report)
    expect(row).toMatchObject({
      submission: 'sub1',
      members: 4,
      'causes/housing': 1,
      'causes/water': 0,
      phone: '13812345678',
    })
    expect(row).not.toHaveProperty('causes')
    const people = await objectsOf(report.sheets[1] as (typeof report.sheets)[0])
    expect(people).toEqual([
      { submission: 'sub1', matter: '26110200012', instance: 1, name: '张国强', card: '433101197203051236' },
      { submission: 'sub1', matter: '26110200012', instance: 2, name: '张小妹', card: null },
    ])
  })

  it('are of local days, both ends included', async () => {
    const count = async (from: string, to: string) =>
      (
        await mainOf(
          await answerReport(sample().reports, options({ from: day(from), to: day(to), flow: 'hardship_report' })),
        )
      ).length
    expect(await count('2026-11-02', '2026-11-02')).toBe(1)
    expect(await count('2026-11-03', '2026-11-03')).toBe(0)
    expect(await count('2026-11-01', '2026-11-01')).toBe(0)
  })
})
