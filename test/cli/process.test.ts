/** The command as it is run: its words, its exit codes, and one clear line for whatever is wrong. */
import { spawn } from 'node:child_process'
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { createServer, type Server } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { buildProgram } from '../../src/cli/program.ts'
import { checkSqlite } from '../../src/storage/backup.ts'
import { ROSTERS } from './pipe-world.ts'

const ROOT = fileURLToPath(new URL('../../', import.meta.url))
const PROGRAM = join(ROOT, 'dist/program/main.js')
const folder = mkdtempSync(join(tmpdir(), 'bangfu-process-'))
const MINUTES = { timeout: 180_000 }

afterAll(() => rmSync(folder, { recursive: true, force: true }))

interface Ended {
  readonly code: number | null
  readonly out: string
  readonly err: string
}

interface RunOptions {
  readonly env?: Readonly<Record<string, string>>
  readonly input?: string
  /** Ends it (SIGTERM) as soon as this is in its output. */
  readonly until?: string
  /** Done meanwhile, when `until` was seen. */
  readonly then?: () => Promise<void>
}

function bangfu(words: readonly string[], { env = {}, input = '', until, then }: RunOptions = {}): Promise<Ended> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [PROGRAM, ...words], {
      cwd: folder,
      env: {
        PATH: process.env['PATH'],
        HOME: folder,
        DATA_DIR: 'data',
        HOST: '127.0.0.1',
        PORT: '0',
        LOG_LEVEL: 'error',
        ...env,
      },
    })
    let out = ''
    let err = ''
    let seen = false
    child.stdout.on('data', (part: Buffer) => {
      out += part.toString()
      if (until === undefined || seen || !out.includes(until)) return
      seen = true
      Promise.resolve(then?.())
        .catch(reject)
        .finally(() => child.kill('SIGTERM'))
    })
    child.stderr.on('data', (part: Buffer) => (err += part.toString()))
    child.once('error', reject)
    child.once('close', (code) => resolve({ code, out, err }))
    child.stdin.on('error', () => undefined)
    child.stdin.end(input)
  })
}

/** One line on standard error, no stack. */
const clearLine = (ended: Ended) => {
  expect(ended.code).toBe(1)
  expect(ended.err.trim().split('\n')).toHaveLength(1)
  expect(ended.err).not.toMatch(/\n\s+at |INTERNAL|undefined/)
  return ended.err
}

describe('help', () => {
  const commands = buildProgram().commands.flatMap((command) => [
    [command.name()],
    ...command.commands.map((inner) => [command.name(), inner.name()]),
  ])

  test.each([[[] as string[]], ...commands.map((words) => [words])])('bangfu %s --help', MINUTES, async (words) => {
    const { code, out, err } = await bangfu([...words, '--help'])
    expect([code, err]).toEqual([0, ''])
    expect(out).toContain(`Usage: bangfu ${words.join(' ')}`.trim())
    if (words[0] === 'import' && words[1] === 'households')
      expect(out).toMatch(/last_visit.*上次走访|上次走访.*last_visit/)
  })

  test('an unknown command is one', MINUTES, async () => {
    const { code, err } = await bangfu(['fly'])
    expect(code).toBe(1)
    expect(err).toContain('fly')
  })
})

