import { describe, expect, it } from 'vitest'
import type { PlainDate } from '../../src/base/time.ts'
import { readAnyIdNumber, readSum, scaleOf } from '../../src/domain/comparison/cells.ts'
import { findHeader, repeatsHeader } from '../../src/domain/comparison/header.ts'
import { matchRow, type MatchFacts } from '../../src/domain/comparison/match.ts'
import { readComparedRow, type ComparedPerson } from '../../src/domain/comparison/row.ts'
import { villageFinder } from '../../src/domain/comparison/village-in.ts'
import { checkOf } from '../../src/domain/registry/import/id-number.ts'
import { placeIndex } from '../../src/domain/registry/import/place-index.ts'
import { comparisonTitles, comparisonWords } from '../../src/cli/comparison/titles.ts'
import { shippedText } from '../cli/import-run.ts'

const titles = comparisonTitles(shippedText, null, 'zh-CN')
const rowsOf = (...rows: string[][]) => rows.map((cells, index) => ({ line: index + 1, cells }))
const ID = '43312319650301002'
const WHOLE = ID + checkOf(ID)

describe('ID numbers', () => {
  it('of 15 digits become 18; a small x is an X; full-width digits and blanks are read', () => {
    const old = '433123650301002'
    expect(readAnyIdNumber(old)).toMatchObject({ kind: 'fine', number: WHOLE, birthOn: '1965-03-01' })
    const x = '43312319650301004'
    expect(checkOf(x)).toMatch(/[\dX]/)
    const withX = [...Array(100).keys()]
      .map((n) => `433123196503010${String(n).padStart(2, '0')}`)
      .find((each) => checkOf(each) === 'X')
    expect(readAnyIdNumber(`${withX}x`)).toMatchObject({ kind: 'fine', number: `${withX}X` })
    const wide = [...WHOLE].map((digit) =>
      /\d/.test(digit) ? String.fromCharCode(digit.charCodeAt(0) + 0xfee0) : digit,
    )
    expect(readAnyIdNumber(` ${wide.join('')} `)).toMatchObject({ kind: 'fine', number: WHOLE })
  })
  it.each([
    ['4.33123196503010E+17', 'rounded'],
    ['433123196503010000', 'rounded'],
    ['433123651301002', 'birth'],
    [`${ID}${checkOf(ID) === '1' ? '2' : '1'}`, 'check'],
    ['4331231965', 'length'],
    ['不详', 'characters'],
  ])('%s is refused: %s', (cell, kind) => {
    expect(readAnyIdNumber(cell).kind).toBe(kind)
  })
})

describe('sums', () => {
  it.each([
    ['12345', 1, 12345],
    ['12,345.60元', 1, 12346],
    ['１２３４５', 1, 12345],
    ['1.2万元', 1, 12000],
    ['3万', 1, 30000],
    ['¥ 800.00', 1, 800],
    ['人民币500元整', 1, 500],
    ['1.25', 10000, 12500],
    ['2万', 10000, 20000],
    ['约三千', 1, null],
    ['-5', 1, null],
    ['9e99', 1, null],
    ['', 1, null],
  ])('%s in %i is %s', (cell, scale, value) => {
    expect(readSum(cell, scale)).toBe(value)
  })
  it('the title says what a column is in', () => {
    expect(scaleOf('个人自付（万元）')).toBe(10_000)
    expect(scaleOf('个人自付（元）')).toBe(1)
  })
})

