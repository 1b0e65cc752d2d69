/**
 * A million reminders, in waves of 50,000 that fall due at once, planned by the clock and handed over by the outbox to a platform
 * that refuses some for a while, breaks off at some and takes some without saying so; the process is killed once while it plans
 * and once while it sends. What was said is read from the platform's own log.
 * Options: --reminders=1000000 --wave=50000 --staff=10000. SQLite, `synchronous=FULL`.
 */
import { spawn } from 'node:child_process'
import fs from 'node:fs'
import { createInterface } from 'node:readline'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { recordingChannel } from '../../dist/channels/recording.js'
import { flowEngine } from '../../dist/messaging/engine.js'
import { flowCatalogue } from '../../dist/messaging/flow-versions.js'
import { createMessaging } from '../../dist/messaging/messaging.js'
import { recheckWith } from '../../dist/reminders/recheck.js'
import { runTick } from '../../dist/reminders/tick.js'
import { openStorage } from '../../dist/storage/open.js'
import { CHANNEL, makeCounty, NOW, reminderParts, STAFF, ZONE } from './county.mjs'
import { quantile, report } from './stats.mjs'

const options = Object.fromEntries(process.argv.slice(2).map((given) => given.replace(/^--/, '').split('=')))
if (options.url) await house()
else await parent()

/** Of 1,000 messages. */
function faultOf(id) {
  let hash = 0
  for (const letter of id) hash = (hash * 31 + letter.charCodeAt(0)) >>> 0
  const lot = hash % 1_000
  return lot < 20 ? 'retry' : lot < 25 ? 'unknown' : lot < 27 ? 'threw' : null
}

async function house() {
  const shift = Number(options.shift)
  const clock = { now: () => Date.now() + shift }
  const storage = await openStorage({ url: options.url, dataDir: options.folder, role: 'runner' })
  const errors = []
  const parts = await reminderParts(storage, clock, (error) => errors.push(String(error)))
  const log = fs.openSync(options.log, 'a')
  const tried = new Set()
  const channel = {
    ...recordingChannel(CHANNEL, () => undefined),
    async send(outgoing) {
      const fault = tried.has(outgoing.id) ? null : faultOf(outgoing.id)
      if (fault !== null) tried.add(outgoing.id)
      if (fault === 'retry') return { kind: 'retry', afterSeconds: 1, reason: 'busy' }
      if (fault === 'threw') throw new Error('connection reset')
      const items = outgoing.reminder.items.map(({ rule, rung, matter }) => `${rule}|${rung}|${matter}`)
      fs.writeSync(log, `${clock.now() - outgoing.createdAt}\t${outgoing.again ? 1 : 0}\t${items.join(' ')}\n`)
      return fault === 'unknown' ? { kind: 'unknown', reason: 'timeout' } : { kind: 'sent', platformId: null }
    },
  }
  const messaging = createMessaging({
    writer: storage.writer,
    reads: storage.reads.messaging,
    engine: flowEngine,
    flows: flowCatalogue([], []),
    text: parts.text,
    forms: new Map(),
    channels: new Map([[CHANNEL, channel]]),
    handlers: { submit: {}, alert: null, commands: [], words: {}, openings: {} },
    find: () => Promise.resolve([]),
    clock,
    ids: parts.ids,
    zone: ZONE,
    fault: (code, details, cause) => errors.push(`${code} ${JSON.stringify(details)} ${cause}`),
    random: Math.random,
    recheck: recheckWith(parts),
  })
  const tell = (line) => fs.writeSync(1, `${JSON.stringify(line)}\n`)
  await messaging.recover()
  messaging.run()
  tell({ ready: true })
  for await (const line of createInterface({ input: process.stdin })) {
    if (line !== 'tick') break
    const started = performance.now()
    await runTick(parts, clock.now())
    messaging.wake?.()
    tell({
      ticked: performance.now() - started,
      heap: process.memoryUsage().heapUsed,
      rss: process.memoryUsage.rss(),
      errors,
    })
  }
  await messaging.stop()
  await storage.close()
}

