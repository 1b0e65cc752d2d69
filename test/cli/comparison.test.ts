/** A department's sheet, compared, released by the county, and what follows. */
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { sortableIds } from '../../src/base/ids.ts'
import { seededRandom } from '../../src/base/random.ts'
import { instant } from '../../src/base/time.ts'
import { importComparison } from '../../src/cli/comparison/import-file.ts'
import type { ComparisonImport } from '../../src/cli/comparison/import-options.ts'
import { runRoundList, runRoundShow } from '../../src/cli/comparison/list.ts'
import { runRelease } from '../../src/cli/comparison/release.ts'
import { enterSetting } from '../../src/domain/settings/settings.ts'
import { releaseCommand } from '../../src/messaging/commands/release.ts'
import { reportCase } from '../../src/messaging/report-case.ts'
import { releaseRound } from '../../src/messaging/comparison/release-round.ts'
import { memoryStorage } from '../../src/storage/memory/memory-storage.ts'
import type { Storage } from '../../src/storage/open.ts'
import { rulesOf } from '../../src/wire.ts'
import { definitions, ZONE } from './house.ts'
import { clock, fileOf, folder, importText, NOW, shippedText } from './import-run.ts'
import { gb18030, idOf, oldIdOf, workbook } from './department-files.ts'

const VILLAGE = '吉首市/矮寨镇/阳孟村'
const [A, B, C, D, E] = [
  '43312319650301002',
  '43312319700512003',
  '43312319880808004',
  '43312319550101005',
  '43312319910909006',
].map(idOf) as [string, string, string, string, string]
const STRANGER = idOf('43312319770707007')

interface World {
  readonly storage: Storage
  readonly ids: ReturnType<typeof sortableIds>
}

async function world(): Promise<World> {
  const storage = memoryStorage({ clock })
  const ids = sortableIds(clock, seededRandom(9))
  const tables = { imports: storage.reads.imports, writer: storage.writer }
  const more = { clock, ids }
  await importText(
    tables,
    'territories',
    '﻿county,township,village\n吉首市,矮寨镇,阳孟村\n吉首市,矮寨镇,幸福村\n',
    more,
  )
  await importText(
    tables,
    'staff',
    'name,phone,role,territory\n' +
      `石建国,13800000001,village_staff,${VILLAGE}\n` +
      '龙镇长,13800000002,township_reviewer,吉首市/矮寨镇\n' +
      '向县长,13800000003,county_officer,吉首市\n' +
      `麻帮扶,13800000004,responsible_helper,${VILLAGE}\n`,
    more,
  )
  await importText(
    tables,
    'households',
    'head,territory,size,helper,key,monitored_type,labour_capacity\n' +
      `石二妹,${VILLAGE},3,13800000004,H1,,none\n` +
      `麻老五,${VILLAGE},4,13800000004,H2,\n` +
      `吴秀英,${VILLAGE},2,13800000004,H3,borderline\n` +
      `龙金花,${VILLAGE},5,,H4,\n` +
      `龙金花,${VILLAGE},2,,H5,\n` +
      '田大山,吉首市/矮寨镇/幸福村,2,,H6,\n',
    more,
  )
  await importText(
    tables,
    'members',
    `household,name,id_number\nH1,石二妹,${A}\nH1,石小军,${B}\nH2,麻老五,${C}\nH3,吴秀英,${D}\nH6,田大山,${E}\n`,
    more,
  )
  return { storage, ids }
}

async function send({ storage, ids }: World, content: string | Uint8Array, more: Partial<ComparisonImport> = {}) {
  let written = ''
  const { imports, comparison, settings } = storage.reads
  const code = await importComparison({
    file: fileOf(content),
    round: '三季度',
    source: '医保局',
    kind: '因病',
    headerRow: null,
    map: null,
    dryRun: false,
    refusedFile: null,
    storage: { imports, comparison, settings, writer: storage.writer },
    text: shippedText,
    language: 'zh-CN',
    clock,
    ids,
    zone: ZONE,
    out: { write: (text: string) => void (written += text) },
    err: { write: () => undefined },
    ...more,
  })
  const lines = written.split('\n').filter((line) => line !== '')
  return {
    code,
    lines,
    rows: lines.filter((line) => line.includes('\t')),
    round: lines.filter((line) => line.includes('人，对上')),
  }
}

