import { expect, test } from 'vitest'
import { limited, waitedFor } from '../../src/channels/limited.ts'

const never = () => new Promise<never>(() => {})
const open = new AbortController().signal

test('what is done in time is given back', async () => {
  expect(await limited(1_000, open, () => Promise.resolve(7))).toBe(7)
  expect(await waitedFor(1_000, open, () => Promise.resolve(7))).toBe(7)
})

test('what is not ends with a TimeoutError, the work being told', async () => {
  let told = ''
  const work = (signal: AbortSignal) =>
    new Promise<never>((_, reject) => {
      signal.addEventListener('abort', () => {
        told = (signal.reason as Error).name
        reject(signal.reason as Error)
      })
    })
  await expect(limited(1, open, work)).rejects.toMatchObject({ name: 'TimeoutError' })
  expect(told).toBe('TimeoutError')
  await expect(waitedFor(1, open, never)).rejects.toMatchObject({ name: 'TimeoutError' })
})

test('a channel that stops ends it, also one that has stopped before', async () => {
  const stopping = new AbortController()
  const waiting = waitedFor(60_000, stopping.signal, never)
  stopping.abort()
  await expect(waiting).rejects.toMatchObject({ name: 'AbortError' })
  await expect(waitedFor(60_000, stopping.signal, never)).rejects.toMatchObject({ name: 'AbortError' })
})

test('the fault of the work is the fault', async () => {
  await expect(waitedFor(1_000, open, () => Promise.reject(new Error('own')))).rejects.toThrow('own')
})
