import { describe, expect, test } from 'vitest'
import { desk, settled, USER, type Pushed } from './desk.ts'

type Desk = Awaited<ReturnType<typeof desk>>

const SENT = { kind: 'sent', platformId: null }
const text = (said: string) => ({ kind: 'text', text: said })

/** A house that answers each message at once, as the outbox does: sent before the delivery resolves. */
const answering = (d: Desk, said: string) => {
  const results: ReturnType<Desk['send']>[] = []
  d.onDeliver(() => {
    results.push(d.send(said))
    return Promise.resolve()
  })
  return results
}

/** A delivery that ends when the test says so. */
const slowly = (d: Desk) => {
  let end = { resolve: () => {}, reject: (_: Error) => {} }
  d.onDeliver(() => new Promise((resolve, reject) => (end = { resolve, reject })))
  return { done: () => end.resolve(), fails: () => end.reject(new Error('disk')) }
}

describe.each(['verified_service', 'verified_subscription', 'unverified'] as const)('%s', (account) => {
  test('what the house says at once is the answer of the push', async () => {
    for (const encrypted of [false, true]) {
      const d = await desk({ account, encrypted })
      const results = answering(d, '记下了。<a href="x">]]></a> &lt;')
      const pushed = d.says('断水了')
      await settled()
      expect(pushed.answer).toEqual(text('记下了。<\u200Ba href="x">]]><\u200B/a> &\u200Blt;'))
      await settled()
      expect(results[0]?.outcome).toEqual(SENT)
      expect(d.sent).toEqual([])
      await d.channel.stop()
    }
  })

  test('a repeat after the answer gets the same answer, and is delivered no second time', async () => {
    const d = await desk({ account })
    answering(d, '记下了')
    const document = d.document({ Content: '断水了' })
    const first = d.push(document)
    await settled()
    const repeat = d.push(document)
    await settled()
    expect([first.answer, repeat.answer]).toEqual([text('记下了'), text('记下了')])
    expect(d.received).toHaveLength(1)
  })

  test('an answer that did not get through is given to the repeat', async () => {
    const d = await desk({ account })
    const results = answering(d, '记下了')
    const document = d.document({ Content: '断水了' })
    d.push(document, true)
    await settled()
    expect(results[0]?.outcome).toBeNull()
    await d.timers.pass(5_000)
    const repeat = d.push(document)
    await settled()
    expect(repeat.answer).toEqual(text('记下了'))
    await settled()
    expect(results[0]?.outcome).toEqual(SENT)
  })

  test('without a repeat it goes its other way', async () => {
    const d = await desk({ account })
    const results = answering(d, '记下了')
    d.says('断水了', true)
    await d.timers.pass(6_100)
    expect(results[0]?.outcome?.kind).toBe(account === 'unverified' ? 'person' : 'sent')
    expect(d.sent).toHaveLength(account === 'unverified' ? 0 : 1)
  })

  test('a delivery that takes long is waited for through the repeats, and begun once', async () => {
    const d = await desk({ account })
    const delivery = slowly(d)
    const document = d.document({ Content: '断水了' })
    const first = d.push(document)
    await d.timers.pass(5_000)
    expect(first.answer).toBeNull()
    const second = d.push(document)
    await d.timers.pass(2_000)
    expect(first.answer).toEqual({ kind: 'refused', status: 503 })
    const result = d.send('记下了')
    delivery.done()
    await settled()
    expect(second.answer).toEqual(text('记下了'))
    await settled()
    expect(result.outcome).toEqual(SENT)
    expect(d.received).toHaveLength(1)
  })

  test('a delivery that fails is tried again with the repeat', async () => {
    const d = await desk({ account })
    let tries = 0
    d.onDeliver(() => (++tries === 1 ? Promise.reject(new Error('disk')) : (d.send('记下了'), Promise.resolve())))
    const document = d.document({ Content: '断水了' })
    const first = d.push(document)
    await d.timers.pass(4_900)
    expect(first.answer).toBeNull()
    await d.timers.pass(100)
    const second = d.push(document)
    await settled()
    expect(second.answer).toEqual(text('记下了'))
    expect(d.received.map(({ messageId }) => messageId)).toEqual([d.received[0]?.messageId, d.received[0]?.messageId])
  })

  test('where it fails to the end the person is asked to send it again', async () => {
    const d = await desk({ account })
    d.onDeliver(() => Promise.reject(new Error('disk')))
    const document = d.document({ Content: '断水了' })
    const pushes: Pushed[] = []
    for (let count = 0; count < 3; count++) {
      pushes.push(d.push(document))
      await d.timers.pass(5_000)
    }
    expect(d.received).toHaveLength(3)
    expect(pushes[2]?.answer).toEqual(text('请再发一次'))
  })

  test('the last push gets a holding answer, and what comes later its other way', async () => {
    const d = await desk({ account })
    const delivery = slowly(d)
    const document = d.document({ Content: '断水了' })
    const pushes: Pushed[] = []
    for (let count = 0; count < 3; count++) {
      pushes.push(d.push(document))
      await d.timers.pass(5_000)
    }
    const isUnverified = account === 'unverified'
    expect(pushes[2]?.answer).toEqual(
      text(isUnverified ? '正在办，点<a href="https://bangfu.example">这里</a>' : '正在办'),
    )
    const late = d.send('记下了')
    delivery.done()
    await settled()
    expect(late.outcome).toEqual(
      isUnverified ? { kind: 'person', reason: 'wechat:passive_only' } : { kind: 'sent', platformId: 'by-service' },
    )
  })

  test('after a restart the third push is known for the last', async () => {
    const d = await desk({ account })
    slowly(d)
    const document = d.document({ Content: '断水了' })
    await d.timers.pass(10_000)
    const third = d.push(document)
    await d.timers.pass(4_600)
    expect(third.answer).toMatchObject({ kind: 'text' })
  })

  test('messages of several people and of one person each get their own answer', async () => {
    const d = await desk({ account })
    d.onDeliver(({ body }) => {
      d.send(body.kind === 'text' ? `听到：${body.text}` : '')
      return Promise.resolve()
    })
    const pushes = ['一', '二', '三'].map((said) => d.says(said))
    await settled()
    expect(pushes.map(({ answer }) => answer)).toEqual(['听到：一', '听到：二', '听到：三'].map(text))
  })

  test('several texts that go together are one answer', async () => {
    const d = await desk({ account })
    const second = () => d.outgoing('第二段', { id: 'second' })
    const results: ReturnType<Desk['send']>[] = []
    d.onDeliver(() => {
      results.push(d.send('第一段', {}, [second()]))
      return Promise.resolve()
    })
    const pushed = d.says('你好')
    await settled()
    expect(pushed.answer).toEqual(text('第一段\n\n第二段'))
    await settled()
    expect(results[0]?.outcome).toEqual(SENT)
    const asked = d.send('第二段', { id: 'second' })
    await settled()
    expect(asked.outcome).toEqual(SENT)
    expect(d.sent).toEqual([])
  })

  test('what does not fit goes its other way, and nothing is said twice', async () => {
    const d = await desk({ account })
    const long = '长'.repeat(600)
    const results: ReturnType<Desk['send']>[] = []
    d.onDeliver(() => {
      results.push(d.send(long), d.send(`${long}二`))
      return Promise.resolve()
    })
    const pushed = d.says('你好')
    await settled()
    expect(pushed.answer).toEqual(text(account === 'unverified' ? `${long}\n\n后面还有` : long))
    await settled()
    expect(results.map(({ outcome }) => outcome?.kind)).toEqual(['sent', account === 'unverified' ? 'person' : 'sent'])
    expect(d.sent.map(({ text: said }) => said)).toEqual(account === 'unverified' ? [] : [`${long}二`])
  })

  test('a message without an answer ends with success', async () => {
    const d = await desk({ account })
    const document = d.document({ Content: '断水了' })
    const pushes: Pushed[] = []
    for (let count = 0; count < (account === 'unverified' ? 3 : 1); count++) {
      pushes.push(d.push(document))
      await d.timers.pass(5_000)
    }
    expect(pushes.at(-1)?.answer).toEqual({ kind: 'success' })
    expect(d.received).toHaveLength(1)
  })

  test('stopping ends every push, every timer and every send', async () => {
    const d = await desk({ account })
    slowly(d)
    const pushed = d.says('断水了')
    await settled()
    const waiting = d.send('记下了')
    await d.channel.stop()
    await settled()
    expect(pushed.answer).toEqual({ kind: 'refused', status: 503 })
    expect(waiting.outcome).toEqual({ kind: 'retry', afterSeconds: 0, reason: 'stopping' })
    expect(d.timers.waiting()).toBe(0)
    const after = d.says('还在吗')
    await settled()
    expect(after.answer).toEqual({ kind: 'refused', status: 503 })
    expect(d.received).toHaveLength(1)
  })

  test('nothing is kept of a message for long', async () => {
    const d = await desk({ account })
    answering(d, '记下了')
    d.says('断水了')
    await d.timers.pass(70_000)
    expect(d.timers.waiting()).toBe(0)
  })
})

