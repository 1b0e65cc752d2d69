/** Staff on the same page, once their account is bound by a one-time code. */
import { expect, test } from 'vitest'
import { sortableIds } from '../../../src/base/ids.ts'
import { giveBindCode } from '../../../src/messaging/bind/code.ts'
import { secretDigits } from '../../../src/messaging/move/digits.ts'
import { DEFAULT_PEOPLE } from '../../../src/messaging/speaker/policy.ts'
import { systemClock, systemRandom } from '../../../src/system.ts'
import type { House } from '../house.ts'

async function codeOf({ running, village }: House): Promise<string> {
  const { storage } = running
  const { rows } = storage.reads
  const place = await rows.first('Territory', { where: { chatCode: village.code } })
  const role = await rows.first('StaffRole', { where: { territoryId: place?.id ?? '', role: 'village_staff' } })
  const { code, changes } = await giveBindCode(
    role?.staffId ?? '',
    'operator',
    {
      reads: storage.reads.binding,
      policy: DEFAULT_PEOPLE.bind,
      digits: secretDigits,
      ids: sortableIds(systemClock, systemRandom),
    },
    systemClock.now(),
  )
  expect((await storage.writer.commit(changes)).kind).toBe('committed')
  return code
}

export function staff(house: () => House): void {
  test('a code binds the page to a cadre: a visit is logged in one line, and can be taken back', async () => {
    const { running, village } = house()
    const { rows } = running.storage.reads
    const place = await rows.first('Territory', { where: { chatCode: village.code } })
    const heads = (await rows.find('Household', { where: { territoryId: place?.id ?? '' } })).map(({ head }) => head)
    const head = heads.find((name) => heads.filter((other) => other === name).length === 1) ?? ''
    const visit = `走访 ${head} 上门 无变化`

    const talk = await house().phone()
    expect(await talk.say(visit)).not.toContain('记好了')
    expect(await talk.say(`绑定 ${await codeOf(house())}`)).toContain('绑定')
    expect(await talk.say(visit)).toContain(`记好了 ${head}`)
    expect(await talk.say('记错了')).toContain(head)
    await talk.say('菜单')
    expect((await talk.page.locator('.choices .choice').allInnerTexts()).join()).toContain('走访')
    await talk.close()
  })
}