const rowsOf = ({ storage }: World) => storage.reads.rows.find('ComparisonRow', { order: ['id'] })
const casesOf = ({ storage }: World) => storage.reads.rows.find('Case', { order: ['id'] })

function partsOf({ storage }: World) {
  const rules = rulesOf(definitions, storage, ZONE)
  return { ...rules, ...storage.reads, sequence: storage.numbers, writer: storage.writer }
}

async function release(w: World, by = '向县长', round = '三季度') {
  let written = ''
  await runRelease({
    round,
    by,
    parts: partsOf(w),
    actor: 'cli tester',
    text: shippedText,
    language: 'zh-CN',
    clock,
    ids: w.ids,
    zone: ZONE,
    out: { write: (text: string) => void (written += text) },
  })
  return written.trim()
}

/** Headings, two rows of titles with merged cells, blanks, totals, a page of its own, a remark. */
const MESSY = [
  ['吉首市2026年第三季度大额医疗费用人员名单', '', '', '', '', '', '', ''],
  ['填报单位：市医保局', '', '', '', '', '', '单位：万元', ''],
  ['序号', '姓名', '身份证号码', '家庭住址', '', '医疗费用（万元）', '', '备注'],
  ['', '', '', '乡镇', '村', '总费用', '个人自付', ''],
  ['1', '石 二 妹', ` ${A}`, '矮寨镇', '阳孟村', '8.5', '3.2', '肺炎'],
  [
    '2',
    '麻老五',
    [...C].map((digit) => (/\d/.test(digit) ? String.fromCharCode(digit.charCodeAt(0) + 0xfee0) : digit)).join(''),
    '矮寨镇',
    '阳孟村',
    '２',
    '0.5',
    '',
  ],
  ['', '', '', '', '', '', '', ''],
  ['小计', '', '', '', '', '10.5', '3.7', ''],
  ['序号', '姓名', '身份证号码', '家庭住址', '', '医疗费用（万元）', '', '备注'],
  ['3', '吴秀英', oldIdOf('43312319550101005'), '矮寨镇', '阳孟村', '6', '2.1', ''],
  ['4', '龙金花', '', '矮寨镇', '阳孟', '9', '4万元', ''],
  ['5', '田大山', '4.33123199109090E+17', '矮寨镇', '幸福村', '3', '2', ''],
  ['6', '某某', STRANGER, '矮寨镇', '幸福村', '3', '2', ''],
  ['合  计', '', '', '', '', '31.5', '11.8', ''],
  ['备注：本表不含门诊', '', '', '', '', '', '', ''],
] as const

const csvOf = (rows: readonly (readonly string[])[]) => rows.map((row) => row.join(',')).join('\r\n')

