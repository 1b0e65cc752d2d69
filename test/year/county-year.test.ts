/**
 * A county's year through `bangfu pipe`: import, reports, verification, confirmation on day 14 and on day 17, measures, visits
 * made and missed, removal, look-back. county-year.txt holds every message; it was read line by line and found right
 * (`vitest -u` writes it anew: read the difference). The tables below were made by hand from flows/policy.
 */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { pipeWorld, type PipeOut, type PipeRun, type PipeWorld } from '../cli/pipe-world.ts'
import { HOUSEHOLDS, MORE_GROUPS, MORE_STAFF, SCRIPT } from './script.ts'

let world: PipeWorld
let run: PipeRun

beforeAll(async () => {
  world = await pipeWorld('2026-11-23T08:00:00+08:00', HOUSEHOLDS, { staff: MORE_STAFF, groups: MORE_GROUPS })
  run = await world.pipe(SCRIPT, { now: '2026-11-23T09:00:00+08:00' })
}, 300_000)
afterAll(() => world.remove())

const when = ({ at }: PipeOut): string => `${at.slice(0, 10)} ${at.slice(11, 16)}`
const itemsOf = ({ reminder }: PipeOut): string[] =>
  (reminder?.items ?? []).map(({ rule, rung, matter }) => `${rule}/${rung} ${matter}`)

test('every message is the one that was read and found right', async () => {
  expect(run.lines.filter(({ error }) => error)).toEqual([])
  const said = run.lines
    .filter(({ done }) => done === undefined)
    .map((line) => {
      const items = itemsOf(line)
      const mark = items.length > 0 ? ` {${items.join(', ')}}` : ''
      return `${when(line)} ${line.chat}${mark}: ${line.text.replaceAll('\n', ' ⏎ ')}\n`
    })
  await expect(said.join('')).toMatchFileSnapshot('county-year.txt')
})

/** Of the two matters, the three visits by their numbers, and the tasks: when whom which rung reaches, and why then. */
const PRIVATELY = `
2026-11-23 09:00 c1 case_new/1 26112300013
2026-11-23 09:00 c1 case_new/1 26112300021
2026-11-23 09:00 c1 task_due/1 26112300030      perhaps the same matter: told at once
2026-11-27 08:00 k1 case_due/1 26112300021      comparing, which the county does; day 6 is a Sunday: the working day before
2026-11-30 08:00 k1 case_due/2 26112300021      +1d
2026-12-02 08:00 t1 case_due/4 26112300021      +3d; +2d was the group's, on 1 December
2026-12-03 08:00 c1 visit_overdue/1 26120300015 due Saturday 5 December, -2d
2026-12-03 08:00 c1 visit_overdue/1 26120300023
2026-12-04 08:00 c1 case_total/1 26112300013    day 15 is 8 December; -3d is a Saturday
2026-12-04 08:00 c1 case_total/1 26112300021
2026-12-07 08:00 c1 visit_overdue/2 26120300023 +1d is a Sunday; the other one was visited on the 3rd
2026-12-07 08:00 t1 case_total/2 26112300013    -1d
2026-12-07 08:00 t1 case_total/2 26112300021
2026-12-08 08:00 c1 case_due/1 26112300021      notice of five days from the 3rd
2026-12-09 08:00 c1 case_due/2 26112300021
2026-12-10 08:00 k1 case_due/1 26112300021      review passed on the 9th, so the county’s; its day 15 was the 8th: enters at rung 1
2026-12-10 09:30 c1 task_due/1 26121000014      a plan within ten days, told as it is opened
2026-12-14 08:00 t1 visit_overdue/4 26120300023 +7d is a Saturday
2026-12-18 08:00 c2 task_due/1 26120700028      a measure due on the 20th, two days before
2026-12-21 08:00 k1 task_due/1 26122100017      +14d is a Saturday: only proposed to the county
2026-12-31 08:00 c1 visit_overdue/1 26123100010 due Sunday 3 January; 1 January is a day off
2027-02-01 08:00 c1 visit_overdue/1 27020100011 due 3 February
2027-02-01 08:00 c1 visit_overdue/1 27020100020
2027-02-01 08:00 c1 visit_overdue/1 27020100038 monthly since the county confirmed
2027-03-01 08:00 c1 visit_overdue/1 27030100015
2027-03-01 08:00 c1 visit_overdue/1 27030100023
2027-03-01 08:00 c1 visit_overdue/1 27030100031
2027-04-01 08:00 c1 visit_overdue/1 27040100010
2027-04-01 08:00 c1 visit_overdue/1 27040100028
2027-04-01 08:00 c1 visit_overdue/1 27040100036
2027-04-30 08:00 c1 visit_overdue/1 27043000013 due 3 May; 1 and 2 May are days off
2027-04-30 08:00 c1 visit_overdue/1 27043000021
2027-04-30 08:00 c1 visit_overdue/1 27043000030
2027-06-01 08:00 c1 visit_overdue/1 27060100016
2027-06-01 08:00 c1 visit_overdue/1 27060100024
2027-06-01 08:00 c1 visit_overdue/1 27060100032
2027-06-11 08:00 t1 case_due/1 26112300013      review of the removal, until Sunday 13 June
2027-06-14 08:00 t1 case_due/2 26112300013
2027-07-01 08:00 c1 visit_overdue/1 27070100013 the third household is not visited monthly any more
2027-07-01 08:00 c1 visit_overdue/1 27070100021
2027-07-30 08:00 c1 visit_overdue/1 27073000018 due 3 August, -2d is a Sunday
2027-07-30 08:00 c1 visit_overdue/1 27073000026
2027-09-01 08:00 c1 visit_overdue/1 27090100019
2027-09-01 08:00 c1 visit_overdue/1 27090100027
2027-09-10 08:00 c1 visit_overdue/1 27091000011 look-back three months after 14 June; -2d is a Sunday
2027-09-16 08:00 c1 visit_overdue/2 27091000011 the 15th is 中秋; a call was no visit
`

