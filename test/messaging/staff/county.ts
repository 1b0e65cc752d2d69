/** The house of `family` with what staff work on: households with a roster, a resettlement site, a grid. */
import { insert } from '../../../src/base/change.ts'
import { sortableIds } from '../../../src/base/ids.ts'
import { seededRandom } from '../../../src/base/random.ts'
import type { HouseOptions } from '../../../src/wire.ts'
import { importText } from '../../cli/import-run.ts'
import { family, hardship, MONDAY, type Family } from '../people/family.ts'

export const VILLAGE = '吉首市/矮寨镇/阳孟村'

export interface County extends Family {
  /** What was sent to that chat since the last look, in one piece. */
  heard(chat: string): string
  /** A report of 吴秀英 from the phone `u1`. @returns the matter's number */
  reported(): Promise<string>
  /** Says one after another as 石建国 of the village; what he heard at last. */
  staff(...whats: readonly string[]): Promise<string>
  /** The same from the chat of another official. */
  staffOf(chat: string, ...whats: readonly string[]): Promise<string>
}

export async function county(
  options: { readonly grids?: readonly string[]; readonly channels?: HouseOptions['channels'] } = {},
): Promise<County> {
  const f = await family(options.channels ? { channels: options.channels } : {})
  const clock = { now: () => MONDAY }
  const ids = sortableIds(clock, seededRandom(8))
  const tables = { imports: f.storage.reads.imports, writer: f.storage.writer }
  await importText(
    tables,
    'households',
    'head,territory,size,helper,phone,key\n' +
      `石二妹,${VILLAGE},3,13800000001,13900000031,H1\n` +
      `麻老五,${VILLAGE},4,13800000001,,H2\n` +
      '田大山,吉首市/矮寨镇/幸福村,2,,,H3\n',
    { clock, ids },
  )
  await importText(
    tables,
    'members',
    'household,name,birth_date,relation\nH1,石二妹,1958-03-01,head\nH1,石小军,1985-06-01,child\nH1,石小花,2016-09-01,grandchild\n',
    { clock, ids },
  )
  const [township] = await f.storage.reads.rows.find('Territory', { where: { path: '吉首市/矮寨镇' } })
  const [village] = await f.storage.reads.rows.find('Territory', { where: { path: VILLAGE } })
  const place = (name: string, level: string, parent: { id: string; path: string } | undefined) =>
    insert('Territory', {
      id: `t-${name}`,
      path: `${parent?.path}/${name}`,
      name,
      level,
      parentId: parent?.id ?? null,
      code: null,
      zone: null,
      class: null,
      publicPhone: null,
      chatCode: name,
      pinyin: '',
      initials: '',
      extra: null,
      revision: 0,
    })
  await f.storage.writer.commit([
    place('德夯安置点', 'resettlement_site', township),
    ...(options.grids ?? []).map((name) => place(name, 'grid', village)),
  ])
  const looked = new Map<string, number>()
  return Object.assign(f, {
    heard(chat: string) {
      const from = looked.get(chat) ?? 0
      looked.set(chat, f.sent.length)
      return f.sent
        .slice(from)
        .filter((outgoing) => outgoing.chat === chat)
        .map(({ text }) => text)
        .join('\n---\n')
    },
    async reported() {
      await f.all([...hardship('吴秀英', '13900001111', '老伴住院'), '1'], 'u1')
      const [matter] = await f.rows('Case')
      return String(matter?.['number'])
    },
    staff: (...whats: readonly string[]) => f.all(whats, 'c1'),
    staffOf: (chat: string, ...whats: readonly string[]) => f.all(whats, chat),
  })
}
