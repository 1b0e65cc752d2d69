import { describe, expect, it } from 'vitest'
import type { PlainDate } from '../../src/base/time.ts'
import { readChain, responsibleIn } from '../../src/domain/registry/responsible.ts'
import { vocabularyFrom } from '../../src/cli/import/titles.ts'
import { namesIn } from '../../src/domain/registry/import/vocabulary.ts'
import { memoryStorage } from '../../src/storage/memory/memory-storage.ts'
import type { Storage } from '../../src/storage/open.ts'
import type { TableName } from '../../src/storage/row-source.ts'
import { importText, shippedText } from '../cli/import-run.ts'

const TODAY = '2026-11-23' as PlainDate
const V = '吉首市/矮寨镇/阳孟村'
const SITE = '吉首市/矮寨镇/德夯安置点'

const TERRITORIES = `county,township,village,安置点,自然寨,网格,十联户,户数,人数,责任领导
吉首市,矮寨镇,阳孟村,,,,,,,
吉首市,矮寨镇,阳孟村,,大寨,一网格,三组,,,
吉首市,矮寨镇,阳孟村,,,二网格,,,,
吉首市,矮寨镇,,德夯安置点,,,,126,530,向县长
`
const STAFF = `name,role,territory
石建国,村干部,${V}
石一,网格员,${V}/大寨/一网格
石二,网格员,${V}/大寨/一网格
石十,ten_household_head,${V}/大寨/一网格/三组
田管,site_manager,${SITE}
彭县,county_officer,吉首市
`

const into = (
  storage: Storage,
  ...[what, content, more]: Parameters<typeof importText> extends [unknown, ...infer Rest] ? Rest : never
) => importText({ imports: storage.reads.imports, writer: storage.writer }, what, content, more)

async function county(): Promise<Storage> {
  const storage = memoryStorage()
  expect((await into(storage, 'territories', TERRITORIES)).code).toBe(0)
  expect((await into(storage, 'staff', STAFF)).code).toBe(0)
  return storage
}

const rowsOf = (storage: Storage, table: TableName): Promise<readonly Record<string, unknown>[]> =>
  storage.reads.rows.find(table, { order: ['id'] }) as never

const placeOf = async (storage: Storage, path: string) =>
  String((await rowsOf(storage, 'Territory')).find((row) => row['path'] === path)?.['id'])

describe('the tree below the village', () => {
  it('holds hamlets, grids, units and sites, with what is known of a site', async () => {
    const storage = await county()
    expect((await rowsOf(storage, 'Territory')).map((row) => `${row['level']} ${row['path']}`)).toEqual([
      'county 吉首市',
      'township 吉首市/矮寨镇',
      `village ${V}`,
      `hamlet ${V}/大寨`,
      `grid ${V}/大寨/一网格`,
      `ten_household_unit ${V}/大寨/一网格/三组`,
      `grid ${V}/二网格`,
      `resettlement_site ${SITE}`,
    ])
    const site = (await rowsOf(storage, 'Territory')).at(-1)
    expect(site?.['extra']).toEqual({ households: 126, persons: 530, leader: '向县长' })
    expect((await into(storage, 'territories', TERRITORIES)).short).toEqual([
      '2 unchanged',
      '3 unchanged',
      '4 unchanged',
      '5 unchanged',
    ])
    const wrong = 'county,township,resettlement_site,households\n吉首市,矮寨镇,德夯安置点,一百\n'
    expect((await into(storage, 'territories', wrong)).short).toEqual(['2 refused households'])
  })

  it('takes households at any of these levels, and somebody answers for each', async () => {
    const storage = await county()
    const rows = [`${V}/大寨/一网格/三组`, `${V}/大寨/一网格`, `${V}/二网格`, `${V}/大寨`, SITE]
    const file = `head,territory,size,key\n${rows.map((path, at) => `户${at},${path},3,H${at}\n`).join('')}`
    expect((await into(storage, 'households', file)).short).toEqual(rows.map((_, at) => `${at + 2} created`))
    const { registry } = storage.reads
    const answers: string[] = []
    for (const path of rows) {
      const id = responsibleIn(await readChain(registry, await placeOf(storage, path)), TODAY)
      answers.push((await registry.staff([id ?? '']))[0]?.name ?? '')
    }
    expect(answers).toEqual(['石十', '石一', '石建国', '石建国', '田管'])
  })
})

describe('roles of a file', () => {
  it('name a department by its key or by what people call it, and one person has several places', async () => {
    const storage = await county()
    const staff = `姓名,电话,角色,辖区
田医,13907430011,department_officer:medical,吉首市
田医,13907430011,教育局,吉首市/矮寨镇
田医,13907430011,水利、民政,吉首市/矮寨镇
`
    expect((await into(storage, 'staff', staff)).short).toEqual(['2 created', '3 updated', '4 updated'])
    const [who] = (await rowsOf(storage, 'Staff')).filter((row) => row['name'] === '田医')
    const roles = (await rowsOf(storage, 'StaffRole')).filter((row) => row['staffId'] === who?.['id'])
    expect(roles.map((row) => [row['role'], row['territoryId']])).toEqual([
      ['department_officer:medical', await placeOf(storage, '吉首市')],
      ['department_officer:education', await placeOf(storage, '吉首市/矮寨镇')],
      ['department_officer:water', await placeOf(storage, '吉首市/矮寨镇')],
      ['department_officer:civil_affairs', await placeOf(storage, '吉首市/矮寨镇')],
    ])
    expect((await into(storage, 'staff', staff)).short).toEqual(['2 unchanged', '3 unchanged', '4 unchanged'])
    const unknown = 'name,role,territory\n田医,department_officer:magic,吉首市\n'
    expect((await into(storage, 'staff', unknown)).short).toEqual(['2 refused role'])
  })

  it('know every department by its title', () => {
    const words = vocabularyFrom(shippedText).get('role')
    const said = ['教育', '医保', '住建', '水利', '民政', '人社', '农业', '残联', '应急']
    expect(said.map((title) => words?.get(title))).toEqual(
      'education medical housing water civil_affairs jobs agriculture disability emergency'
        .split(' ')
        .map((name) => `department_officer:${name}`),
    )
  })

  it('know the departments that a county has added', async () => {
    expect(namesIn(vocabularyFrom(shippedText, ['forestry']), 'role')).toContain('department_officer:forestry')
    const storage = await county()
    const staff = 'name,role,territory\n林业员,department_officer:forestry,吉首市\n'
    expect((await into(storage, 'staff', staff, { departments: ['forestry'] })).short).toEqual(['2 created'])
  })
})

describe('groups of a file', () => {
  it('have several purposes, of one row or of several', async () => {
    const storage = await county()
    const groups = `channel,chat,territory,purpose\npipe,g1,${V},village jobs\npipe,g2,吉首市,county\npipe,g2,吉首市,jobs\n`
    expect((await into(storage, 'groups', groups)).short).toEqual(['2 created', '3 created', '4 updated'])
    const { registry } = storage.reads
    expect((await registry.groupsFor('jobs')).map(({ chat }) => chat)).toEqual(['g1', 'g2'])
    expect((await registry.groupsFor('village')).map(({ chat }) => chat)).toEqual(['g1'])
    expect((await registry.group('pipe', 'g2'))?.purposes).toEqual(['county', 'jobs'])
  })
})
