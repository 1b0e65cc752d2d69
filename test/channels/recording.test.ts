import { expect, test } from 'vitest'
import { recordingChannel } from '../../src/channels/recording.ts'
import { CHANNEL_NAMES } from '../../src/messaging/channel.ts'

/** Where a platform keeps its data is a matter of installations: what is played through `bangfu pipe` is the same everywhere. */
test.each(CHANNEL_NAMES)('%s, recorded, refuses nothing that its platform may be set to refuse', (name) => {
  const { abilities } = recordingChannel(name, () => {})
  expect(abilities.refusesSensitive).toBeUndefined()
  expect(abilities.pages).toBeUndefined()
})

test('what is received is handed on until the end, and what is sent is recorded', async () => {
  const sent: string[] = []
  const heard: string[] = []
  const channel = recordingChannel('wechat', ({ id }) => sent.push(id))
  const message = { messageId: '1' } as Parameters<typeof channel.receive>[0]
  await channel.start(({ messageId }) => Promise.resolve(void heard.push(messageId)))
  await channel.receive(message)
  expect(await channel.send({ id: 'o' } as Parameters<typeof channel.send>[0])).toEqual({
    kind: 'sent',
    platformId: null,
  })
  await channel.stop()
  await channel.receive(message)
  expect([heard, sent]).toEqual([['1'], ['o']])
})
