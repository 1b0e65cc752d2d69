/** The county of the staff tests with everybody whom a matter passes: two of the village, two of the township, the county. */
import { sortableIds } from '../../../src/base/ids.ts'
import { seededRandom } from '../../../src/base/random.ts'
import { instant } from '../../../src/base/time.ts'
import { importText } from '../../cli/import-run.ts'
import { DAY, MONDAY } from '../people/family.ts'
import { county, VILLAGE, type County } from '../staff/county.ts'

export interface Officials extends County {
  /** One column of the only matter, as it is stored. */
  matter(column: string): Promise<unknown>
  /** A tap on a button under a message. */
  tap(chat: string, id: string): Promise<string>
  /** The visit of `c1` with somebody, noted in the form that is open. */
  visit(partner: string, authorisation?: string): Promise<string>
  later(days: number): Promise<void>
}

/** From the finding on the incomes to the reason; 9,000 yuan a head. */
const FINDING = ['3', '12000', '一万五', '0', '3000', '3000', '8000', '看病', '每月透析', '没有', '同步申请', '不能']
const INCLUDE = ['建议纳入', '家里有人生病', '突发', '自费药太多', '1']

export async function officials(): Promise<Officials> {
  const c = await county()
  const clock = { now: () => MONDAY }
  const ids = sortableIds(clock, seededRandom(21))
  await importText(
    { imports: c.storage.reads.imports, writer: c.storage.writer },
    'staff',
    'name,phone,role,territory,channel,user\n' +
      `麻小云,13800000003,resident_team,${VILLAGE},pipe,c2\n` +
      '向东升,13800000004,township_reviewer,吉首市/矮寨镇,pipe,t2\n' +
      '吴主任,13800000005,county_officer,吉首市,pipe,k1\n' +
      '田科长,13800000006,county_officer,吉首市,pipe,k2\n' +
      '彭远,13800000007,village_staff,吉首市/矮寨镇/幸福村,pipe,x1\n',
    { clock, ids },
  )
  return Object.assign(c, {
    async matter(column: string) {
      const [row] = await c.rows('Case')
      return row?.[column]
    },
    tap: (chat: string, id: string) => c.say({ kind: 'choice', id } as never, chat),
    async visit(partner: string, authorisation = '纸质已签') {
      return c.all([partner, authorisation, '没有', ...FINDING, ...INCLUDE], 'c1')
    },
    async later(days: number) {
      c.now = instant(c.now + days * DAY)
      await c.pass(0)
    },
  })
}
