import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { checkOf } from '../../src/domain/registry/import/id-number.ts'
import { folder, importText, noPlanning } from './import-run.ts'
import { memoryTables, type MemoryTables } from './memory-tables.ts'

const TERRITORIES = `county,township,village,zone,public_phone
吉首市,矮寨镇,阳孟村,demonstration,0743-8220001
吉首市,矮寨镇,幸福村,示范区,
吉首市,峒河街道,上佬村,,
`
const STAFF = `姓名,电话,角色,辖区,渠道,账号,职务
石建国,13907430001,村干部 responsible_helper,吉首市/矮寨镇/阳孟村,pipe,c1,支书
麻小燕,13907430002,township_reviewer,吉首市/矮寨镇,,,
龙老四,13907430003,网格员,吉首市/峒河街道/上佬村,,,
`
const HOUSEHOLDS = `户主,所在村,人口,户类型,帮扶责任人,电话,最近走访,人均收入,户编号,备注
张国强,吉首市/矮寨镇/阳孟村,4,脱贫户 低保户,石建国,13800000001,2026/10/5,"8,500元",H001,路边第二家
石二妹,吉首市/矮寨镇/阳孟村,2,监测对象,13907430001,,2026.9.30,,H002,
麻老五,吉首市/矮寨镇/幸福村,3,,麻小燕,,,,,
`

export const idNumber = (first17: string) => first17 + checkOf(first17)

async function county(): Promise<MemoryTables> {
  const tables = memoryTables()
  await importText(tables, 'territories', TERRITORIES)
  await importText(tables, 'staff', STAFF)
  await importText(tables, 'households', HOUSEHOLDS)
  return tables
}

describe('import territories', () => {
  it('creates every place on a path once, with its level, parent, code and spelling', async () => {
    const tables = memoryTables()
    const first = await importText(tables, 'territories', TERRITORIES)
    expect(first.code).toBe(0)
    expect(first.short).toEqual(['2 created', '3 created', '4 created'])
    expect(tables.rows('Territory').map((row) => `${row['level']} ${row['path']}`)).toEqual([
      'county 吉首市',
      'township 吉首市/矮寨镇',
      'village 吉首市/矮寨镇/阳孟村',
      'village 吉首市/矮寨镇/幸福村',
      'township 吉首市/峒河街道',
      'village 吉首市/峒河街道/上佬村',
    ])
    const village = tables.rows('Territory')[2]
    expect(village).toMatchObject({
      zone: 'demonstration',
      publicPhone: '07438220001',
      pinyin: 'yangmengcun',
      initials: 'ymc',
      parentId: tables.rows('Territory')[1]?.['id'],
    })
    // sha256 of 吉首市/矮寨镇/阳孟村 in Crockford base32, worked out apart from the program
    expect(village?.['chatCode']).toBe('m3sdk7')
    expect(tables.rows('Territory')[3]?.['zone']).toBe('demonstration')
  })

  it('changes nothing the second time and amends what a later file adds', async () => {
    const tables = memoryTables()
    await importText(tables, 'territories', TERRITORIES)
    const before = tables.commits.length
    const again = await importText(tables, 'territories', TERRITORIES)
    expect(again.short).toEqual(['2 unchanged', '3 unchanged', '4 unchanged'])
    expect(again.code).toBe(0)
    expect(tables.commits.length).toBe(before)
    const more = await importText(
      tables,
      'territories',
      'county,township,village,public_phone\n吉首市,峒河街道,上佬村,12345\n',
    )
    expect(more.short).toEqual(['2 updated'])
    expect(tables.rows('Territory').find((row) => row['name'] === '上佬村')).toMatchObject({
      publicPhone: '12345',
      revision: 1,
    })
  })

  it('knows levels above the county and below the village', async () => {
    const tables = memoryTables()
    const done = await importText(
      tables,
      'territories',
      `province,prefecture,county,township,village,hamlet,grid,ten_household_unit,resettlement_site,building,level
湖南省,湘西州,吉首市,矮寨镇,阳孟村,上寨,一网格,三联户,,,
湖南省,湘西州,吉首市,矮寨镇,,,,,和谐家园,2栋,楼栋
,,凤凰县,,,,,,,,县
`,
    )
    expect(done.short).toEqual(['2 created', '3 created', '4 created'])
    const paths = new Map(tables.rows('Territory').map((row) => [row['path'], row]))
    expect(paths.get('吉首市')?.['parentId']).toBe(paths.get('湘西州')?.['id'])
    expect(paths.get('吉首市/矮寨镇/阳孟村/上寨/一网格/三联户')?.['level']).toBe('ten_household_unit')
    expect(paths.get('吉首市/矮寨镇/和谐家园/2栋')?.['level']).toBe('building')
    expect(paths.get('凤凰县')?.['parentId']).toBeNull()
  })

  it('names in the real list become 1,110 villages with codes of their own', async () => {
    const tables = memoryTables()
    const done = await importText(tables, 'territories', readFileSync('prisma/seed/xiangxi-villages.csv'))
    expect(done.code).toBe(0)
    const villages = tables.rows('Territory').filter((row) => row['level'] === 'village')
    expect(villages).toHaveLength(1110)
    expect(new Set(tables.rows('Territory').map((row) => row['chatCode'])).size).toBe(tables.rows('Territory').length)
    expect(Math.max(...tables.commits.map((changes) => changes.length))).toBeLessThanOrEqual(500)
  })
})

