/** People talk with a flow of our own through the whole house, on SQLite; then it is counted where they gave up. */
import { rmSync } from 'node:fs'
import { Writable } from 'node:stream'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { sortableIds } from '../../src/base/ids.ts'
import { seededRandom } from '../../src/base/random.ts'
import { instant, parseInstant, type Instant } from '../../src/base/time.ts'
import { recordingChannel } from '../../src/channels/recording.ts'
import { runFlowStats, type TypedStats } from '../../src/cli/flow/stats.ts'
import type { Outgoing } from '../../src/messaging/channel.ts'
import { loadText } from '../../src/text/text.ts'
import { buildHouse, type House } from '../../src/wire.ts'
import { definitions, openHouse, ZONE } from '../cli/house.ts'

const HENS = `
flow: hens
version: 1
audience: villager
menu: 30
submit: case
nudge: 20h
expires: 3d
questions:
  - { name: agree, type: acknowledge, required: true, on_refusal: end }
  - { name: hens, type: integer, required: true, constraint: '. >= 0 and . <= 500' }
  - { name: sick, type: integer, constraint: '. <= \${hens}', relevant: '\${hens} > 0' }
  - { name: story, type: text, required: true }
`
const WORDS = {
  title: '养鸡',
  questions: {
    agree: { label: '可以问您养鸡的事吗？' },
    hens: { label: '养了几只鸡？' },
    sick: { label: '病了几只？' },
    story: { label: '您说说看。' },
  },
}
const HOUR = 3_600_000
const DAY = 24 * HOUR

let opened: Awaited<ReturnType<typeof openHouse>>
let house: House
const sent: Outgoing[] = []
const clock: { at: Instant; now(): Instant } = {
  at: parseInstant('2026-11-23T09:00:00+08:00') as Instant,
  now: () => clock.at,
}
const resources = {
  ...definitions.resources,
  'zh-CN': { ...definitions.resources['zh-CN'], 'flows/hens': WORDS },
} as typeof definitions.resources
const text = loadText({ resources, defaultLocale: 'zh-CN' })

/** @returns what was said to the last of the messages */
async function says(chat: string, ...messages: string[]): Promise<string> {
  let from = sent.length
  for (const said of messages) {
    from = sent.length
    const body = said.startsWith('(')
      ? ({ kind: 'choice', id: said.slice(1, -1) } as const)
      : ({ kind: 'text', text: said } as const)
    const messageId = `${chat} ${sent.length} ${said}`
    await house.messaging.receive({
      channel: 'pipe',
      messageId,
      chat,
      from: chat,
      group: false,
      at: clock.at,
      language: null,
      body,
    })
    await house.messaging.drain(clock.at)
  }
  return sent
    .slice(from)
    .map((outgoing) => outgoing.text)
    .join('\n')
}

async function passes(milliseconds: number): Promise<void> {
  clock.at = instant(clock.at + milliseconds)
  await house.messaging.runDueTimers(clock.at)
  await house.messaging.drain(clock.at)
}

async function stats(typed: TypedStats = {}, flow = 'hens'): Promise<string> {
  let written = ''
  const output = new Writable({
    write(part: Buffer, _, done) {
      written += part.toString()
      done()
    },
  })
  const { reads } = opened.storage
  await runFlowStats({
    typed,
    flow,
    flows: house.flows,
    reads: reads.funnel,
    text,
    language: 'zh-CN',
    zone: ZONE,
    output,
    clock,
    err: { write: () => undefined },
  })
  return written
}

/** question → seen answered retried retries skipped abandoned open */
async function counts(typed: TypedStats = {}): Promise<Record<string, number[]>> {
  const lines = (await stats({ ...typed, format: 'jsonl' })).trim().split('\n')
  const rows = lines.map((line) => JSON.parse(line) as Record<string, number> & { question: string })
  const names = ['seen', 'answered', 'retried', 'retries', 'skipped', 'abandoned', 'open']
  return Object.fromEntries(rows.map((row) => [row.question, names.map((name) => row[name] as number)]))
}

beforeAll(async () => {
  opened = await openHouse()
  const channel = recordingChannel('pipe', (outgoing) => void sent.push(outgoing))
  house = await buildHouse({
    definitions: {
      ...definitions,
      flows: [...definitions.flows, { file: 'hens.yaml', yaml: HENS, digest: 'hens-1' }],
      resources,
    },
    storage: opened.storage,
    defaultLocale: 'zh-CN',
    zone: ZONE,
    clock,
    ids: sortableIds(clock, seededRandom(5)),
    random: () => 0,
    channels: new Map([['pipe', channel]]),
    fault: (code, details, cause) => {
      throw new Error(`${code} ${JSON.stringify(details)}`, { cause })
    },
    concurrency: 1,
  })
  await channel.start((received) => house.messaging.receive(received))
})
afterAll(async () => {
  await house.messaging.stop()
  await opened.storage.close()
  rmSync(opened.dataDir, { recursive: true, force: true })
})

