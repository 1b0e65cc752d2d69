/** interfaces.md §2, sentence by sentence, on a whole house in this process. */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { PassThrough, Readable } from 'node:stream'
import { text } from 'node:stream/consumers'
import { describe, expect, test } from 'vitest'
import { runPipe } from '../../src/cli/pipe/run.ts'
import type { Config } from '../../src/config.ts'
import { openStorage } from '../../src/storage/open.ts'
import { importText } from '../cli/import-run.ts'
import { settingsIn } from '../settings.ts'

type Line = Readonly<Record<string, unknown>> & { text?: string; choices?: { id: string }[] }

const NOW = '2026-11-25T10:00:00+08:00'
const AT = { at: NOW }

/** A database with a village, its cadre and its group, as `bangfu import` fills it. */
async function county(): Promise<Config> {
  const config = settingsIn('pipe')
  const storage = await openStorage({ url: config.databaseUrl, dataDir: config.dataDir, role: 'command' })
  const tables = { imports: storage.reads.imports, writer: storage.writer }
  const path = '吉首市/矮寨镇/阳孟村'
  for (const [what, rows] of [
    ['territories', 'county,township,village\n吉首市,矮寨镇,阳孟村\n'],
    ['staff', `name,phone,role,territory,channel,user\n石玉兰,13800000001,village_staff,${path},pipe,c1\n`],
    ['groups', `channel,chat,territory,purpose\npipe,g1,${path},village\n`],
  ] as const) {
    expect((await importText(tables, what, rows)).code).toBe(0)
  }
  await storage.close()
  return config
}

interface Said {
  readonly now?: string | null
  readonly seed?: number
  readonly language?: string
}

async function bytesOf(config: Config, input: string, { now = NOW, seed = 1, language }: Said = {}): Promise<string> {
  const output = new PassThrough()
  const said = text(output)
  await runPipe(config, { now, language: language ?? null, seed, input: Readable.from([input]), output })
  output.end()
  return said
}

async function linesOf(config: Config, input: readonly (object | string)[], said: Said = {}): Promise<Line[]> {
  const lines = input.map((line) => (typeof line === 'string' ? line : JSON.stringify(line)))
  return (await bytesOf(config, lines.join('\n'), said))
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as Line)
}

const says = (id: string, words: string, more: object = {}) => ({ id, chat: 'u1', from: 'u1', text: words, ...more })
const words = (lines: readonly Line[], re: string) => lines.filter((line) => line['re'] === re)

const REPORT = ['同意', '是', '吴金花', '没有', '三口人', '因病', '没有', '1', '三千五', '一万二千多', '老人住院']
const reportOf = (person: string) => [
  { id: `${person}-begin`, chat: person, from: person, start: 'village:吉首市/矮寨镇/阳孟村' },
  { id: `${person}-start`, chat: person, from: person, choice: 'hardship_report' },
  ...REPORT.map((answer, index) => says(`${person}-${index}`, answer, { chat: person, from: person })),
]

describe('a line', () => {
  test('is answered in order, `done` last, `re`, `channel`, `chat`, `choices`, `mentions` and `at` on what is said', async () => {
    const lines = await linesOf(settingsIn('pipe'), [says('1', '菜单'), { ...says('2', '菜单'), id: 2 }])
    expect(lines.map((line) => line['done'] ?? `re ${String(line['re'])}`)).toEqual(['re 1', '1', 're 2', '2'])
    expect(lines[0]).toMatchObject({ re: '1', channel: 'pipe', chat: 'u1', mentions: [], ...AT })
    expect(lines[0]?.choices?.[0]).toEqual({ id: 'hardship_report', label: expect.any(String) as string })
    expect(lines[1]).toEqual({ done: '1', ...AT })
  })

  test('that is bad gives its error and the next is answered; blank lines, CRLF and a missing last line break are fine', async () => {
    const bad = ['rubbish', { id: 'a' }, { ...says('b', 'x'), channel: 'fax' }, { id: 'c', now: '2020-01-01T00:00:00+08:00' }]
    const worse = [{ id: 'd', advance: 'tomorrow' }, { ...says('e', 'x'), now: NOW }, { id: 'f', text: 'x' }]
    const input = [...bad, ...worse, '', says('z', '菜单')]
    const lines = (await bytesOf(settingsIn('pipe'), input.map((line) => (typeof line === 'string' ? line : JSON.stringify(line))).join('\r\n')))
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as Line)
    expect(lines.filter((line) => 'error' in line).map((line) => [line['error'], line['re']])).toEqual([
      ['PIPE_BAD_JSON', null],
      ['PIPE_BAD_INPUT', 'a'],
      ['PIPE_BAD_INPUT', 'b'],
      ['PIPE_CLOCK_BACKWARDS', 'c'],
      ['PIPE_BAD_INPUT', 'd'],
      ['PIPE_BAD_INPUT', 'e'],
      ['PIPE_BAD_INPUT', 'f'],
    ])
    for (const line of lines) {
      expect(line).toMatchObject(AT)
      if ('error' in line) expect(line['message']).toEqual(expect.stringMatching(/./))
    }
    expect(lines.filter((line) => 'done' in line).map((line) => line['done'])).toEqual([...'abcdefz'])
    expect(words(lines, 'z')).toHaveLength(1)
  }) // prettier-ignore
})

