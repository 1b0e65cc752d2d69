import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { AppError } from '../../src/base/errors.ts'
import type { Change } from '../../src/base/change.ts'
import { MINUTE } from '../../src/base/time.ts'
import type { Received } from '../../src/messaging/channel.ts'
import { flowEngine } from '../../src/messaging/engine.ts'
import { house, NOTHING, text } from './fixtures/house.ts'
import { Store } from './fixtures/store.ts'

/** What must be the same however messages were delivered; ids differ between runs. */
const rowsOf = (store: Store) => ({
  answers: store.rows('Answer').map(({ question, value, kind, seq }) => ({ question, value, kind, seq })),
  kept: store.rows('Kept').map((row) => row['answers']),
  submissions: store.rows('Submission').length,
  conversations: store.rows('Conversation').map(({ flow, phase, openKey }) => ({ flow, phase, openKey })),
  inbox: store.rows('Inbox').map((row) => row['id']),
  replies: store.rows('Outbox').map((row) => (JSON.parse(row['payload'] as string) as { text: string }).text),
})

const talk = (chat: string, messages: readonly string[]): Received[] =>
  messages.map((said, place) => ({
    channel: 'pipe',
    messageId: `${chat}-${place}`,
    chat,
    from: chat,
    group: false,
    at: 0 as Received['at'],
    language: null,
    body: { kind: 'text', text: said },
  }))

const SAYINGS = ['倒茶', '3', '绿茶', '1', '菜单', '停', '上一步', '你好', '改 1', '二十五', '人工', '跳过', '2']

describe('a message has its effect once', () => {
  test('delivered twice in any interleaving, the rows are those of once', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.constantFrom(...SAYINGS), { minLength: 1, maxLength: 8 }),
        fc.array(fc.nat(20), { minLength: 8, maxLength: 8 }),
        fc.boolean(),
        async (sayings, places, together) => {
          const messages = talk('u1', ['倒茶', ...sayings])
          const once = house()
          for (const message of messages) await once.messaging.receive(message)
          await once.messaging.drain(once.now)

          const twice = house()
          const deliveries = [...messages]
          // The copy of a message comes at any time after the message itself.
          messages.forEach((message, index) => {
            const own = deliveries.indexOf(message)
            deliveries.splice(own + 1 + ((places[index % places.length] ?? 0) % (deliveries.length - own)), 0, message)
          })
          if (together) await Promise.all(deliveries.map((message) => twice.messaging.receive(message)))
          else for (const message of deliveries) await twice.messaging.receive(message)
          await twice.messaging.drain(twice.now)
          expect(rowsOf(twice.store)).toEqual(rowsOf(once.store))
          expect(twice.sent.map((outgoing) => outgoing.text)).toEqual(once.sent.map((outgoing) => outgoing.text))
        },
      ),
      { numRuns: 60 },
    )
  })

  test('two processes get the same messages at the same time: the rows of once', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.constantFrom(...SAYINGS), { minLength: 1, maxLength: 5 }),
        fc.infiniteStream(fc.nat(3)),
        async (sayings, pauses) => {
          const messages = talk('u1', ['倒茶', ...sayings])
          const alone = house()
          for (const message of messages) await alone.messaging.receive(message)

          const store = new Store()
          store.before = async () => {
            for (let pause = pauses.next().value as number; pause > 0; pause--) await Promise.resolve()
          }
          const first = house({ store, idSeed: 1, alone: false })
          const second = house({ store, idSeed: 2, alone: false })
          for (const message of messages)
            await Promise.all([first.messaging.receive(message), second.messaging.receive(message)])
          const { answers, kept, inbox, submissions } = rowsOf(store)
          const wanted = rowsOf(alone.store)
          expect({ answers, kept, inbox, submissions }).toEqual({
            answers: wanted.answers,
            kept: wanted.kept,
            inbox: wanted.inbox,
            submissions: wanted.submissions,
          })
          expect([...first.faults, ...second.faults]).toEqual([])
        },
      ),
      { numRuns: 40 },
    )
  })

  test('two chats at once don’t wait for each other, one chat keeps its order', async () => {
    const h = house()
    const both = [talk('u1', ['倒茶', '3', '绿茶', '1']), talk('u2', ['倒茶', '4', '红茶', '1'])]
    await Promise.all(both.flat().map((message) => h.messaging.receive(message)))
    expect(h.store.rows('Kept').map((row) => JSON.parse(row['answers'] as string) as object)).toEqual([
      { cups: '3', sort: '绿茶' },
      { cups: '4', sort: '红茶' },
    ])
  })

  test('a message costs one commit, and a warm turn reads nothing', async () => {
    const h = house()
    await h.messaging.receive(h.received('倒茶'))
    await h.messaging.drain(h.now)
    const { commits, reads } = h.store
    await h.messaging.receive(h.received('3'))
    expect([h.store.commits - commits, h.store.reads - reads]).toEqual([1, 0])
    await h.messaging.drain(h.now)
    expect(h.store.rows('Outbox').map((row) => row['state'])).toEqual(['sent', 'sent'])
  })

  test('the mark that a reply left is handed over together with the next message', async () => {
    const h = house()
    await h.messaging.receive(h.received('倒茶'))
    expect(h.store.rows('Outbox').map((row) => row['state'])).toEqual(['sending'])
    await h.messaging.receive(h.received('3'))
    await new Promise(setImmediate)
    expect(h.store.rows('Outbox').map((row) => row['state'])).toEqual(['sent', 'sent'])
  })

  test('the reply leaves after the commit and not before', async () => {
    const h = house()
    const seen: number[] = []
    h.store.before = () => void seen.push(h.sent.length)
    await h.messaging.receive(h.received('你好'))
    expect(seen[0]).toBe(0)
    await h.messaging.drain(h.now)
    expect(h.sent).toHaveLength(1)
  })
})