test('verified: what the house says after 4.5 seconds goes as a message of its own', async () => {
  const d = await desk()
  const pushed = d.says('断水了')
  await d.timers.pass(4_499)
  expect(pushed.answer).toBeNull()
  await d.timers.pass(1)
  expect(pushed.answer).toEqual({ kind: 'success' })
  const late = d.send('记下了')
  await settled()
  expect(late.outcome).toEqual({ kind: 'sent', platformId: 'by-service' })
  expect(d.sent).toHaveLength(1)
})

test('verified: a notice about something else does not take the place of the answer', async () => {
  const d = await desk()
  const pushed = d.says('断水了')
  await settled()
  const notice = d.send('您的事办到下一步了', { cause: null })
  await settled()
  expect(pushed.answer).toBeNull()
  expect(notice.outcome).toEqual({ kind: 'sent', platformId: 'by-service' })
  d.send('记下了')
  await settled()
  expect(pushed.answer).toEqual(text('记下了'))
})

test('unverified: what could not be said is said before the answer to the next word', async () => {
  const d = await desk({ account: 'unverified' })
  const old = d.outgoing('上回的回答', { id: 'old', cause: 'wechat 1' })
  const notice = d.send('', { ...old })
  await settled()
  expect(notice.outcome).toEqual({ kind: 'person', reason: 'wechat:passive_only' })
  const results: ReturnType<Desk['send']>[] = []
  d.onDeliver(() => {
    // The outbox sends in order: the old one first, and the new answer stands behind it.
    results.push(d.send('', { ...old }, [d.outgoing('这回的回答', { id: 'new' })]))
    return Promise.resolve()
  })
  const pushed = d.says('在吗')
  await settled()
  expect(pushed.answer).toEqual(text('上回的回答\n\n这回的回答'))
  await settled()
  expect(results[0]?.outcome).toEqual(SENT)
  const next = d.send('', { id: 'new' })
  await settled()
  expect(next.outcome).toEqual(SENT)
})

test('unverified: nothing is written to somebody who did not just write', async () => {
  const d = await desk({ account: 'unverified' })
  const alone = d.send('您好', { cause: null })
  const other = d.send('您好', { chat: `${USER}2` })
  await settled()
  expect([alone.outcome?.kind, other.outcome?.kind]).toEqual(['person', 'person'])
})