describe('import staff and groups', () => {
  it('binds accounts, keeps several roles, and takes several rows for one person', async () => {
    const tables = memoryTables()
    await importText(tables, 'territories', TERRITORIES)
    const done = await importText(
      tables,
      'staff',
      `${STAFF}石建国,13907430001,网格员,吉首市/矮寨镇/幸福村,wecom,shijg,\n`,
    )
    expect(done.short).toEqual(['2 created', '3 created', '4 created', '5 updated'])
    const [shi] = tables.rows('Staff')
    expect(shi).toMatchObject({ name: '石建国', phone: '13907430001', position: '支书' })
    const roles = tables.rows('StaffRole').filter((row) => row['staffId'] === shi?.['id'])
    expect(roles.map((row) => row['role'])).toEqual(['village_staff', 'responsible_helper', 'grid_worker'])
    expect(tables.rows('ChatIdentity').map((row) => `${row['channel']} ${row['user']}`)).toEqual([
      'pipe c1',
      'wecom shijg',
    ])
    const again = await importText(tables, 'staff', STAFF)
    expect(again.short).toEqual(['2 unchanged', '3 unchanged', '4 unchanged'])
  })

  it('gives an account that a villager used to the staff member, never one of a colleague', async () => {
    const tables = memoryTables()
    await importText(tables, 'territories', TERRITORIES)
    tables.put('ChatIdentity', { id: 'i1', channel: 'pipe', user: 'c1', staffId: null, revision: 3 })
    await importText(tables, 'staff', STAFF)
    expect(tables.rows('ChatIdentity')).toHaveLength(1)
    expect(tables.rows('ChatIdentity')[0]).toMatchObject({ staffId: tables.rows('Staff')[0]?.['id'], revision: 4 })
    const other = await importText(
      tables,
      'staff',
      'name,phone,role,territory,channel,user\n别人,13907430009,网格员,吉首市/矮寨镇,pipe,c1\n',
    )
    expect(other.short).toEqual(['2 refused user'])
    expect(other.code).toBe(1)
  })

  it('a group is one of staff unless the file says otherwise; purposes of several rows add up', async () => {
    const tables = memoryTables()
    await importText(tables, 'territories', TERRITORIES)
    const file = `channel,chat,territory,purpose,audience,webhook,secret
pipe,g1,吉首市/矮寨镇/阳孟村,village,,,
pipe,g1,吉首市/矮寨镇/阳孟村,jobs,,,
feishu,oc_1,吉首市,县群,群众,https://open.feishu.cn/x,s3cret
`
    const done = await importText(tables, 'groups', file)
    expect(done.short).toEqual(['2 created', '3 updated', '4 created'])
    expect(tables.rows('GroupChat')).toMatchObject([
      { chat: 'g1', purposes: 'village jobs', audience: 'staff', webhook: null },
      { chat: 'oc_1', purposes: 'county', audience: 'public', webhook: 'https://open.feishu.cn/x', secret: 's3cret' },
    ])
    expect((await importText(tables, 'groups', file)).short).toEqual(['2 unchanged', '3 unchanged', '4 unchanged'])
  })
})