describe.each([
  ['a CSV in GB18030', () => Promise.resolve(gb18030(csvOf(MESSY)))],
  ['a workbook', () => workbook(MESSY)],
])('%s as a department sends it', (_, file) => {
  let w: World
  beforeAll(async () => {
    w = await world()
    const key = { key: 'comparison_threshold.illness', territoryId: null, value: 10_000, source: 'x', enteredBy: 'x' }
    await w.storage.writer.commit(enterSetting(key, null, NOW)?.changes ?? [])
  })

  it('is people only: headings, totals, blanks and titles again are left out, a rounded ID number says how to mend it', async () => {
    const tried = await send(w, await file(), { dryRun: true })
    expect(await rowsOf(w)).toEqual([])
    const refusedTo = join(folder, `refused-${w.ids.next()}.csv`)
    const sent = await send(w, await file(), { refusedFile: refusedTo })
    expect(sent.rows).toEqual(tried.rows)
    expect(sent.round).toEqual(tried.round)
    expect(sent.code).toBe(2)
    expect(sent.rows.map((line) => line.split('\t').slice(1).join(' ')).map((line) => line.slice(0, 60))).toEqual([
      'created 新增 石二妹 对上了',
      'created 新增 麻老五 低于起点，只记下',
      'created 新增 吴秀英 早已知道',
      'created 新增 龙金花 同村同名，要人认',
      expect.stringMatching(/^refused 拒收 id_number 身份证号被表格软件改过/) as string,
      'created 新增 某某 名册上没有',
    ])
    expect(sent.rows.at(-2)).toContain('“文本”格式')
    expect(sent.round).toEqual([
      '三季度（医保局，因病）：6 人，对上 2，其中早已知道 1、已开办 0、等着下发 1；低于起点 1，同村同名要人认 1，名册上没有 1，拒收 1。起点 10,000 元。',
    ])
    expect(existsSync(refusedTo)).toBe(true)
    expect(readFileSync(refusedTo, 'utf8')).toContain('田大山')
    expect((await rowsOf(w)).map(({ amount }) => amount)).toEqual([32000, 5000, 21000, 40000, 20000])
    expect(await casesOf(w)).toEqual([])
  })

  it('changes nothing when it is sent again', async () => {
    const before = await rowsOf(w)
    const [round] = await w.storage.reads.comparison.rounds()
    const sent = await send(w, await file())
    expect(sent.rows.filter((line) => line.includes('unchanged'))).toHaveLength(5)
    expect(await rowsOf(w)).toEqual(before)
    expect(await w.storage.reads.comparison.rounds()).toEqual([round])
  })

  it('is released by a county officer only; matches become leads of that day, what is known does not', async () => {
    await expect(release(w, '龙镇长')).rejects.toMatchObject({ code: 'ARGUMENT_INVALID' })
    await expect(release(w, '没这人')).rejects.toMatchObject({ code: 'ARGUMENT_INVALID' })
    await expect(release(w, '向县长', '四季度')).rejects.toMatchObject({ code: 'NOT_FOUND' })
    expect(await casesOf(w)).toEqual([])
    expect(await release(w, '138 0000 0003')).toContain('对上 2，其中早已知道 1、已开办 1、等着下发 0')
    const staff = await w.storage.reads.rows.find('Staff', {})
    const idOfStaff = (name: string) => staff.find((one) => one.name === name)?.id
    const [opened, ...more] = await casesOf(w)
    expect(more).toEqual([])
    expect(opened).toMatchObject({
      kind: 'hardship',
      stage: 'reported',
      source: 'data',
      personName: '石二妹',
      leadOn: '2026-11-23',
      decideBy: '2026-12-08',
      assigneeId: idOfStaff('麻帮扶'),
      identityId: null,
      risk: 'orange',
      riskRules: 'no_labour',
    })
    const events = await w.storage.reads.rows.find('CaseEvent', { where: { what: 'data_found' } })
    expect(events.map(({ detail }) => JSON.parse(detail ?? '') as object)).toEqual([
      {
        round: '三季度',
        source: '医保局',
        cause: 'illness',
        name: '石二妹',
        amount: 32000,
        happenedOn: null,
        note: '肺炎',
      },
    ])
    const [task, ...others] = await w.storage.reads.rows.find('Task', {})
    expect(others).toEqual([])
    expect(task).toMatchObject({
      kind: 'candidate_check',
      householdId: null,
      assigneeId: idOfStaff('石建国'),
      detail: '龙金花',
    })
    const audit = await w.storage.reads.rows.find('AuditEntry', {
      where: { subject: String((await w.storage.reads.comparison.rounds())[0]?.id) },
    })
    expect(audit.map(({ action, actor }) => [action, actor])).toEqual([
      ['comparison_release', `staff:${idOfStaff('向县长')}`],
      ['comparison_release_by', 'cli tester'],
    ])
  })

  it('what villagers reported themselves is put beside it, and counted with it, once for a village', async () => {
    const other = await world()
    const parts = partsOf(other)
    const [village] = (await other.storage.reads.rows.find('Territory', {})).filter(({ name }) => name === '阳孟村')
    const { decision } = await reportCase(
      parts,
      {
        ...{
          kind: 'hardship',
          urgency: 'normal',
          source: 'self',
          identityId: 'i1',
          profileId: null,
          householdId: null,
        },
        ...{ territoryId: String(village?.id), personName: '石二妹', submissionId: 's1', alarm: null },
        actor: { kind: 'villager', id: 'i1' },
      },
      { name: '石二妹', phone: null, causes: null, what: { literal: '' } },
      NOW,
      ZONE,
      other.ids,
    )
    await other.storage.writer.commit(decision.changes)
    await send(other, `姓名,身份证号\n石二妹,${A}\n麻老五,${C}\n`)
    const [round] = await parts.comparison.rounds()
    const [officer] = await parts.registry.staffNamed('向县长')
    const rule = { kind: 'hardship', reports: 3, withinDays: 7, tell: ['township'], department: null } as const
    await releaseRound(
      { ...parts, alerts: { ...parts.alerts, clusterOf: () => rule } },
      { ...round, releasedById: officer?.id ?? null } as NonNullable<typeof round>,
      NOW,
      ZONE,
      other.ids,
    )
    const cases = await casesOf(other)
    expect(cases.map(({ source, personName }) => [source, personName])).toEqual([
      ['self', '石二妹'],
      ['data', '石二妹'],
      ['data', '麻老五'],
    ])
    const tasks = await other.storage.reads.rows.find('Task', { order: ['kind'] })
    expect(tasks.map(({ kind, refId }) => [kind, refId])).toEqual([
      ['cluster', 'hardship'],
      ['duplicate_check', cases[0]?.id],
    ])
    expect(tasks[0]?.detail?.split(' ')).toHaveLength(3)
    const watches = await other.storage.reads.rows.find('Watch', { where: { rule: 'task_due' } })
    expect(watches).toHaveLength(2)
  })

  it('stays as it is when it is released again, and takes nobody in any more', async () => {
    const before = await casesOf(w)
    await release(w)
    expect(await casesOf(w)).toEqual(before)
    const sent = await send(w, `姓名,身份证号,金额\n石小军,${B},50000\n石二妹,${A},60000\n`)
    expect(sent.code).toBe(1)
    expect(sent.rows[0]).toContain('这一轮已经下发')
    let shown = ''
    const to = {
      comparison: w.storage.reads.comparison,
      text: shippedText,
      language: 'zh-CN',
      zone: ZONE,
      out: { write: (text: string) => void (shown += text) },
    }
    await runRoundList(to)
    await runRoundShow('三季度', to)
    expect(shown.match(/2026年11月23日已下发/g)).toHaveLength(2)
    expect(shown).not.toMatch(/石二妹|肺炎|4331/)
  })
})