describe('a cold chat', () => {
  test('is rebuilt from its state and log: every turn in a new process gives the same rows', async () => {
    const sayings = ['倒茶', '3', '上一步', '5', '绿茶', '改 1', '7', '1']
    const warm = house()
    for (const said of sayings) await warm.say(said)
    const store = new Store()
    for (const [place, said] of sayings.entries()) {
      const cold = house({ store, idSeed: place + 1 })
      await cold.messaging.recover()
      await cold.say(said, { messageId: `m${place + 1}` })
    }
    expect(rowsOf(store)).toEqual(rowsOf(warm.store))
  })

  test('parked chats leave memory', async () => {
    const h = house({ liveChats: 3 })
    for (let chat = 0; chat < 10; chat++) await h.say('倒茶', { chat: `u${chat}`, from: `u${chat}` })
    expect(h.messaging.stats().liveChats).toBe(3)
    await h.pass(11 * MINUTE)
    expect(h.messaging.stats().liveChats).toBe(0)
    expect(await h.say('3', { chat: 'u1', from: 'u1' })).toBe('什么茶？')
  })

  test('what another process changed is seen: the revision decides', async () => {
    const store = new Store()
    const first = house({ store, idSeed: 1, alone: false })
    const second = house({ store, idSeed: 2, alone: false })
    await first.say('倒茶', { messageId: 'a' })
    expect(await second.say('3', { messageId: 'b' })).toBe('什么茶？')
    expect(await first.say('绿茶', { messageId: 'c' })).toContain('对就回 1')
    expect(await second.say('1', { messageId: 'd' })).toBe('茶来了。')
    expect(store.rows('Kept')).toHaveLength(1)
  })
})

describe('a turn that fails', () => {
  const broken = (times: number) => {
    let left = times
    return house({
      handlers: {
        submit: {
          keep: () => (left-- > 0 ? Promise.reject(new AppError('DATABASE_BUSY')) : Promise.resolve({ ...NOTHING })),
        },
      },
    })
  }
  const begin = async (h: ReturnType<typeof house>) => {
    for (const said of ['倒茶', '3', '绿茶']) await h.say(said)
  }

  test('leaves nothing, tells the person, and is taken again until it works', async () => {
    const h = broken(2)
    await begin(h)
    expect(await h.say('1')).toContain('我这边出了点毛病')
    expect(h.store.rows('Submission')).toEqual([])
    expect(h.store.rows('Inbox').at(-1)).toMatchObject({ state: 'failed', attempts: 1, error: 'DATABASE_BUSY' })
    expect(await h.messaging.nextTimer()).toBe(h.now + MINUTE)
    expect(await h.pass(MINUTE)).toBe('')
    expect(h.store.rows('Inbox').at(-1)).toMatchObject({ state: 'failed', attempts: 2 })
    expect(await h.pass(2 * MINUTE)).toBe('茶来了。')
    expect(h.store.rows('Inbox').at(-1)).toMatchObject({ state: 'done', attempts: 3, error: null })
    expect(h.store.rows('Submission')).toHaveLength(1)
  })

  test('is dead after five, and the person is asked to say it again', async () => {
    const h = broken(99)
    await begin(h)
    await h.say('1')
    let last = ''
    for (let minute = 0; minute < 20; minute++) last = (await h.pass(MINUTE)) || last
    expect(last).toContain('请您再说一次')
    expect(h.store.rows('Inbox').at(-1)).toMatchObject({ state: 'dead', attempts: 5 })
    expect(h.faults).toHaveLength(5)
  })

  test('is not taken again when the person has gone on', async () => {
    const h = broken(1)
    await begin(h)
    await h.say('1')
    await h.say('改 1')
    expect(await h.pass(5 * MINUTE)).toBe('')
    expect(h.store.rows('Inbox').find((row) => row['error'] === 'OVERTAKEN')).toMatchObject({ state: 'dead' })
    expect(h.store.rows('Submission')).toEqual([])
  })

  test('an engine that throws hurts only its own chat', async () => {
    const engine: typeof flowEngine = {
      ...flowEngine,
      step(flow, state, input, turn) {
        if (input.kind === 'text' && input.text === '炸') throw new Error('boom')
        return flowEngine.step(flow, state, input, turn)
      },
    }
    const h = house({ engine })
    await h.say('倒茶')
    const [bad, good] = [h.received('炸'), h.received('倒茶', { chat: 'u2', from: 'u2' })]
    await Promise.all([h.messaging.receive(bad), h.messaging.receive(good)])
    await h.messaging.drain(h.now)
    const heard = (chat: string) => h.sent.filter((one) => one.chat === chat).map((one) => one.text)
    expect(heard('u1')).toEqual(['几杯？', text.say({ key: 'messaging:fault' }, 'zh-CN')])
    expect(heard('u2')).toEqual(['几杯？'])
    expect(await h.say('3')).toBe('什么茶？')
  })

  test('when not even the failure can be stored, delivery is refused and a new one is handled as the first', async () => {
    const h = house()
    let full = true
    h.store.before = (changes: readonly Change[]) => {
      if (full && changes.some((change) => change.table === 'Inbox')) throw new AppError('DATABASE_FULL')
    }
    const message = h.received('倒茶')
    await expect(h.messaging.receive(message)).rejects.toThrow('DATABASE_FULL')
    expect(h.sent).toEqual([])
    full = false
    await h.messaging.receive(message)
    await h.messaging.drain(h.now)
    expect(h.sent.map((outgoing) => outgoing.text)).toEqual(['几杯？'])
  })
})