describe('the row of titles', () => {
  it('is found below headings', () => {
    const rows = rowsOf(
      ['吉首市2026年三季度大额医疗费用人员名单', '', ''],
      ['填报单位：医保局', '', ''],
      ['序号', '患者姓名', '身份证号码', '金额（元）'],
      ['1', '石二妹', WHOLE, '5'],
    )
    expect(findHeader(rows, titles, null)).toMatchObject({ line: 3, columns: [null, 'name', 'id_number', 'amount'] })
  })
  it('is read over two rows with merged cells', () => {
    const rows = rowsOf(
      ['序号', '姓名', '身份证号', '家庭住址', '', '', '医疗费用（万元）', '', ''],
      ['', '', '', '县市', '乡镇', '村', '总费用', '报销', '个人自付'],
      ['1', '石二妹', WHOLE, '吉首市', '矮寨镇', '阳孟村', '5', '3', '2'],
    )
    const header = findHeader(rows, titles, null)
    expect(header).toMatchObject({
      line: 2,
      columns: [null, 'name', 'id_number', 'county', 'township', 'territory', null, null, 'amount'],
    })
    expect(scaleOf(header?.titles[8] ?? '')).toBe(10_000)
  })
  it('the first person below one row of titles is no second row of titles', () => {
    const rows = rowsOf(['姓名', '住址', '备注'], ['石二妹', '阳孟村', ''])
    expect(findHeader(rows, titles, null)).toMatchObject({ line: 1 })
  })
  it('is the line that somebody says, and what they say titles mean', () => {
    const rows = rowsOf(['姓名', '备注'], ['谁', '是谁'], ['甲', WHOLE])
    expect(findHeader(rows, comparisonTitles(shippedText, '谁=name，是谁=id_number', 'zh-CN'), 2)).toMatchObject({
      line: 2,
      columns: ['name', 'id_number'],
    })
    expect(findHeader(rows, titles, 3)).toBeNull()
    expect(() => comparisonTitles(shippedText, '谁=nobody', 'zh-CN')).toThrow(/ARGUMENT_INVALID/)
  })
  it('is nothing where nobody is named', () => {
    expect(findHeader(rowsOf(['金额', '日期'], ['1', '2']), titles, null)).toBeNull()
  })
  it('stands again on every page', () => {
    const header = findHeader(rowsOf(['姓名', '身份证号']), titles, null)
    expect(header && repeatsHeader({ line: 9, cells: ['姓 名', '身份证号'] }, header)).toBe(true)
    expect(header && repeatsHeader({ line: 9, cells: ['石二妹', WHOLE] }, header)).toBe(false)
  })
})

describe('rows', () => {
  const { notPeople, kinds } = comparisonWords(shippedText)
  const read = (cells: Record<string, string>, all = Object.values(cells)) =>
    readComparedRow(new Map(Object.entries(cells)), all, { today: '2026-11-23' as PlainDate, notPeople, scale: 1 })

  it('of totals, remarks and signatures are nobody', () => {
    for (const all of [
      ['合  计', '', '3', '12345'],
      ['小计：', '5'],
      ['', '备注：本表由医保局填报'],
      ['填表人：李四', '审核人：'],
      ['7', ''],
      [],
      ['', ' '],
    ])
      expect(read({}, all), all.join()).toEqual({ kind: 'nobody' })
    expect(read({ name: '合计', amount: '3' })).toEqual({ kind: 'nobody' })
  })
  it('tell all that is wrong at once', () => {
    expect(read({ name: '石二妹', id_number: '433123196503010000', amount: '很多', happened_on: '昨天' })).toEqual({
      kind: 'refused',
      refusals: [
        { column: 'id_number', reason: 'id_rounded' },
        { column: 'amount', reason: 'not_number', params: { value: '很多' } },
        { column: 'happened_on', reason: 'not_a_day', params: { value: '昨天' } },
      ],
    })
    expect(read({ amount: '5', happened_on: '2026-01-01', note: 'x' })).toMatchObject({ kind: 'refused' })
    expect(read({ name: '石二妹', happened_on: '2026-12-01' })).toMatchObject({ refusals: [{ reason: 'in_future' }] })
  })
  it('give names without blanks, and dashes for nothing', () => {
    expect(read({ name: '石 二　妹', id_number: WHOLE, amount: '—', happened_on: '/', village: '阳孟 村' })).toEqual({
      kind: 'person',
      person: { idNumber: WHOLE, name: '石二妹', places: ['阳孟村'], amount: null, happenedOn: null, note: null },
    })
  })
  it('a family name is no remark', () => {
    expect(read({ name: '计合' })).toMatchObject({ kind: 'person' })
  })
  it('kinds are named in words', () => {
    expect(['illness', '因病', '家里有人生病', 'Illness', '因 灾'].map(kinds)).toEqual([
      'illness',
      'illness',
      'illness',
      'illness',
      'disaster',
    ])
    expect(kinds('赌博')).toBeNull()
  })
})