describe('a message', () => {
  test('with the same id is one message, on the same channel, in this run and in the next', async () => {
    const config = settingsIn('pipe')
    const twice = [says('1', '菜单', { message: 'm' }), says('2', '菜单', { message: 'm' })]
    const lines = await linesOf(config, [...twice, says('3', '菜单', { message: 'm', channel: 'telegram' })])
    expect([words(lines, '1'), words(lines, '2'), words(lines, '3')].map(({ length }) => length)).toEqual([1, 0, 1])
    expect(words(lines, '3')[0]).toMatchObject({ channel: 'telegram' })
    expect(await linesOf(config, [says('4', '菜单', { message: 'm' })], { now: null })).toEqual([{ done: '4', ...AT }])
  })

  test('without an id is new, also in a run that begins at the instant at which the last one ended', async () => {
    const config = settingsIn('pipe')
    for (const run of ['1', '2', '3']) {
      const lines = await linesOf(config, [says(run, '菜单'), says(`${run}b`, '菜单')], { now: run === '1' ? NOW : null })
      expect([words(lines, run), words(lines, `${run}b`)].map(({ length }) => length)).toEqual([1, 1])
    }
  }) // prettier-ignore

  test('comes from (channel, from): one name on two channels is two people', async () => {
    const config = settingsIn('pipe')
    const begun = [{ id: '1', chat: 'u1', from: 'u1', choice: 'hardship_report' }, says('2', '1')]
    const lines = await linesOf(config, [...begun, says('3', '1', { channel: 'telegram' }), says('4', '1', { chat: 'g', from: 'u1' })])
    const asked = words(lines, '2')[0]?.text
    expect(asked).toBeTruthy()
    expect(words(lines, '3')[0]?.text).not.toBe(asked)
  }) // prettier-ignore

  test('is drawn with the abilities of its platform: choices are numbered where there are no buttons', async () => {
    const input = ['pipe', 'wecom', 'telegram', 'web'].map((channel) => says(channel, '菜单', { channel }))
    const lines = await linesOf(settingsIn('pipe'), input)
    const numbered = (channel: string) => words(lines, channel)[0]?.text?.includes('\n1. ')
    expect(['pipe', 'wecom', 'telegram', 'web'].map(numbered)).toEqual([true, true, false, false])
  })

  test('speaks the language of --lang', async () => {
    const lines = await linesOf(settingsIn('pipe'), [says('1', 'menu')], { language: 'en' })
    expect(lines[0]?.text).toMatch(/[a-z]{3}/)
    expect(lines[0]?.text).not.toMatch(/\p{Script=Han}/u)
  })
})

describe('a report', () => {
  test('ends in a matter number; a tap on what is closed changes nothing; a missing or made-up photo is one', async () => {
    const config = await county()
    const made = join(config.dataDir, 'roof.jpg')
    writeFileSync(made, 'no picture, but a test says so')
    const photos = [made, 'no/such/file.jpg'].map((file, index) => ({ id: `p${index}`, chat: 'u1', from: 'u1', photo: { file } }))
    const submit = { chat: 'u1', from: 'u1', choice: 'submit' }
    const lines = await linesOf(config, [...reportOf('u1'), ...photos, { id: 'r', ...submit }, { id: 's', ...submit }, { id: 't', ...submit }])
    expect(lines.filter((line) => 'error' in line)).toEqual([])
    const numbered = lines.filter((line) => line['matter'] && line['chat'] === 'u1')
    expect(numbered).toHaveLength(1)
    expect(numbered[0]).toMatchObject({ matter: { number: '26112500015', kind: 'hardship', stage: 'reported' }, ...AT })
    expect(words(lines, 't').every((line) => !line['matter'])).toBe(true)
  }) // prettier-ignore

  test('twice from the same input is the same bytes, whole days and weekends included', async () => {
    const input = [...reportOf('u1'), { id: 'x', chat: 'u1', from: 'u1', choice: 'submit' }, { id: 'y', advance: 'P6D' }, says('z', '进度')]
    const text = input.map((line) => JSON.stringify(line)).join('\n')
    const once = await bytesOf(await county(), text, { seed: 7 })
    expect(once).toContain('"done":"z","at":"2026-12-01T10:00:00+08:00"')
    expect(await bytesOf(await county(), text, { seed: 7 })).toBe(once)
  }) // prettier-ignore
})

describe('the clock', () => {
  test('must be set on an empty database, goes on from the latest instant afterwards, and never back', async () => {
    const config = settingsIn('pipe')
    await expect(linesOf(config, [], { now: null })).rejects.toMatchObject({ code: 'PIPE_CLOCK_MISSING' })
    await linesOf(config, [{ id: '1', advance: 'PT2H' }, says('2', '菜单')])
    const [, done] = await linesOf(config, [says('3', '菜单')], { now: null })
    expect(done).toEqual({ done: '3', at: '2026-11-25T12:00:00+08:00' })
    await expect(linesOf(config, [])).rejects.toMatchObject({ code: 'PIPE_CLOCK_BACKWARDS' })
  })
})
