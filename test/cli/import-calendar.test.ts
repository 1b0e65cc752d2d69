/** `bangfu import calendar` on tables in memory: a table, a notice, what is refused, and what a second import does. */
import { expect, test } from 'vitest'
import { readFileSync } from 'node:fs'
import { insert } from '../../src/base/change.ts'
import { sortableIds } from '../../src/base/ids.ts'
import { seededRandom } from '../../src/base/random.ts'
import type { PlainDate } from '../../src/base/time.ts'
import { runCalendarImport } from '../../src/cli/calendar/import.ts'
import { calendarLines } from '../../src/cli/calendar/show.ts'
import { storedCalendar } from '../../src/domain/calendar/keeper.ts'
import { memoryStorage } from '../../src/storage/memory/memory-storage.ts'
import { clock, fileOf, folder, shippedText } from './import-run.ts'

const ids = sortableIds(clock, seededRandom(3))

async function world() {
  const { reads, writer } = memoryStorage()
  const place = (id: string, path: string, level: string, parentId: string | null) =>
    insert('Territory', { id, path, name: id, level, parentId, chatCode: id, pinyin: '', initials: '' })
  await writer.commit([
    place('jishou', '吉首市', 'county', null),
    place('aizhai', '吉首市/矮寨镇', 'township', 'jishou'),
    place('huayuan', '花垣县', 'county', null),
  ])
  return {
    calendar: () => storedCalendar(reads.calendarDays, reads.registry),
    days: () => reads.calendarDays.calendarDays(),
    async take(content: string, more: { dryRun?: boolean; refusedFile?: string; year?: number } = {}) {
      let written = ''
      const code = await runCalendarImport({
        file: fileOf(content, 'days.txt'),
        year: more.year ?? null,
        storage: { ...reads, writer },
        text: shippedText,
        language: 'en',
        clock,
        ids,
        zone: 'Asia/Shanghai',
        dryRun: more.dryRun ?? false,
        refusedFile: more.refusedFile ?? null,
        out: { write: (text: string) => void (written += text) },
      })
      return { code, lines: written.trimEnd().split('\n') }
    },
  }
}

test('a table with local days: stored once, wrong rows told with line, column and reason', async () => {
  const { take, calendar, days } = await world()
  const content = `日期,安排,名称,地区
2026-09-21,放假,州庆,吉首市
2026年9月22日,off,州庆,吉首市
2026-13-01,off,,
2026-09-23,maybe,,
2026-09-24,off,,凤凰县
2026-05-09,放假,,
2026-05-09,上班,,
`
  const refusedFile = `${folder}/refused-days.csv`
  const first = await take(content, { refusedFile })
  expect(first.code).toBe(2)
  expect(first.lines).toEqual([
    '2\tcreated\t2026-09-21 off 州庆 吉首市',
    '3\tcreated\t2026-09-22 off 州庆 吉首市',
    expect.stringMatching(/^4\trefused\tdate\t/),
    expect.stringMatching(/^5\trefused\tkind\t/),
    expect.stringMatching(/^6\trefused\tterritory\t.*凤凰县/),
    '7\tcreated\t2026-05-09 off',
    expect.stringMatching(/^8\trefused\tkind\t2026-05-09/),
    '2026-05-09 is a working day in the table that ships; what is imported counts: off.',
    'created 3, updated 0, unchanged 0, refused 4',
    expect.stringContaining(refusedFile),
  ])
  expect(readFileSync(refusedFile, 'utf8').trimEnd().split('\n')).toHaveLength(5)
  const found = await calendar()
  expect(found.isWorkingDay('2026-05-09' as PlainDate)).toBe(false)
  expect(found.isWorkingDay('2026-09-21' as PlainDate)).toBe(true)
  expect(found.forPlace('aizhai').isWorkingDay('2026-09-21' as PlainDate)).toBe(false)
  expect(found.forPlace('huayuan').isWorkingDay('2026-09-21' as PlainDate)).toBe(true)

  const again = await take(content)
  expect(again.lines).toContain('created 0, updated 0, unchanged 3, refused 4')
  expect(await days()).toHaveLength(3)
  const amended = await take('date,kind,territory\n2026-09-21,work,吉首市\n')
  expect(amended.lines[0]).toMatch(/^2\tupdated/)
  expect((await calendar()).forPlace('jishou').isWorkingDay('2026-09-21' as PlainDate)).toBe(true)
})

/** Made up: nobody knows the real one yet. */
const NOTICE = `国务院办公厅关于2027年部分节假日安排的通知
一、元旦：1月1日（周五）至3日（周日）放假，共3天。
二、春节：2月5日（周五）至11日（周四）放假调休，共7天。1月31日（周日）、2月20日（周六）上班。
三、清明节：4月3日（周六）至5日（周一）放假，共3天。
四、劳动节：5月1日（周六）至5日（周三）放假调休，共5天。4月25日（周日）上班。
五、端午节：6月9日（周三）放假。
六、中秋节：9月15日（周二）放假。
七、国庆节：10月1日（周五）至7日（周四）放假调休，共7天。10月9日（周六）上班。
`

test('a pasted notice: what is right is stored, an unclear sentence is refused, mended it covers the year', async () => {
  const { take, calendar, days } = await world()
  const dry = await take(NOTICE, { dryRun: true })
  expect(dry.lines.at(-1)).toMatch(/nothing (was|is) stored/i)
  expect(await days()).toEqual([])

  const first = await take(NOTICE)
  expect(first.code).toBe(2)
  expect(first.lines).toContain('7\trefused\tnotice\t9月15日(周二)放假: 2027-09-15 is said to be 周二, but is 周三')
  expect(first.lines.at(-1)).toBe(
    '2027 is not complete and stays provisional; statutory days that nobody named: 2027-09-15',
  )
  expect((await calendar()).coveredUntil).toBe('2026-12-31')

  const mended = await take(NOTICE.replace('（周二）', '（周三）'))
  expect(mended.code).toBe(0)
  expect(mended.lines.at(-1)).toBe('The holidays of 2027 are complete.')
  expect((await calendar()).coveredUntil).toBe('2027-12-31')
  expect((await days()).find(({ date }) => date === '2027-01-31')).toMatchObject({ kind: 'work', name: '春节' })
})

test('what the calendar says of a year can be read', async () => {
  const { take, calendar, days } = await world()
  await take(NOTICE.replace('（周二）', '（周三）'))
  await take('date,kind,name,territory\n2027-09-20,off,州庆,吉首市\n')
  const shown = async (year: number) =>
    calendarLines({
      year,
      calendar: await calendar(),
      days: await days(),
      paths: new Map([['jishou', '吉首市']]),
      text: shippedText,
      language: 'zh-CN',
    })
  const lines = await shown(2027)
  expect(lines[0]).toContain('按导入的放假安排')
  expect(lines).toContain('2月5日周五至2月11日周四 放假，共 7 天 春节')
  expect(lines).toContain('6月9日周三 放假 端午节')
  expect(lines).toContain('2月20日周六 上班 春节')
  expect(lines).toContain('吉首市：9月20日周一 放假 州庆')
  expect((await shown(2028))[0]).toContain('暂定')
  expect((await shown(2026)).filter((line) => line.includes('上班'))).toHaveLength(6)
})