describe('the village that is meant', () => {
  const place = (id: string, path: string, level: string, parentId: string | null) => ({
    id,
    path,
    name: path.split('/').at(-1) as string,
    level,
    parentId,
    code: null,
    zone: null,
    class: null,
    publicPhone: null,
    chatCode: id,
    extra: null,
    revision: 0,
  })
  const all = [
    place('c', '吉首市', 'county', null),
    place('t', '吉首市/矮寨镇', 'township', 'c'),
    place('t2', '吉首市/河溪镇', 'township', 'c'),
    place('v', '吉首市/矮寨镇/阳孟村', 'village', 't'),
    place('x', '吉首市/矮寨镇/幸福村', 'village', 't'),
    place('y', '吉首市/河溪镇/幸福村', 'village', 't2'),
    place('g', '吉首市/矮寨镇/阳孟村/三组', 'grid', 'v'),
  ]
  const finder = villageFinder(placeIndex(all), all)
  it.each([
    [['吉首市/矮寨镇/阳孟村'], 'v'],
    [['吉首市', '矮寨镇', '阳孟村'], 'v'],
    [['吉首市/矮寨镇/阳孟村/三组'], 'v'],
    [['湖南省湘西州吉首市矮寨镇阳孟村3组12号'], 'v'],
    [['阳孟'], 'v'],
    [['矮寨镇幸福村'], 'x'],
    [['河溪镇', '幸福村委会'], 'y'],
    [['幸福村'], null],
    [['矮寨镇'], null],
    [['长沙市岳麓区'], null],
    [[], null],
  ])('%j is %s', (said, id) => {
    expect(finder.find(said)?.id ?? null).toBe(id)
  })
})

describe('who is meant', () => {
  const person: ComparedPerson = {
    idNumber: WHOLE,
    name: '石二妹',
    places: [],
    amount: 9000,
    happenedOn: null,
    note: null,
  }
  const household = { id: 'h', head: '石二妹', territoryId: 'v', monitoredType: null, helperId: null, closedOn: null }
  const found = { householdId: 'h', memberId: 'm', name: '石二妹', hasIdNumber: true }
  const facts = (more: Partial<MatchFacts> = {}): MatchFacts => ({
    byId: found,
    namesakes: [],
    households: new Map([['h', household]]),
    openCase: () => null,
    threshold: () => null,
    ...more,
  })
  const state = (more: Partial<MatchFacts> = {}, who: Partial<ComparedPerson> = {}) =>
    matchRow({ ...person, ...who }, facts(more)).state

  it('by ID number, at or above the threshold; without a sum it counts', () => {
    expect(state()).toBe('matched')
    expect(state({ threshold: () => 9000 })).toBe('matched')
    expect(state({ threshold: () => 9001 })).toBe('below')
    expect(state({ threshold: () => 9001 }, { amount: null })).toBe('matched')
  })
  it('is known where the household is monitored or has a matter', () => {
    expect(state({ households: new Map([['h', { ...household, monitoredType: 'borderline' }]]) })).toBe('known')
    expect(matchRow(person, facts({ openCase: () => ({ id: 'k' }) as never }))).toMatchObject({
      state: 'known',
      caseId: null,
    })
  })
  it('by name and village only as a candidate, and never two people with an ID number each', () => {
    const namesake = { ...found, memberId: 'n', hasIdNumber: false }
    expect(state({ byId: null, namesakes: [namesake] })).toBe('candidate')
    expect(state({ byId: null, namesakes: [found] })).toBe('unknown')
    expect(state({ byId: null, namesakes: [found] }, { idNumber: null })).toBe('candidate')
    expect(state({ byId: null, namesakes: [namesake], threshold: () => 10_000 })).toBe('below')
    expect(state({ byId: null })).toBe('unknown')
  })
  it('a household that is gone is nobody', () => {
    expect(state({ households: new Map([['h', { ...household, closedOn: '2026-01-01' }]]) })).toBe('unknown')
  })
})
