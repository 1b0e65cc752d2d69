/** What people say in a county's year, line by line: two matters of hardship, visits made and missed, a removal, the look-back. */
import { reportBy } from '../cli/pipe-world.ts'

export const FIRST = '26112300013'
export const SECOND = '26112300021'

/** Who is who: u1, u2 villagers, c1 village staff, c2 resident team, t1 township, k1 county; g1, gt, gk their groups. */
export const MORE_STAFF =
  '龙四妹,13800000003,resident_team,吉首市/矮寨镇/阳孟村,pipe,c2\n王主任,13800000004,county_officer,吉首市,pipe,k1\n'
export const MORE_GROUPS = 'pipe,gt,吉首市/矮寨镇,township,staff\npipe,gk,吉首市,county,staff\n'
export const HOUSEHOLDS = ['石二妹,2026-11-05', '麻老五,2026-11-05', '吴阿婆,']

/** What the two who came found, asked by 核查. */
const FOUND = (
  '龙四妹 纸质已签 没有 3 一万二 3000 没有 0 0 8000 看病 每月透析 没有 同步申请 不能 建议纳入 家里有人生病 突发 ' +
  '自费药太多 1'
).split(' ')

type Body = string | object
type Scene = readonly [at: string, ...said: readonly (readonly [who: string, ...bodies: readonly Body[]])[]]

/** The day and the hour, and what is said then. */
const SCENES: readonly Scene[] = [
  ['2026-11-23 09:00', ['u1', ...reportBy('吴阿婆')], ['u2', ...reportBy('龙小妹')]],
  [
    '2026-11-23 10:00',
    ['c1', `不是一件 ${SECOND} ${FIRST}`, `受理 ${FIRST}`, `受理 ${SECOND}`, `核查 ${SECOND}`, ...FOUND],
    ['c2', `确认核查 ${SECOND}`],
  ],
  [
    '2026-11-25 09:30',
    ['c1', `核查 ${FIRST}`, ...FOUND, `确认核查 ${FIRST}`, `评议 ${FIRST} 通过`],
    ['c2', `确认核查 ${FIRST}`],
    ['c1', `评议 ${FIRST} 通过`, `公示 ${FIRST}`],
  ],
  ['2026-11-27 09:30', ['c1', `公示无异议 ${FIRST}`]],
  ['2026-12-01 09:30', ['c1', `公示无异议 ${FIRST}`], ['t1', `审核 ${FIRST} 通过`, `确认 ${FIRST}`]],
  ['2026-12-03 09:30', ['c1', '走访 石二妹 上门 无变化', `评议 ${SECOND} 通过`, `公示 ${SECOND}`]],
  // Day 14 of the first matter.
  [
    '2026-12-07 09:30',
    ['k1', `确认 ${FIRST}`],
    ['c1', `落实帮扶 ${FIRST}`, `加措施 ${FIRST} 医疗救助 12月20日前 龙四妹负责`, `落实帮扶 ${FIRST}`],
  ],
  ['2026-12-09 09:30', ['c1', `公示无异议 ${SECOND}`], ['t1', `审核 ${SECOND} 通过`]],
  // Day 17 of the second one.
  ['2026-12-10 09:30', ['k1', `确认 ${SECOND}`, `迟因 ${SECOND} 等医保局的数据`, `确认 ${SECOND}`]],
  [
    '2026-12-18 09:30',
    ['c2', `措施完成 ${FIRST} 1 1200元`],
    ['c1', `加措施 ${SECOND} 公益岗 1月10日前 石建国负责`, `落实帮扶 ${SECOND}`, `措施完成 ${SECOND} 1`],
  ],
  ['2026-12-22 09:30', ['k1', '不挂牌 26122100017'], ['c1', '走访 麻老五 上门 无变化']],
  ...['01', '02', '03', '04', '05', '06', '07', '08'].map((month): Scene => [
    `2027-${month}-03 10:00`,
    ['c1', `走访 石二妹 麻老五${month < '07' ? ' 吴阿婆' : ''} 上门 无变化`],
  ]),
  ['2027-03-10 09:30', ['c1', `拟消除 ${FIRST}`]],
  ['2027-06-08 09:30', ['c1', `拟消除 ${FIRST}`, `公示 ${FIRST}`]],
  ['2027-06-14 09:30', ['t1', `审核 ${FIRST} 通过`], ['c1', `消除 ${FIRST}`], ['k1', `消除 ${FIRST}`]],
  ['2027-06-15 09:30', ['c1', `转回头看 ${FIRST}`]],
  ['2027-06-18 10:00', ['u1', '解决了', '是']],
  ['2027-09-03 10:00', ['c1', '走访 石二妹 麻老五 上门 无变化']],
  // A call is no visit where one in person is owed.
  ['2027-09-13 10:00', ['c1', '电访 吴阿婆 无变化']],
  ['2027-09-17 10:00', ['c1', '走访 吴阿婆 上门 无变化']],
  ['2027-09-24 18:00'],
]

/** Lines for `bangfu pipe`, in the order of time. */
export const SCRIPT: readonly object[] = [...SCENES]
  .sort(([one], [other]) => (one < other ? -1 : one > other ? 1 : 0))
  .flatMap(([at, ...said]) => [
    { now: `${at.replace(' ', 'T')}:00+08:00` },
    ...said.flatMap(([who, ...bodies]) =>
      bodies.map((body) => ({ chat: who, from: who, ...(typeof body === 'string' ? { text: body } : body) })),
    ),
  ])
  .map((line, place) => ({ id: String(place + 1), ...line }))