describe('flow stats', () => {
  it('counts what became of each question, by the conversations that began in those days', async () => {
    // Straight through, one question skipped. A report: the plain sheet is offered.
    expect(await says('u1', '(hens)', '1', '30', '跳过', '都好', '1')).toContain('明白纸')
    // Two answers that are no number, then a third; gone silent at the story, asked once more, then set aside.
    await says('u2', '(hens)', '1', '一大堆啊', '数不清楚', '12', '2')
    // No consent: nothing goes on.
    await says('u3', '(hens)', '2')
    // No hens: nobody asks for the sick ones. Stopped at the story.
    await says('u4', '(hens)', '1', '0', '停')
    // Stopped at the review.
    await says('u6', '(hens)', '1', '5', '1', '没事', '停')
    // Went back and gave another answer: one question, one answer.
    await says('u7', '(hens)', '1', '8', '上一步', '9', '3', '没事', '1')
    await passes(21 * HOUR)
    await passes(4 * DAY)
    // Still at it, after an answer that is not allowed.
    await says('u5', '(hens)', '1', '5', '99')

    expect(await counts()).toEqual({
      agree: [7, 6, 0, 0, 0, 1, 0],
      hens: [6, 6, 1, 2, 0, 0, 0],
      sick: [5, 3, 1, 1, 1, 0, 1],
      story: [5, 3, 0, 0, 0, 2, 0],
      '(submit)': [3, 2, 0, 0, 0, 1, 0],
    })
    expect(await counts({ to: '2026-11-23' })).toMatchObject({
      agree: [6, 5, 0, 0, 0, 1, 0],
      sick: [4, 3, 0, 0, 1, 0, 0],
    })
    expect(await counts({ from: '2026-11-24' })).toMatchObject({
      agree: [1, 1, 0, 0, 0, 0, 0],
      sick: [1, 0, 1, 1, 0, 0, 1],
    })
  })

  it('follows a draft that is taken up again', async () => {
    await says('u2', '你好', '1', '鸡都好')
    expect(await counts()).toMatchObject({ story: [5, 4, 0, 0, 0, 1, 0], '(submit)': [4, 2, 0, 0, 0, 1, 1] })
  })

  it('is a table for people, with no word that anybody said', async () => {
    const table = await stats({ from: '2026-11-20', to: '2026-12-01' })
    expect(table.split('\n').map((line) => line.trimEnd())).toMatchInlineSnapshot(`
      [
        "养鸡（hens）：2026-11-20 到 2026-12-01 开始的对话 7 个，交上来 2 个，走开 3 个，还在说 2 个。",
        "看到  答了  重答过  重答次数  跳过  走开  还没答  走开比例  问题",
        "   7     6       0         0     0     1       0       14%  agree  可以问您养鸡的事吗？",
        "   6     6       1         2     0     0       0        0%  hens  养了几只鸡？",
        "   5     3       1         1     1     0       1        0%  sick  病了几只？",
        "   5     4       0         0     0     1       0       20%  story  您说说看。",
        "   4     2       0         0     0     1       1       25%  (submit)  核对、交上去",
        "",
      ]
    `)
    const all = table + (await stats({ format: 'csv' })) + (await stats({ format: 'jsonl' }))
    for (const said of ['一大堆', '没事', '都好', 'u1', 'u5']) expect(all).not.toContain(said)
  })

  it('is a CSV with titles', async () => {
    const csv = await stats({ format: 'csv' })
    expect(csv.split('\r\n')[0]).toBe('\ufeff问题,问的话,类型,看到,答了,重答过,重答次数,跳过,走开,还没答')
    expect(csv.split('\r\n')[2]).toBe('hens,养了几只鸡？,integer,6,6,1,2,0,0,0')
  })

  it.each([
    [{ from: '2026-13-01' }, 'hens', 'ARGUMENT_INVALID'],
    [{ from: '2026-11-24', to: '2026-11-23' }, 'hens', 'ARGUMENT_INVALID'],
    [{ format: 'xml' }, 'hens', 'ARGUMENT_INVALID'],
    [{}, 'no_such_flow', 'FLOW_NOT_FOUND'],
  ])('refuses %j of %s', (typed, flow, code) => expect(stats(typed, flow)).rejects.toMatchObject({ code }))
})