describe('the columns of the contract', () => {
  it('name round, source and kind in each row; a kind that is none is refused', async () => {
    const w = await world()
    const sent = await send(
      w,
      'round,source,kind,id_number,name,amount,happened_on\n' +
        `R1,应急局,disaster,${A},石二妹,,2026-07-01\nR2,教育局,因学,${C},麻老五,,\nR1,应急局,洪水猛兽,${E},田大山,,\n,教育局,因学,${E},田大山,,\n`,
      { round: null, source: null, kind: null },
    )
    expect(sent.code).toBe(2)
    expect(sent.rows.map((line) => line.split('\t')[1])).toEqual([
      'created 新增',
      'created 新增',
      'refused 拒收',
      'refused 拒收',
    ])
    expect(
      (await w.storage.reads.comparison.rounds()).map(({ round, source, kind, threshold }) => [
        round,
        source,
        kind,
        threshold,
      ]),
    ).toEqual(
      expect.arrayContaining([
        ['R1', '应急局', 'disaster', null],
        ['R2', '教育局', 'schooling', null],
      ]) as never,
    )
  })

  it('a sheet without titles, or with a wrong word on the command line, is one clear error', async () => {
    const w = await world()
    await expect(send(w, '甲,乙\n1,2\n')).rejects.toMatchObject({ code: 'FILE_UNREADABLE' })
    await expect(send(w, '姓名\n石二妹\n', { headerRow: 2 })).rejects.toMatchObject({ code: 'FILE_UNREADABLE' })
    await expect(send(w, '姓名\n石二妹\n', { kind: '赌博' })).rejects.toMatchObject({ code: 'ARGUMENT_INVALID' })
    await expect(send(w, '姓名\n石二妹\n', { map: '姓名=who' })).rejects.toMatchObject({ code: 'ARGUMENT_INVALID' })
    expect(await w.storage.reads.comparison.rounds()).toEqual([])
  })
})

