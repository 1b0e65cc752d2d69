import { beforeAll, describe, expect, it } from 'vitest'
import type { ImportKind } from '../../src/cli/import/kind-names.ts'
import { checkOf } from '../../src/domain/registry/import/id-number.ts'
import { importText, shippedText } from './import-run.ts'
import { memoryTables, type MemoryTables } from './memory-tables.ts'

const V = '吉首市/矮寨镇/阳孟村'
const id = (first17: string) => first17 + checkOf(first17)
const GOOD_ID = id('43310119720305123')

/** kind, header, row, column that is named, words of the reason. */
const BAD: readonly [ImportKind, string, string, string, string][] = [
  ['territories', 'county,township,village', ',矮寨镇,阳孟村', 'county', 'empty'],
  ['territories', 'county,township,village', '吉首市,,阳孟村', 'township', 'level above'],
  ['territories', 'county,hamlet', '吉首市,上寨', 'village', 'level above'],
  ['territories', 'county,township,village', '吉首市,矮寨镇,阳/孟村', 'village', 'slash'],
  [
    'territories',
    'county,township,village,resettlement_site',
    '吉首市,矮寨镇,阳孟村,家园',
    'resettlement_site',
    'either',
  ],
  ['territories', 'county,township,level', '吉首市,矮寨镇,village', 'level', 'last filled'],
  ['territories', 'county,township,level', '吉首市,矮寨镇,星球', 'level', 'not known'],
  ['territories', 'county,code', '凤凰县,4.33E+11', 'code', 'rounded'],
  ['territories', 'county,public_phone', '凤凰县,电话', 'public_phone', 'no phone'],
  ['territories', 'prefecture,county', '别的州,吉首市', 'prefecture', 'another place'],
  ['territories', 'county,code', '凤凰县,433101', 'code', 'belongs to'],
  ['staff', 'name,role,territory', `,网格员,${V}`, 'name', 'empty'],
  ['staff', 'name,role,territory', `甲,,${V}`, 'role', 'empty'],
  ['staff', 'name,role,territory', '甲,网格员,', 'territory', 'empty'],
  ['staff', 'name,role,territory', `甲,皇帝,${V}`, 'role', 'not known'],
  ['staff', 'name,role,territory', '甲,网格员,吉首市/没有村', 'territory', 'no place'],
  ['staff', 'name,phone,role,territory', `甲,1380000,网格员,${V}`, 'phone', 'no phone'],
  ['staff', 'name,phone,role,territory', `甲,1.39E+10,网格员,${V}`, 'phone', 'rounded'],
  ['staff', 'name,role,territory,channel,user', `甲,网格员,${V},qq,1`, 'channel', 'no channel'],
  ['staff', 'name,role,territory,channel,user', `甲,网格员,${V},pipe,`, 'user', 'must be filled'],
  ['staff', 'name,role,territory,channel,user', `甲,网格员,${V},,c1`, 'channel', 'must be filled'],
  ['staff', 'name,role,territory,left_on', `甲,网格员,${V},昨天`, 'left_on', 'no date'],
  ['groups', 'channel,chat,territory,purpose', `qq,g,${V},village`, 'channel', 'no channel'],
  ['groups', 'channel,chat,territory,purpose', `pipe,,${V},village`, 'chat', 'empty'],
  ['groups', 'channel,chat,territory,purpose', `pipe,g,${V},聊天`, 'purpose', 'not known'],
  ['groups', 'channel,chat,territory,purpose', `pipe,g,${V},`, 'purpose', 'empty'],
  ['groups', 'channel,chat,territory,purpose', 'pipe,g,没有,village', 'territory', 'no place'],
  ['groups', 'channel,chat,territory,purpose,audience', `pipe,g,${V},village,鬼`, 'audience', 'not known'],
  ['groups', 'channel,chat,territory,purpose,webhook', `pipe,g,${V},village,http://x`, 'webhook', 'https'],
  ['households', 'head,territory,size', `,${V},3`, 'head', 'empty'],
  ['households', 'head,territory,size', `甲,${V},0`, 'size', 'not between'],
  ['households', 'head,territory,size', `甲,${V},21`, 'size', 'not between'],
  ['households', 'head,territory,size', `甲,${V},三口`, 'size', 'no whole number'],
  ['households', 'head,territory,size', `甲,${V},2.5`, 'size', 'no whole number'],
  ['households', 'head,territory,size', `甲,${V},`, 'size', 'empty'],
  ['households', 'head,territory,size', '甲,吉首市,3', 'territory', 'too wide'],
  ['households', 'head,territory,size,status', `甲,${V},3,富户`, 'status', 'not known'],
  ['households', 'head,territory,size,monitored_type', `甲,${V},3,第四类`, 'monitored_type', 'not known'],
  ['households', 'head,territory,size,last_visit', `甲,${V},3,2026-11-24`, 'last_visit', 'future'],
  ['households', 'head,territory,size,last_visit', `甲,${V},3,2026-02-30`, 'last_visit', 'no date'],
  ['households', 'head,territory,size,last_visit', `甲,${V},3,上个月`, 'last_visit', 'no date'],
  ['households', 'head,territory,size,per_capita_income', `甲,${V},3,八千`, 'per_capita_income', 'no number'],
  ['households', 'head,territory,size,per_capita_income', `甲,${V},3,-1`, 'per_capita_income', 'not between'],
  ['households', 'head,territory,size,helper', `甲,${V},3,谁`, 'helper', 'no staff member'],
  ['households', 'head,territory,size,phone', `甲,${V},3,12345`, 'phone', 'no phone'],
  ['households', 'head,territory,size,key', `甲,${V},3,4.33E+15`, 'key', 'rounded'],
  ['members', 'household,name', 'H404,甲', 'household', 'no household'],
  ['members', 'household,name', 'H001,', 'name', 'empty'],
  ['members', 'household,name,id_number', 'H001,甲,5.22E+17', 'id_number', 'spreadsheet'],
  ['members', 'household,name,id_number', 'H001,甲,522634199001011000', 'id_number', 'spreadsheet'],
  [
    'members',
    'household,name,id_number',
    `H001,甲,${GOOD_ID.slice(0, 17)}${GOOD_ID.endsWith('1') ? '2' : '1'}`,
    'id_number',
    'last character',
  ],
  ['members', 'household,name,id_number', 'H001,甲,12345', 'id_number', '18 characters'],
  ['members', 'household,name,id_number', `H001,甲,${id('43310119720231123')}`, 'id_number', 'birth date'],
  ['members', 'household,name,id_number', 'H001,甲,四三三一', 'id_number', 'characters'],
  [
    'members',
    'household,name,id_number,birth_date',
    `H001,甲,${GOOD_ID},1972-03-06`,
    'birth_date',
    'not the birth date',
  ],
  ['members', 'household,name,id_number,sex', `H001,甲,${GOOD_ID},女`, 'sex', 'not the sex'],
  ['members', 'household,name,birth_date', 'H001,甲,2030-01-01', 'birth_date', 'future'],
  ['members', 'household,name,care_flag', 'H001,甲,明星', 'care_flag', 'not known'],
  ['courses', 'title,trade,place,starts,seats', '班,刺绣,镇上,2026-13-01,20', 'starts', 'no date'],
  ['courses', 'title,trade,place,starts,seats', '班,刺绣,镇上,2026-12-01,0', 'seats', 'not between'],
  ['courses', 'title,trade,place,starts,seats', '班,,镇上,2026-12-01,20', 'trade', 'empty'],
  [
    'courses',
    'title,trade,place,starts,ends,seats',
    '班,刺绣,镇上,2026-12-05,2026-12-01,20',
    'ends',
    'before the start',
  ],
]