describe('import households and members', () => {
  it('reads Chinese titles, words, dates and sums, and keeps what it does not know', async () => {
    const tables = await county()
    expect(tables.rows('Household')).toMatchObject([
      {
        identity: 'key:H001',
        head: '张国强',
        headPinyin: 'zhangguoqiang',
        headInitials: 'zgq',
        size: 4,
        status: 'lifted_out_household dibao_recipient',
        helperId: tables.rows('Staff')[0]?.['id'],
        lastVisitOn: '2026-10-05',
        perCapitaIncome: 8500,
        extra: { 备注: '路边第二家' },
      },
      { status: 'monitored_household', helperId: tables.rows('Staff')[0]?.['id'], lastVisitOn: '2026-09-30' },
      { head: '麻老五', helperId: tables.rows('Staff')[1]?.['id'], key: null },
    ])
    const again = await importText(tables, 'households', HOUSEHOLDS)
    expect(again.short).toEqual(['2 unchanged', '3 unchanged', '4 unchanged'])
  })

  it('knows a household again when the source system gives it a key', async () => {
    const tables = await county()
    const keyed = await importText(
      tables,
      'households',
      'head,territory,size,key\n麻老五,吉首市/矮寨镇/幸福村,3,H003\n',
    )
    expect(keyed.short).toEqual(['2 updated'])
    expect(tables.rows('Household')).toHaveLength(3)
    expect(tables.rows('Household')[2]).toMatchObject({ key: 'H003', identity: 'key:H003', revision: 1 })
  })

  it('tells visits about new households and about a changed helper, place or visit, not about anything else', async () => {
    const tables = await county()
    const told: string[] = []
    const planning = { ...noPlanning, following: (household: { head: string }) => (told.push(household.head), []) }
    const file = (visit: string, size: number) =>
      `head,territory,size,last_visit,key\n张国强,吉首市/矮寨镇/阳孟村,${size},${visit},H001\n新来的,吉首市/矮寨镇/阳孟村,1,,H009\n`
    await importText(tables, 'households', file('2026-10-05', 5), { planning })
    expect(told).toEqual(['新来的'])
    await importText(tables, 'households', file('2026-11-01', 5), { planning })
    expect(told).toEqual(['新来的', '张国强'])
  })

  it('refuses a helper whose name is ambiguous, who is elsewhere or has left', async () => {
    const tables = await county()
    await importText(
      tables,
      'staff',
      `name,phone,role,territory,left_on
石建国,13907430007,grid_worker,吉首市/矮寨镇/阳孟村,
走了的,13907430008,grid_worker,吉首市/矮寨镇/阳孟村,2026-01-01
`,
    )
    const done = await importText(
      tables,
      'households',
      `head,territory,size,helper
甲一,吉首市/矮寨镇/阳孟村,1,石建国
甲二,吉首市/矮寨镇/阳孟村,1,13907430007
甲三,吉首市/矮寨镇/阳孟村,1,龙老四
甲四,吉首市/矮寨镇/阳孟村,1,走了的
甲五,吉首市/矮寨镇/阳孟村,1,没有这人
甲六,吉首市/峒河街道/上佬村,1,石建国
`,
    )
    expect(done.code).toBe(2)
    expect(done.short).toEqual([
      '2 refused helper',
      '3 created',
      '4 refused helper',
      '5 refused helper',
      '6 refused helper',
      '7 refused helper',
    ])
    expect(done.lines[0]).toContain('several staff members are called “石建国”')
  })

  it('members take birth date and sex from the ID number and belong to a household by its key', async () => {
    const tables = await county()
    const file = `户编号,姓名,身份证号,性别,与户主关系,健康状况,技能
H001,张国强,${idNumber('43310119720305123')},,户主,慢性病,建筑 驾驶
H001,张小妹,,女,女儿,,
H002,石二妹,'${idNumber('43310119650101002')},女,户主,健康,
`
    const done = await importText(tables, 'members', file)
    expect(done.short).toEqual(['2 created', '3 created', '4 created'])
    expect(tables.rows('Member')[0]).toMatchObject({
      birthOn: '1972-03-05',
      sex: 'male',
      relation: 'head',
      health: 'chronic',
      skills: 'build drive',
      householdId: tables.rows('Household')[0]?.['id'],
    })
    expect((await importText(tables, 'members', file)).short).toEqual(['2 unchanged', '3 unchanged', '4 unchanged'])
  })
})

