/** Whose matters are offered to whom. */
import { expect, test } from 'vitest'
import type { Speaker } from '../../../src/messaging/handlers.ts'
import { findMatters, type MatterSearch } from '../../../src/messaging/matter-picker.ts'
import { shippedText } from '../../cli/import-run.ts'
import { county } from './county.ts'

test('on a shared phone only those of whoever speaks now; any number is taken and tells nothing', async () => {
  const c = await county()
  const number = await c.reported()
  const [matter] = await c.rows('Case')
  const search: MatterSearch = {
    reads: c.storage.reads.pickers,
    text: shippedText,
    households: () => Promise.resolve([]),
  }
  const speaker = (profileId: unknown): Speaker => ({
    identityId: String(matter?.['identityId']),
    channel: 'pipe',
    user: 'u1',
    language: 'zh-CN',
    staff: null,
    profile: { id: String(profileId) } as never,
    villageId: null,
  })
  const own = speaker(matter?.['profileId'])
  const other = speaker('somebody else')
  expect(await findMatters(search, '', own)).toEqual([{ value: number, label: `家里有难处 · ${number}`, exact: false }])
  expect(await findMatters(search, number, own)).toEqual([
    { value: number, label: `家里有难处 · ${number}`, exact: true },
  ])
  expect(await findMatters(search, '', other)).toEqual([])
  for (const [said, typed] of [
    [number, number],
    ['26112000027', '26112000027'],
  ])
    expect(await findMatters(search, String(said), other)).toEqual([{ value: typed, label: typed, exact: true }])
  expect(await findMatters(search, '26112000028', other)).toEqual([])
})