describe('a wrong setting', () => {
  test.each([
    ['TIMEZONE', 'Mars/Base', ['start']],
    ['PORT', 'many', ['start']],
    ['PORT', '70000', ['pipe', '--now', '2026-11-24T15:00:00+08:00']],
    ['DATABASE_URL', 'mysql://localhost/x', ['export', 'cases']],
    ['ENCRYPTION_KEY', 'c2hvcnQ=', ['start']],
    ['LOG_LEVEL', 'loud', ['demo']],
  ])('%s=%s', MINUTES, async (variable, value, words) => {
    const line = clearLine(await bangfu(words, { env: { [variable]: value } }))
    expect(line).toContain('CONFIG_INVALID')
    expect(line).toContain(variable)
  })

  test('a database or a folder that is not there', MINUTES, async () => {
    const nowhere = await bangfu(['start', '--db', 'postgresql://nobody:secret-word@127.0.0.1:1/none'])
    expect(clearLine(nowhere)).toContain('DATABASE_UNREACHABLE')
    expect(nowhere.err).not.toContain('secret-word')
    expect(clearLine(await bangfu(['start'], { env: { FLOWS_DIR: 'no-flows' } }))).toContain('CONFIG_FLOWS_DIR')
    expect(clearLine(await bangfu(['start'], { env: { LOCALES_DIR: 'no-words' } }))).toContain('CONFIG_LOCALES_DIR')
  })

  test('a port that is taken', MINUTES, async () => {
    const taken = await new Promise<Server>((resolve) => {
      const server = createServer().listen(0, '127.0.0.1', () => resolve(server))
    })
    const address = taken.address()
    const port = String(typeof address === 'object' ? address?.port : 0)
    const line = clearLine(await bangfu(['start'], { env: { PORT: port, DATABASE_URL: 'file:taken.db' } }))
    expect(line).toContain('LISTEN_FAILED')
    expect(line).toContain(port)
    await new Promise((closed) => taken.close(closed))
  })
})

describe('a broken file', () => {
  const broken = (file: string, change: (text: string) => string): string => {
    const flows = mkdtempSync(join(folder, 'flows-'))
    cpSync(join(ROOT, 'flows'), flows, { recursive: true })
    writeFileSync(join(flows, file), change(readFileSync(join(flows, file), 'utf8')))
    return flows
  }
  const lineOf = (file: string, part: string) =>
    readFileSync(join(ROOT, 'flows', file), 'utf8')
      .split('\n')
      .findIndex((line) => line.includes(part)) + 1

  test.each([
    [['start'], 'FLOW_INVALID', 'hardship_report.yaml', '${members}', '${membres}', 'membres'],
    [
      ['pipe', '--now', '2026-11-24T15:00:00+08:00'],
      'FLOW_INVALID',
      'visit_log.yaml',
      'select_one met',
      'select_one nothing',
      'nothing',
    ],
    [['start'], 'FLOW_INVALID', 'job_seek.yaml', 'type: date,', 'type: dat,', 'dat'],
    [['start'], 'POLICY_INVALID', 'policy/reminders.yaml', "send_at: '08:00'", "send_at: '8 h'", ''],
  ])('%s: %s in %s', MINUTES, async (words, code, file, right, wrong, cause) => {
    const flows = broken(file, (text) => text.replace(right, wrong))
    const line = clearLine(await bangfu(words, { env: { FLOWS_DIR: flows, DATABASE_URL: 'file:broken.db' } }))
    expect(line).toContain(code)
    expect(line).toMatch(new RegExp(`${file.replace('.', '\\.')}[^\\d]{0,6}${lineOf(file, right)}\\b`))
    expect(line).toContain(cause)
  })

  test('words that are no JSON', MINUTES, async () => {
    const locales = join(folder, 'locales')
    cpSync(join(ROOT, 'locales'), locales, { recursive: true })
    writeFileSync(join(locales, 'zh-CN/flow.json'), '{"a": ')
    const line = clearLine(await bangfu(['start'], { env: { LOCALES_DIR: locales, DATABASE_URL: 'file:broken.db' } }))
    expect(line).toContain('LOCALE_INVALID')
    expect(line).toContain('zh-CN/flow.json')
  })
})

