import { expect, test } from 'vitest'
import { monthCommand } from '../../../src/messaging/commands/month.ts'
import type { Speaker } from '../../../src/messaging/handlers.ts'
import { peopled, staffSpeaker, TEXT, villager, ZONE, type County } from '../../reminders/county.ts'
import { openMatter } from '../../reminders/owed.ts'
import { update } from '../../../src/base/change.ts'

const SHI = staffSpeaker('s1', '石建国', 'village_staff', 'v', '吉首市/矮寨镇/阳孟村')
const LONG = staffSpeaker('s2', '龙玉梅', 'village_staff', 'w', '吉首市/矮寨镇/排吼村')
const PENG = staffSpeaker('s4', '彭秀英', 'county_officer', 'c', '吉首市')

async function ask(made: County, speaker: Speaker, text: string, group: string | null = null) {
  const command = monthCommand({ month: made.reads.month, registry: made.reads.registry }, TEXT)
  const at = made.now()
  const context = { text, choice: null, group: group !== null, chat: group ?? speaker.user, speaker, at, zone: ZONE }
  const result = await command({ ...context, ids: made.ids })
  return result?.say.map((one) => TEXT.say(one.text as Parameters<typeof TEXT.say>[0], 'zh-CN')).join('\n') ?? null
}

async function month(): Promise<County> {
  const made = await peopled('2026-11-23T09:30')
  await openMatter(made, 'c1', '吴阿妹')
  await openMatter(made, 'c2', '龙大爷')
  return made
}

test('本月情况 in private: the scope of whoever asks, with its time, without names', async () => {
  const made = await month()
  const village = await ask(made, SHI, ' 本月情况。')
  expect(village).toContain('阳孟村 2026年11月 情况（截至 11月23日 09:30）')
  expect(village).toContain('新线索 2 条')
  expect(village).toContain('防贫申报：新 2')
  expect(village).not.toMatch(/吴阿妹|龙大爷|石建国|2611/)
  expect(await ask(made, LONG, '本月情况')).toContain('新线索 0 条')
  expect(await ask(made, PENG, '上月情况')).toContain('吉首市 2026年10月')
})

test('what goes over the heads of a level is not counted', async () => {
  const made = await month()
  await made.commit([update('Case', 'c2', 0, { seenFrom: 'township', kind: 'complaint' })])
  expect(await ask(made, SHI, '本月情况')).toContain('新线索 1 条')
  expect(await ask(made, PENG, '本月情况')).not.toContain('投诉')
})

test('a group of staff hears the counts alone, a public one nothing; strangers and talk are left alone', async () => {
  const made = await month()
  const told = await ask(made, SHI, '本月情况', 'gv')
  expect(told).toContain('新线索 2 条')
  expect(told).not.toContain('防贫申报')
  expect(await ask(made, LONG, '本月情况', 'gw')).not.toContain('新线索')
  expect(await ask(made, LONG, '本月情况', 'gv')).not.toContain('新线索')
  expect(await ask(made, villager('u1'), '本月情况')).toContain('工作人员')
  expect(await ask(made, SHI, '本月情况怎么样啊大家')).toBeNull()
})