it('what has a matter already, or is monitored, gets an entry on its timeline at the release, once', async () => {
  const w = await world()
  await send(w, `姓名,身份证号\n石二妹,${A}\n`, { round: '一' })
  await release(w, '向县长', '一')
  // The son of the same household, from another department; and a household that is monitored and never had a matter.
  const second = await send(w, `姓名,身份证号,备注\n石小军,${B},失业\n吴秀英,${D},\n`, {
    round: '（二）',
    kind: 'job_loss',
  })
  expect(second.round[0]).toContain('早已知道 2、已开办 0、等着下发 0')
  expect(await w.storage.reads.rows.count('CaseEvent', { what: 'data_found' })).toBe(1)
  for (const _ of [1, 2]) await release(w, '向县长', ' (二) ')
  const events = await w.storage.reads.rows.find('CaseEvent', { where: { what: 'data_found' }, order: ['id'] })
  expect(events.map(({ detail }) => (JSON.parse(detail ?? '') as { name: string }).name)).toEqual(['石二妹', '石小军'])
  expect(await casesOf(w)).toHaveLength(1)
})

it('a tap lets go what was shown; when a file came in since, the counts are shown again', async () => {
  const w = await world()
  await send(w, `姓名,身份证号\n石二妹,${A}\n`)
  const command = releaseCommand(w.storage.reads, shippedText)
  const [officer] = await w.storage.reads.registry.staffNamed('向县长')
  const staff = {
    id: officer?.id ?? '',
    name: '向县长',
    scopes: [{ role: 'county_officer', territoryId: '', path: '吉首市' }],
  }
  const context = {
    text: '',
    choice: null,
    group: false,
    chat: 'x',
    at: NOW,
    zone: ZONE,
    ids: w.ids,
    speaker: { staff } as never,
  }
  const asked = await command({ ...context, text: '下发三季度' })
  const [choice] = asked?.say.at(-1)?.choices ?? []
  expect(asked?.changes).toEqual([])
  await send(w, `姓名,身份证号\n麻老五,${C}\n`)
  const again = await command({ ...context, choice: choice?.id ?? '' })
  expect(again?.changes).toEqual([])
  const [fresh] = again?.say.at(-1)?.choices ?? []
  expect(fresh?.id).not.toBe(choice?.id)
  expect((await command({ ...context, choice: fresh?.id ?? '' }))?.changes).toHaveLength(2)
  const others = { ...staff, scopes: [{ role: 'township_reviewer', territoryId: '', path: '吉首市/矮寨镇' }] }
  const refused = await command({ ...context, choice: fresh?.id ?? '', speaker: { staff: others } as never })
  expect(refused?.changes).toEqual([])
  expect(await command({ ...context, text: '下发', speaker: { staff: null } as never })).toBeNull()
  expect(await command({ ...context, text: '今天下发通知' })).toBeNull()
})