const table = (text: string): string[] =>
  text
    .trim()
    .split('\n')
    .map((line) => line.split(/ +/).slice(0, 5).join(' '))

test('each person hears each rung on the day that the policy says, and nothing else', () => {
  const people = run.lines.filter(({ chat, reminder }) => reminder && /^[ctk]\d$/.test(chat))
  const heard = people.flatMap((line) => itemsOf(line).map((item) => `${when(line)} ${line.chat} ${item}`))
  expect(heard.sort()).toEqual(table(PRIVATELY).sort())
})

/** Each working day from the first on which it is due within two days, or overdue, to the last before it is settled. */
const IN_THE_VILLAGE: Readonly<Record<string, string>> = {
  26112300013: '2026-11-25 2026-12-07 2027-06-11 2027-06-14',
  26112300021: '2026-11-27 2026-11-30 2026-12-01 2026-12-02 2026-12-03 2026-12-07 2026-12-08 2026-12-09 2026-12-10',
  26120300023:
    '2026-12-07 2026-12-08 2026-12-09 2026-12-10 2026-12-11 2026-12-14 2026-12-15 2026-12-16 2026-12-17 2026-12-18 ' +
    '2026-12-21 2026-12-22',
  27091000011: '2027-09-16 2027-09-17',
}

test('the village hears at 08:30 of what is due or overdue, every working day until it is settled', () => {
  const days: Record<string, string> = {}
  for (const line of run.to('g1')) {
    expect(when(line).slice(11)).toBe('08:30')
    for (const { matter } of line.reminder?.items ?? [])
      days[matter] = [...(days[matter]?.split(' ') ?? []), line.at.slice(0, 10)].join(' ')
  }
  expect(days).toEqual(IN_THE_VILLAGE)
})

test('the township hears on Mondays, the county on the first working day of the month with its workbook', () => {
  expect(run.to('gt').map(when)).toEqual(['2026-12-07', '2026-12-14', '2026-12-21'].map((day) => `${day} 09:00`))
  const months =
    '2026-12-01 2027-01-04 2027-02-01 2027-03-01 2027-04-01 2027-05-03 2027-06-01 2027-07-01 2027-08-02 2027-09-01'
  expect(run.to('gk').map(when)).toEqual(months.split(' ').map((day) => `${day} 09:00`))
})

test('no group ever reads a name, a phone or an illness', () => {
  for (const line of run.lines.filter(({ chat }) => chat?.startsWith('g')))
    expect(line.text).not.toMatch(/吴阿婆|龙小妹|石二妹|麻老五|石建国|龙四妹|龙镇长|王主任|1\d{10}(?!\d)|生病|透析/)
})
