/** The text of the yearly notice becomes days; what is unclear is refused with its line and the reason. */
import { expect, test } from 'vitest'
import { addDays, partsOf, type PlainDate } from '../../src/base/time.ts'
import { isNotice, readNotice } from '../../src/domain/calendar/notice.ts'
import { workingCalendar } from '../../src/domain/calendar/working-days.ts'

const NOTICE_2026 = `国务院办公厅关于2026年部分节假日安排的通知
国办发明电〔2025〕7号
各省、自治区、直辖市人民政府，国务院各部委、各直属机构：
经国务院批准，现将2026年元旦、春节、清明节、劳动节、端午节、中秋节和国庆节放假调休日期的具体安排通知如下。
一、元旦：1月1日（周四）至3日（周六）放假调休，共3天。1月4日（周日）上班。
二、春节：2月15日（农历腊月二十八、周日）至23日（农历正月初七、周一）放假调休，共9天。2月14日（周六）、2月28日（周六）上班。
三、清明节：4月4日（周六）至6日（周一）放假，共3天。
四、劳动节：5月1日（周五）至5日（周二）放假调休，共5天。5月9日（周六）上班。
五、端午节：6月19日（周五）至21日（周日）放假，共3天。
六、中秋节：9月25日（周五）至27日（周日）放假，共3天。
七、国庆节：10月1日（周四）至7日（周三）放假调休，共7天。9月20日（周日）、10月10日（周六）上班。
节假日期间，各地区、各部门要妥善安排好值班和安全、保卫、疫情防控等工作。
国务院办公厅
2025年11月4日`

test('the notice of 2026 says what the table that ships says', () => {
  expect(isNotice(NOTICE_2026)).toBe(true)
  const { year, days, refusals } = readNotice(NOTICE_2026)
  expect(refusals).toEqual([])
  expect(year).toBe(2026)
  const calendar = workingCalendar()
  const kinds = new Map(days.map(({ date, kind }) => [date, kind]))
  for (let on = '2026-01-01' as PlainDate; partsOf(on)[0] === 2026; on = addDays(on, 1)) {
    const weekend = [0, 6].includes(new Date(`${on}T00:00:00Z`).getUTCDay())
    expect(kinds.get(on) ?? (weekend ? 'off' : 'work'), on).toBe(calendar.isWorkingDay(on) ? 'work' : 'off')
  }
  expect(days.find(({ date }) => date === '2026-02-23')).toMatchObject({ name: '春节', line: 6, kind: 'off' })
  expect(days.filter(({ kind }) => kind === 'work')).toHaveLength(6)
})

test('older notices cross the new year, name single days and stand without brackets', () => {
  const { days } = readNotice(
    '国务院办公厅关于2023年部分节假日安排的通知\n一、元旦：2022年12月31日至2023年1月2日放假调休，共3天。\n三、清明节：4月5日放假，共1天。\n四、劳动节：4月29日至5月3日放假调休，共5天。4月23日（星期日）、5月6日（星期六）上班。',
  )
  expect(days.map(({ date, kind }) => `${date} ${kind}`)).toEqual([
    '2022-12-31 off',
    '2023-01-01 off',
    '2023-01-02 off',
    '2023-04-05 off',
    ...['2023-04-29', '2023-04-30', '2023-05-01', '2023-05-02', '2023-05-03'].map((date) => `${date} off`),
    '2023-04-23 work',
    '2023-05-06 work',
  ])
})

test.each([
  ['1月1日至3日放假，共4天。', 'count', { said: 4, days: 3 }],
  ['1月4日（周日）上班。', 'weekday', { date: '2027-01-04', said: '日', is: '一' }],
  ['2月30日放假。', 'no_such_day', { month: 2, day: 30 }],
  ['12月31日至1月2日放假，共3天。', 'backwards', { first: '2027-12-31', last: '2027-01-02' }],
  ['5月1日左右放假。', 'unclear', undefined],
  ['5月1日放假或上班。', 'unclear', undefined],
  ['5月1日至5日。', 'unclear', undefined],
])('%s is refused: %s', (sentence, reason, params) => {
  const { days, refusals } = readNotice(`关于2027年部分节假日安排的通知\n节日：${sentence}`)
  expect(days).toEqual([])
  expect(refusals).toEqual([
    {
      line: 2,
      sentence: sentence.slice(0, -1).replace('（', '(').replace('）', ')').replace('，', ','),
      reason,
      ...(params && { params }),
    },
  ])
})

test('a text that names no year needs one', () => {
  const text = '元旦：1月1日至3日放假，共3天。'
  expect(readNotice(text).refusals).toMatchObject([{ line: 1, reason: 'no_year' }])
  expect(readNotice(text, 2027).days.map(({ date }) => date)).toEqual(['2027-01-01', '2027-01-02', '2027-01-03'])
})

test('a table with a header is no notice, whatever its cells say', () => {
  expect(isNotice('日期,类别,名称\n2027年1月1日,放假,元旦')).toBe(false)
})