async function parent() {
  const reminders = Number(options.reminders ?? 1_000_000)
  const wave = Number(options.wave ?? 50_000)
  const waves = Math.round(reminders / wave)
  const county = await makeCounty('sqlite', { households: reminders, staff: Number(options.staff ?? STAFF) })
  const log = join(county.folder, 'platform.log')
  fs.writeFileSync(log, '')
  const shift = Math.round(NOW - Date.now())
  const now = () => Date.now() + shift

  const begin = async () => {
    const given = [`--url=${county.url}`, `--folder=${county.folder}`, `--log=${log}`, `--shift=${shift}`]
    const child = spawn(process.execPath, [fileURLToPath(import.meta.url), ...given], {
      stdio: ['pipe', 'pipe', 'inherit'],
    })
    const told = createInterface({ input: child.stdout })[Symbol.asyncIterator]()
    const next = async () => {
      const { value, done } = await told.next()
      return done ? null : JSON.parse(value)
    }
    await next()
    return {
      next,
      tick: () => child.stdin.write('tick\n'),
      kill: () => new Promise((resolve) => child.once('close', resolve) && child.kill('SIGKILL')),
      end: () => new Promise((resolve) => child.once('close', resolve) && child.stdin.end()),
    }
  }
  const open = () => county.count('"Outbox" WHERE "dueAt" IS NOT NULL')
  const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms))

  let running = await begin()
  const memory = []
  let ticking = 0
  let kills = 0
  let elapsed = 0
  for (let which = 0; which < waves; which++) {
    await county.arm(which, waves, { at: now() - 1, keep: true })
    const started = performance.now()
    running.tick()
    if (which === Math.floor(waves / 3)) {
      // While it plans.
      while ((await county.count('"Reminder"')) < (which + 0.3) * wave) await pause(20)
      await running.kill()
      kills += 1
      running = await begin()
      running.tick()
    }
    const told = await running.next()
    if (told.errors.length > 0) throw new Error(told.errors[0])
    ticking += told.ticked
    memory.push(told)
    const messages = await open()
    if (which === Math.floor((2 * waves) / 3)) {
      // While it sends.
      while ((await open()) > messages * 0.6) await pause(20)
      await running.kill()
      kills += 1
      running = await begin()
    }
    // The few that were refused for a while go on beside the next wave.
    while ((await open()) > (which === waves - 1 ? 0 : messages * 0.05)) await pause(100)
    elapsed += performance.now() - started
    process.stderr.write(
      `wave ${which + 1} of ${waves}: ${Math.round((wave / (performance.now() - started)) * 1_000)} per second\n`,
    )
  }
  await running.end()

  const delays = []
  const said = new Map()
  let marked = 0
  let duplicates = 0
  for (const line of fs.readFileSync(log, 'utf8').trimEnd().split('\n')) {
    const [delay, again, items] = line.split('\t')
    for (const item of items.split(' ')) {
      if (!said.has(item)) delays.push(Number(delay))
      else if (again === '1') marked += 1
      else duplicates += 1
      said.set(item, true)
    }
  }
  const planned = await county.count('"Reminder"')
  const left = await county.raw.all(
    `SELECT "state", count(*) AS n FROM "Outbox" WHERE "state" <> 'sent' GROUP BY "state"`,
  )
  const mebibytes = (bytes) => Math.round(bytes / 2 ** 20)
  report({
    what: 'million',
    rows: [
      {
        reminders,
        planned,
        perSecond: Math.round(reminders / (elapsed / 1_000)),
        planningPerSecond: Math.round(reminders / (ticking / 1_000)),
        delayMedianMs: Math.round(quantile(delays, 0.5)),
        delayP95Ms: Math.round(quantile(delays, 0.95)),
        duplicates,
        saidTwiceAndMarked: marked,
        misses: reminders - said.size,
        kills,
        firstWaveMiB: mebibytes(memory[1]?.rss ?? memory[0].rss),
        lastWaveMiB: mebibytes(memory.at(-1).rss),
        notSent: left.map(({ state, n }) => `${state} ${n}`).join(' ') || 'none',
      },
    ],
  })
  await county.close()
}
