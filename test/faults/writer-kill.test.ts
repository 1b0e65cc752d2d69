/** kill -9 at a random moment, again and again: what was said to be on disk is there, and nothing is there by halves. */
import Database from 'better-sqlite3'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { seededRandom } from '../../src/base/random.ts'
import { childProgram, type ChildProgram } from './child-program.ts'

const ROUNDS = 30
/** Milliseconds of work before the kill. */
const WORK = { least: 20, most: 300 }
const SEED = 20261123

let program: ChildProgram
const folder = mkdtempSync(join(tmpdir(), 'bangfu-kill-'))
const file = join(folder, 'test.db')

beforeAll(async () => {
  program = await childProgram('writer-child.ts')
})
afterAll(() => {
  program.remove()
  rmSync(folder, { recursive: true, force: true })
})

test(`nothing that was acknowledged is lost in ${ROUNDS} kills`, { timeout: 300_000 }, async () => {
  const random = seededRandom(SEED)
  const acknowledged: string[] = []
  for (let round = 0; round < ROUNDS; round++) {
    acknowledged.push(...(await runAndKill(round, WORK.least + random() * (WORK.most - WORK.least))))
  }
  expect(acknowledged.length).toBeGreaterThan(ROUNDS)
  const db = new Database(file)
  try {
    expect(db.pragma('integrity_check', { simple: true })).toBe('ok')
    const idsOf = (sql: string) => new Set(db.prepare(sql).pluck().all() as string[])
    const inbox = idsOf('SELECT id FROM Inbox')
    expect(acknowledged.filter((name) => !inbox.has(name))).toEqual([])
    expect(idsOf('SELECT question FROM Answer')).toEqual(inbox)
    expect(idsOf('SELECT id FROM Outbox')).toEqual(inbox)
    const answers = db
      .prepare(
        'SELECT c.id FROM Conversation c WHERE c.revision <> (SELECT count(*) FROM Answer a WHERE a.conversationId = c.id)',
      )
      .all()
    expect(answers).toEqual([])
    expect(db.prepare('SELECT count(*) FROM Answer').pluck().get()).toBe(inbox.size)
  } finally {
    db.close()
  }
})

async function runAndKill(round: number, milliseconds: number): Promise<string[]> {
  const child = spawn(process.execPath, [program.path, file, folder, String(round)], {
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const said: string[] = []
  let complaint = ''
  child.stderr.on('data', (part: Buffer) => (complaint += part.toString()))
  const lines = createInterface({ input: child.stdout })
  lines.on('line', (line) => {
    if (line === 'ready') setTimeout(() => child.kill('SIGKILL'), milliseconds)
    else said.push(line)
  })
  const ended = Promise.all([once(child, 'exit'), once(lines, 'close')])
  const [[, signal]] = (await ended) as [[number | null, string | null], unknown]
  if (signal !== 'SIGKILL') throw new Error(`the child ended by itself: ${complaint}`)
  // the last line may have been cut off in the middle: names have three parts
  return said.filter((name) => /^\d+-\d+-\d+$/.test(name))
}
