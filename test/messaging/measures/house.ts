/** The staff house with a township, a county, departments and a second village official: whom things are handed to. */
import { importText } from '../../cli/import-run.ts'
import { sortableIds } from '../../../src/base/ids.ts'
import { seededRandom } from '../../../src/base/random.ts'
import { county, type County, VILLAGE } from '../staff/county.ts'
import { hardship, MONDAY } from '../people/family.ts'

export interface House extends County {
  /** Another report of that kind of trouble from that phone. @returns its number */
  report(phone: string, name: string, ownPhone: string): Promise<string>
}

export async function house(): Promise<House> {
  const made = await county()
  const clock = { now: () => MONDAY }
  const tables = { imports: made.storage.reads.imports, writer: made.storage.writer }
  await importText(
    tables,
    'staff',
    'name,phone,role,territory,channel,user\n' +
      `石二妹,13800000011,resident_team,${VILLAGE},pipe,c2\n` +
      '龙玉梅,13800000012,village_staff,吉首市/矮寨镇/幸福村,pipe,c3\n' +
      '彭秀英,13800000013,county_officer,吉首市,pipe,o1\n' +
      '田医保,13800000014,department_officer:medical,吉首市,pipe,d1\n' +
      `石导出,13800000016,exporter,${VILLAGE},pipe,e1\n` +
      '向水利,13800000015,department_officer:water,吉首市,pipe,d2\n',
    { clock, ids: sortableIds(clock, seededRandom(12)) },
  )
  await importText(tables, 'households', `head,territory,size,helper,phone,key\n田老汉,${VILLAGE},1,,,H9\n`, {
    clock,
    ids: sortableIds(clock, seededRandom(13)),
  })
  return Object.assign(made, {
    async report(phone: string, name: string, ownPhone: string) {
      const known = new Set((await made.rows('Case')).map(({ id }) => id))
      await made.all([...hardship(name, ownPhone, '老伴住院'), '1'], phone)
      const matter = (await made.rows('Case')).find(({ id }) => !known.has(id))
      return String(matter?.['number'])
    },
  })
}
