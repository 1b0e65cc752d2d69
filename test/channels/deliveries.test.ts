import { expect, test } from 'vitest'
import { deliveries } from '../../src/channels/deliveries.ts'

const settled = async (isSo: () => boolean) => {
  for (let left = 2_000; !isSo() && left > 0; left--) await new Promise((resolve) => setTimeout(resolve, 1))
}

test('each chat in its order, a slow one holds no other', async () => {
  const done: string[] = []
  const all = deliveries(() => {}, 1)
  let open = () => {}
  all.add('a', () => new Promise((resolve) => (open = resolve)))
  all.add('a', () => Promise.resolve(void done.push('a2')))
  all.add('b', () => Promise.resolve(void done.push('b1')))
  await settled(() => done.length === 1)
  expect(done).toEqual(['b1'])
  open()
  await settled(() => done.length === 2)
  expect(done).toEqual(['b1', 'a2'])
  await all.stop()
})

test('what is never taken is told after ten tries, and the next has its turn', async () => {
  let lost = 0
  let tries = 0
  const done: string[] = []
  const all = deliveries(() => (lost += 1), 0)
  all.add('a', () => Promise.reject(new Error(String(tries++))))
  all.add('a', () => Promise.resolve(void done.push('a2')))
  await settled(() => done.length === 1)
  expect([lost, tries]).toEqual([1, 10])
  await all.stop()
})

test('a stop ends the pauses', async () => {
  let tries = 0
  const all = deliveries(() => {}, 60_000)
  all.add('a', () => Promise.reject(new Error(String(tries++))))
  await settled(() => tries === 1)
  await all.stop()
  expect(tries).toBe(1)
})