describe('import courses', () => {
  it('is known again by title, start and place', async () => {
    const tables = memoryTables()
    const file = `title,trade,place,starts,ends,hours,seats,allowance
苗绣班,刺绣,乾州街道,2026-12-01,2026-12-20,80,30,每天50元
养蜂班,养蜂,矮寨镇,46000,,,20,
`
    expect((await importText(tables, 'courses', file)).short).toEqual(['2 created', '3 created'])
    expect(tables.rows('Course')).toMatchObject([
      { trade: 'weave_embroider', startsOn: '2026-12-01', endsOn: '2026-12-20', hours: 80, seats: 30, taken: 0 },
      { trade: '养蜂', startsOn: '2025-12-09' },
    ])
    expect((await importText(tables, 'courses', file)).short).toEqual(['2 unchanged', '3 unchanged'])
    expect((await importText(tables, 'courses', file.replace(',30,', ',40,'))).short).toEqual([
      '2 updated',
      '3 unchanged',
    ])
  })
})

describe('refused rows', () => {
  it('are written as they were, with column and reason, and can be imported once mended', async () => {
    const tables = await county()
    const refused = join(folder, 'refused.csv')
    const file = '户主,所在村,人口,备注\n好人,吉首市/矮寨镇/阳孟村,3,\n=坏人,吉首市/矮寨镇/没有村,0,"a,b"\n'
    const done = await importText(tables, 'households', file, { refusedFile: refused })
    expect(done.code).toBe(2)
    expect(done.short).toEqual(['2 created', '3 refused size'])
    const text = readFileSync(refused, 'utf8')
    expect(text.startsWith('\ufeff户主,所在村,人口,备注,refused_line,refused_column,refused_reason\r\n')).toBe(true)
    const mended = text.replace(',0,', ',2,').replace('没有村', '幸福村')
    const again = await importText(tables, 'households', mended)
    expect(again.short).toEqual(['2 created'])
    expect(tables.rows('Household').at(-1)).toMatchObject({ head: '=坏人', extra: { 备注: 'a,b' } })
  })

  it('a dry run says the same and stores nothing', async () => {
    const tables = memoryTables()
    const done = await importText(tables, 'territories', TERRITORIES, { dryRun: true })
    expect(done.short).toEqual(['2 created', '3 created', '4 created'])
    expect(done.code).toBe(0)
    expect(tables.rows('Territory')).toEqual([])
  })

  it('a conflict with another writer is decided again on fresh facts', async () => {
    const tables = memoryTables()
    tables.refuseNext({ kind: 'conflict', table: 'Territory' })
    const done = await importText(tables, 'territories', TERRITORIES)
    expect(done.short).toEqual(['2 created', '3 created', '4 created'])
    expect(tables.rows('Territory')).toHaveLength(6)
  })

  it('a missing column, an empty or missing file is one clear error', async () => {
    const tables = memoryTables()
    await expect(importText(tables, 'households', '户主,人口\n张三,3\n')).rejects.toMatchObject({
      code: 'IMPORT_COLUMN_MISSING',
      details: { missing: 'territory' },
    })
    await expect(importText(tables, 'staff', '\n\n')).rejects.toMatchObject({ code: 'FILE_UNREADABLE' })
    await expect(importText(tables, 'staff', '', { file: join(folder, 'nowhere.csv') })).rejects.toMatchObject({
      code: 'FILE_NOT_FOUND',
    })
  })
})
