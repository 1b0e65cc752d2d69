import { expect, test } from 'vitest'
import { instant } from '../../src/base/time.ts'
import { ownFiles } from '../../src/messaging/media/own-files.ts'

const AT = instant(0)
const SENT = 'a'.repeat(64)
const FRESH = 'b'.repeat(64)

const files = (most?: number) =>
  ownFiles(
    {
      open: (_, user, id) => Promise.resolve(user === 'owner' && id === SENT ? 'image/png' : null),
      isSent: (id) => Promise.resolve(id === SENT),
    },
    most,
  )

test('whoever knows how somebody else’s file is called can’t send it', async () => {
  const own = files()
  expect(await own.mayName('web', 'stranger', SENT, AT)).toBe(false)
  expect(await own.mayName('web', 'owner', SENT, AT)).toBe(true)
})

test('whoever brought the same bytes can, and nobody else by that', async () => {
  const own = files()
  own.brought('neighbour', SENT)
  expect(await own.mayName('web', 'neighbour', SENT, AT)).toBe(true)
  expect(await own.mayName('web', 'stranger', SENT, AT)).toBe(false)
})

test('what nobody has sent yet survives a restart; what is remembered has an end', async () => {
  const own = files(2)
  expect(await own.mayName('web', 'anybody', FRESH, AT)).toBe(true)
  for (const user of ['one', 'two', 'three']) own.brought(user, SENT)
  expect(await own.mayName('web', 'one', SENT, AT)).toBe(false)
  expect(await own.mayName('web', 'three', SENT, AT)).toBe(true)
})
