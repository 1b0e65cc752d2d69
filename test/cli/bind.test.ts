import { afterEach, beforeEach, expect, it } from 'vitest'
import { runBind } from '../../src/cli/bind/run.ts'
import { runHandOver } from '../../src/cli/staff/hand-over.ts'
import { handOverParts } from '../../src/cli/staff/parts.ts'
import { secretDigits } from '../../src/messaging/move/digits.ts'
import { DEFAULT_PEOPLE } from '../../src/messaging/speaker/policy.ts'
import { openHouse, ZONE } from './house.ts'
import { clock, importText, NOW, shippedText } from './import-run.ts'

const V = '吉首市/矮寨镇/阳孟村'
let house: Awaited<ReturnType<typeof openHouse>>
const printed: string[] = []
const told = () => ({
  ...{ clock, zone: ZONE, text: shippedText, language: 'zh-CN' },
  out: { write: (text: string) => void printed.push(text) },
})

beforeEach(async () => {
  house = await openHouse()
  const tables = { imports: house.storage.reads.imports, writer: house.storage.writer }
  await importText(tables, 'territories', 'county,township,village\n吉首市,矮寨镇,阳孟村\n')
  const staff = `name,phone,role,territory\n石建国,13907430001,village_staff,${V}\n麻小燕,13907430002,village_staff,${V}\n`
  await importText(tables, 'staff', staff)
  await importText(tables, 'households', `head,territory,size,helper,status,key\n张国强,${V},4,石建国,低保户,H1\n`, {
    planning: house.planning,
  })
})
afterEach(() => house.storage.close())

it('codes and handing over work on a database', async () => {
  const { storage, ids } = house
  const { registry, binding, openWork, rows } = storage.reads
  await runBind({
    ...{ staff: '139 0743 0001', registry, binding, writer: storage.writer, policy: DEFAULT_PEOPLE.bind },
    ...{ digits: secretDigits, ids, ...told() },
  })
  const code = (/绑定码：([\d ]{9})/.exec(printed.join(''))?.[1] ?? '').replace(' ', '')
  const [from, to] = await Promise.all([registry.staffNamed('石建国'), registry.staffNamed('麻小燕')])
  expect(await binding.bindCode(binding.bindCodeHash(code))).toMatchObject({ staffId: from[0]?.id, usedAt: null })
  expect(await binding.openBindCodes(from[0]?.id ?? '', NOW)).toHaveLength(1)
  expect(await binding.bindTries(null, NOW)).toBe(0)

  const parts = handOverParts(storage, house.rules, ids, shippedText, 'zh-CN')
  const territoryId = async () => null
  await runHandOver({
    ...{ from: '石建国', to: '麻小燕', territory: null, dryRun: false },
    parts,
    territoryId,
    ...told(),
  })
  expect(printed.join('')).toContain('给麻小燕：0 件事，1 次走访，0 项任务，1 户')
  expect((await openWork.workOf(to[0]?.id ?? '', 'plan', '', 10)).map(({ ownerId }) => ownerId)).toEqual([to[0]?.id])
  expect(await openWork.workOf(from[0]?.id ?? '', 'household', '', 10)).toEqual([])
  expect(await openWork.workAbout([(await rows.find('Household', {}))[0]?.id ?? ''])).toEqual([])
  expect(await registry.coversOn(null, '2026-11-23' as never)).toEqual([])
})
