/** The whole program under kill -9 while many conversations run: nothing acknowledged is lost, nothing is done twice. */
import { cpSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { seededRandom, type Random } from '../../src/base/random.ts'
import { checkSqlite } from '../../src/storage/backup.ts'
import { openStorage } from '../../src/storage/open.ts'
import { importText } from '../cli/import-run.ts'
import { killableHouse, type KillableHouse } from './killable-house.ts'
import { inboxIdOf, listen, newReport, talk, transcript, type Report } from './villager.ts'

/** Databases that are worked on side by side, and kills of each. */
const HOUSES = 3
const KILLS = 10
/** Villagers who talk at the same time, each with report after report. */
const VILLAGERS = 12
/** Accepted messages between two kills. */
const BETWEEN = { least: 5, most: 60 }
/** Of that many kills one comes while the program starts. */
const DURING_START = 5
/** Of a villager at most the reply that is leaving and the one whose mark is not on disk yet are sent again, at each kill. */
const MOST_AGAIN = KILLS * VILLAGERS * 2
const SEED = Date.now() % 1_000_000

const root = mkdtempSync(join(tmpdir(), 'bangfu-killed-'))
const template = join(root, 'template')

beforeAll(async () => {
  const storage = await openStorage({ url: `file:${join(template, 'house.db')}`, dataDir: template, role: 'command' })
  const tables = { imports: storage.reads.imports, writer: storage.writer }
  await importText(tables, 'territories', 'county,township,village\n吉首市,矮寨镇,阳孟村\n吉首市,矮寨镇,幸福村\n')
  await importText(
    tables,
    'staff',
    'name,phone,role,territory\n石建国,13800000001,village_staff,吉首市/矮寨镇/阳孟村\n',
  )
  await storage.close()
}, 60_000)

afterAll(() => rmSync(root, { recursive: true, force: true }))

test(`${HOUSES * KILLS} kills, seed ${SEED}`, { timeout: 600_000 }, async () => {
  const again = await Promise.all(Array.from({ length: HOUSES }, (_, index) => killAndCheck(index)))
  process.stdout.write(`messages sent again after a kill: ${again.join(' + ')}\n`)
})

async function killAndCheck(index: number): Promise<number> {
  const random = seededRandom(SEED + index)
  const folder = join(root, String(index))
  cpSync(template, folder, { recursive: true })
  const house = await killableHouse(folder)
  try {
    const reports = await talkWhileKilled(house, random)
    await outboxEmpty(house)
    const told = await Promise.all(reports.map((report) => transcript(house, report)))
    for (const report of reports) await listen(house, report)
    expect(await house.stop()).toBe(0)
    expect(house.said.filter((line) => line.includes('"fault"'))).toEqual([])
    checkWhatWasHeard(reports, told)
    return await checkWhatIsStored(folder, reports)
  } finally {
    await house.kill()
  }
}

/** @returns every report that was begun; all of them are finished */
async function talkWhileKilled(house: KillableHouse, random: Random): Promise<Report[]> {
  const reports: Report[] = []
  let acknowledged = 0
  let awaited = { count: Infinity, reached: () => undefined as void }
  let ending = false
  const one = () => {
    acknowledged += 1
    if (acknowledged >= awaited.count) awaited.reached()
  }
  const villager = async () => {
    while (!ending) {
      const report = newReport(reports.length, random)
      reports.push(report)
      await talk(house, report, random, one)
    }
  }
  const talking = Promise.all(Array.from({ length: VILLAGERS }, villager))
  // Whoever fails ends the waiting too; the failure itself is thrown below.
  const failed = talking.then(
    () => undefined,
    () => undefined,
  )
  let startTook = 0
  for (let kill = 0; kill < KILLS; kill++) {
    const started = performance.now()
    if (kill % DURING_START === DURING_START - 1) {
      await house.startAndKill(random() * startTook)
      continue
    }
    await house.start()
    startTook = performance.now() - started
    const enough = acknowledged + BETWEEN.least + Math.floor(random() * (BETWEEN.most - BETWEEN.least))
    await Promise.race([new Promise<void>((reached) => (awaited = { count: enough, reached })), failed])
    await house.kill()
  }
  ending = true
  await house.start()
  await talking
  return reports
}

/** Bounded by the time a lease lasts, and some. */
async function outboxEmpty(house: KillableHouse): Promise<void> {
  await expect
    .poll(async () => /^bangfu_outbox_due (\d+)$/m.exec(await (await fetch(`${house.url}/metrics`)).text())?.[1], {
      timeout: 90_000,
      interval: 100,
    })
    .toBe('0')
}

/** Every page heard the same conversation, in order, each message once. */
function checkWhatWasHeard(reports: readonly Report[], told: readonly (readonly { seq: string; text: string }[])[]) {
  const plain = (index: number) =>
    (told[index] ?? []).map(({ text }) =>
      text
        .replaceAll(reports[index]?.name ?? '', 'NAME')
        .replace(/[\d,*]+/g, '#')
        .replace(/周[一二三四五六日]/g, '周#'),
    )
  const first = plain(0)
  expect(first).toHaveLength(reports[0]?.sent.length ?? 0)
  for (const [index, report] of reports.entries()) {
    expect(plain(index), `the replies to report ${index}`).toEqual(first)
    expect(report.heard, `what the page of report ${index} heard`).toEqual(told[index])
    const seqs = report.heard.map(({ seq }) => seq)
    expect(seqs).toEqual([...new Set(seqs)].sort())
  }
}

/** @returns how many messages were sent a second time */
async function checkWhatIsStored(folder: string, reports: readonly Report[]): Promise<number> {
  checkSqlite(join(folder, 'house.db'))
  const storage = await openStorage({ url: `file:${join(folder, 'house.db')}`, dataDir: folder, role: 'command' })
  try {
    const { rows } = storage.reads
    const inbox = await rows.find('Inbox', { columns: ['id', 'state'], order: ['id'] })
    const accepted = reports.flatMap((report) => report.sent.map(({ messageId }) => inboxIdOf(report, messageId)))
    expect(inbox.map(({ id }) => id)).toEqual(accepted.sort())
    expect(inbox.filter(({ state }) => state !== 'done')).toEqual([])

    const identities = await rows.find('ChatIdentity', { where: { channel: 'web' } })
    const submissions = await rows.find('Submission', {})
    const cases = await rows.find('Case', {})
    const outbox = await rows.find('Outbox', { where: { channel: 'web' }, order: ['id'] })
    expect([submissions.length, cases.length, identities.length]).toEqual(reports.map(() => reports.length).slice(0, 3))
    expect(new Set(cases.map(({ number }) => number)).size).toBe(reports.length)
    for (const report of reports) {
      const identity = identities.find(({ user }) => user === report.chat)
      const own = submissions.filter(({ identityId }) => identityId === identity?.id)
      expect(own.map(({ answers }) => JSON.parse(answers) as object)).toEqual([expect.objectContaining(report.answers)])
      const opened = cases.filter(({ submissionId }) => submissionId === own[0]?.id)
      expect(opened.map(({ number }) => number)).toEqual([own[0]?.matter])
      const replies = outbox.filter(({ chat }) => chat === report.chat)
      expect(replies.map(({ payload }) => (JSON.parse(payload) as { cause: string }).cause)).toEqual(
        report.sent.map(({ messageId }) => inboxIdOf(report, messageId)),
      )
      expect(replies.filter(({ state }) => state !== 'sent' && state !== 'unknown')).toEqual([])
    }
    const answers = await rows.find('Answer', { columns: ['conversationId', 'seq'], order: ['id'] })
    const seqsOf = (conversation: string) =>
      answers.filter(({ conversationId }) => conversationId === conversation).map(({ seq }) => seq)
    const [first] = submissions
    for (const { conversationId } of submissions) {
      expect(seqsOf(conversationId)).toEqual(seqsOf(first?.conversationId ?? ''))
    }
    const again = outbox.filter(({ error }) => error?.startsWith('again')).length
    expect(again).toBeLessThanOrEqual(MOST_AGAIN)
    return again
  } finally {
    await storage.close()
  }
}