let tables: MemoryTables

beforeAll(async () => {
  tables = memoryTables()
  await importText(
    tables,
    'territories',
    'prefecture,county,township,village,code\n湘西州,吉首市,矮寨镇,阳孟村,\n,吉首市,,,433101\n',
  )
  await importText(tables, 'households', `head,territory,size,key\n张国强,${V},4,H001\n`)
})

describe('a row that is wrong is refused with line, column and reason', () => {
  it.each(BAD)('%s: %s: %s → %s', async (kind, header, row, column, reason) => {
    const before = JSON.stringify(tables.rows('Territory')) + tables.rows('Staff').length
    const done = await importText(tables, kind, `${header}\n${row}\n`)
    expect(done.code).toBe(1)
    const line = done.lines.find((each) => each.startsWith(`2\trefused\t${column}\t`))
    expect(line, done.lines.join('\n')).toBeDefined()
    expect(line).toContain(reason)
    expect(JSON.stringify(tables.rows('Territory')) + tables.rows('Staff').length).toBe(before)
  })

  it('and every fault of a row is told at once', async () => {
    const done = await importText(tables, 'households', 'head,territory,size,last_visit\n,,99,2099-01-01\n')
    expect([...done.short].sort()).toEqual([
      '2 refused head',
      '2 refused last_visit',
      '2 refused size',
      '2 refused territory',
    ])
  })

  it('one person can’t be in two households of one file', async () => {
    await importText(tables, 'households', `head,territory,size,key\n李四,${V},2,H002\n`)
    const done = await importText(
      tables,
      'members',
      `household,name,id_number\nH001,甲,${GOOD_ID}\nH002,甲,${GOOD_ID}\n`,
    )
    expect(done.short).toEqual(['2 created', '3 refused id_number'])
  })

  it('an ID number that ends in 000 is taken when it is marked as text', async () => {
    let first17 = ''
    for (let order = 1; checkOf(first17) !== '0' || first17 === ''; order++) {
      first17 = `433101${1960 + order}0101100`
    }
    const file = (cell: string) => `household,name,id_number\nH001,零,${cell}\n`
    expect((await importText(tables, 'members', file(id(first17)))).short).toEqual(['2 refused id_number'])
    expect((await importText(tables, 'members', file(`'${id(first17)}`))).short).toEqual(['2 created'])
  })

  it('says why in every language', () => {
    const reasons = Object.keys(shippedText.object('zh-CN', 'imports:reasons') ?? {})
    for (const language of shippedText.languages) {
      for (const reason of reasons) expect(shippedText.has(`imports:reasons.${reason}`, language)).toBe(true)
    }
  })
})