describe('a database of one village', () => {
  const env = { DATABASE_URL: 'file:village.db' }
  beforeAll(() => {
    for (const [what, rows] of Object.entries(ROSTERS)) writeFileSync(join(folder, `${what}.csv`), rows)
    writeFileSync(
      join(folder, 'mixed.csv'),
      'name,role,territory\n石建国,village_staff,不存在的村\n麻干部,village_staff,吉首市/矮寨镇/幸福村\n',
    )
    writeFileSync(join(folder, 'wrong.csv'), 'name,role,territory\n石建国,village_staff,不存在的村\n')
    writeFileSync(join(folder, 'columns.csv'), 'who,where\n石建国,吉首市\n')
  })

  test('import: 0 all stored or unchanged, 2 some refused, 1 nothing stored', MINUTES, async () => {
    for (const what of Object.keys(ROSTERS))
      expect((await bangfu(['import', what, `${what}.csv`], { env })).code).toBe(0)
    const again = await bangfu(['import', 'staff', 'staff.csv'], { env })
    expect(again.code).toBe(0)
    expect(again.out).toContain('unchanged')
    const mixed = await bangfu(['import', 'staff', 'mixed.csv', '--refused', 'refused.csv'], { env })
    expect(mixed.code).toBe(2)
    expect(mixed.out).toMatch(/^2\trefused.*territory/m)
    expect(readFileSync(join(folder, 'refused.csv'), 'utf8')).toContain('不存在的村')
    expect((await bangfu(['import', 'staff', 'wrong.csv'], { env })).code).toBe(1)
    expect(clearLine(await bangfu(['import', 'staff', 'columns.csv'], { env }))).toContain('IMPORT_COLUMN_MISSING')
    expect(clearLine(await bangfu(['import', 'staff', 'none.csv'], { env }))).toContain('FILE_NOT_FOUND')
  })

  test('backup, doctor, a second start beside a running one', MINUTES, async () => {
    let beside: Ended[] = []
    const started = await bangfu(['start'], {
      env,
      until: '/health',
      async then() {
        const backup = await bangfu(['backup', 'copy/village.db'], { env })
        const twice = await bangfu(['backup', 'copy/village.db'], { env })
        const second = await bangfu(['start'], { env })
        const doctor = await bangfu(['doctor'], { env })
        beside = [backup, twice, second, doctor]
      },
    })
    const [backup, twice, second, doctor] = beside as [Ended, Ended, Ended, Ended]
    expect([started.code, started.err]).toEqual([0, ''])
    expect([backup.code, backup.err]).toEqual([0, ''])
    expect(checkSqlite(join(folder, 'copy/village.db')).rows).toMatchObject({ Territory: 4, Staff: 3 })
    expect(clearLine(twice)).toContain('BACKUP_TARGET_EXISTS')
    expect(clearLine(second)).toContain('DATABASE_LOCKED_BY_RUNNER')
    expect([doctor.code, doctor.err]).toEqual([0, ''])
    expect(doctor.out).toContain('有一个 bangfu 正在运行')
  })

  test('pipe reads to the end and exits with 0', MINUTES, async () => {
    const input = '{"id":"1","chat":"u1","from":"u1","text":"菜单"}\n'
    const { code, out, err } = await bangfu(['pipe', '--now', '2026-11-24T15:00:00+08:00'], { env, input })
    expect([code, err]).toEqual([0, ''])
    expect(out.trim().split('\n').at(-1)).toContain('{"done":"1"')
    const clock = await bangfu(['pipe', '--now', 'soon'], { env })
    expect(clearLine(clock)).toContain('PIPE_BAD_INPUT')
  })

  test('doctor changes nothing where nothing is', MINUTES, async () => {
    const nothing = { DATA_DIR: 'nothing', DATABASE_URL: 'file:nothing/none.db' }
    const { code, out, err } = await bangfu(['doctor'], { env: nothing })
    expect([code, err]).toEqual([1, ''])
    expect(out).toContain('nothing/none.db')
    expect(existsSync(join(folder, 'nothing'))).toBe(false)
    const wrong = await bangfu(['doctor'], { env: { TIMEZONE: 'Mars/Base' } })
    expect([wrong.code, wrong.err]).toEqual([1, ''])
    expect(wrong.out).toContain('TIMEZONE')
    const key = statSync(join(folder, 'data/keys.json')).size
    const lost = await bangfu(['doctor'], { env: { ...env, DATA_DIR: 'nothing' } })
    expect(lost.code).toBe(1)
    expect(lost.out).toContain('密钥')
    expect(key).toBeGreaterThan(0)
  })
})