describe('in small commits', () => {
  const many = (count: number) =>
    `姓名,身份证号,村\n${[...Array(count).keys()].map((n) => `路人${n},${idOf(`4331231990${String(101 + (n % 28)).padStart(4, '0')}${String(n % 1000).padStart(3, '0')}`)},阳孟村`).join('\n')}\n`

  it('none holds more than 200 rows, and a file that was cut off goes on where it was', async () => {
    const w = await world()
    const sizes: number[] = []
    const unsealed: unknown[] = []
    const { writer } = w.storage
    let left = 2
    const dying = {
      commit(changes: Parameters<typeof writer.commit>[0]) {
        sizes.push(changes.length)
        for (const change of changes)
          if (change.op === 'insert' && typeof change.row['idNumber'] === 'string') unsealed.push(change)
        if (left-- === 0) return Promise.reject(new Error('killed'))
        return writer.commit(changes)
      },
    }
    const { imports, comparison, settings } = w.storage.reads
    const file = many(600)
    await expect(send(w, file, { storage: { imports, comparison, settings, writer: dying } })).rejects.toThrow('killed')
    expect((await rowsOf(w)).length).toBe(380)
    const again = await send(w, file)
    expect(again.rows.filter((line) => line.includes('unchanged'))).toHaveLength(380)
    expect((await rowsOf(w)).length).toBe(600)
    expect(Math.max(...sizes)).toBeLessThanOrEqual(200)
    expect(unsealed).toEqual([])
    const [round] = await comparison.rounds()
    expect(round).toMatchObject({ rows: 600, matched: 0, candidates: 0 })
  })

  it('a release that is cut off at any commit opens each household once', async () => {
    for (const after of [0, 1, 3]) {
      const w = await world()
      const tables = { imports: w.storage.reads.imports, writer: w.storage.writer }
      const numbers = [...Array(40).keys()].map((n) =>
        idOf(`4331231990${String(101 + (n % 28)).padStart(4, '0')}${String(n).padStart(3, '0')}`),
      )
      await importText(
        tables,
        'households',
        `head,territory,size,key\n${numbers.map((_, n) => `户${n},${VILLAGE},2,X${n}\n`).join('')}`,
        { clock, ids: w.ids },
      )
      await importText(
        tables,
        'members',
        `household,name,id_number\n${numbers.map((id, n) => `X${n},户${n},${id}\n`).join('')}`,
        { clock, ids: w.ids },
      )
      await send(w, `姓名,身份证号\n${numbers.map((id, n) => `户${n},${id}\n`).join('')}户7,${numbers[7]}\n`)
      const parts = partsOf(w)
      const [round] = await parts.comparison.rounds()
      const [officer] = await parts.registry.staffNamed('向县长')
      const released = { ...round, releasedById: officer?.id ?? null } as NonNullable<typeof round>
      let left = after
      const sizes: number[] = []
      const dying = {
        commit(changes: Parameters<typeof parts.writer.commit>[0]) {
          sizes.push(changes.length)
          return left-- > 0 ? parts.writer.commit(changes) : Promise.reject(new Error('killed'))
        },
      }
      await expect(releaseRound({ ...parts, writer: dying }, released, NOW, ZONE, w.ids)).rejects.toThrow('killed')
      await releaseRound(parts, released, instant(NOW + 60_000), ZONE, w.ids)
      const cases = await casesOf(w)
      expect(cases.length).toBe(40)
      expect(new Set(cases.map(({ householdId }) => householdId)).size).toBe(40)
      expect(Math.max(...sizes)).toBeLessThanOrEqual(200)
      expect((await parts.comparison.rounds())[0]).toMatchObject({ opened: 40, alreadyKnown: 0, rows: 40 })
    }
  })
})
