/**
 * A morning on which 50,000 visits of 10,000 staff in 1,700 villages are due at once: planning and writing what is said about
 * them, beside one transaction of raw SQL that finds the same rows and writes the same ones. Run with --expose-gc.
 * `inserts`: reminders and outbox rows alone; `all`: the watches moved on and the visits numbered too, which a tick does as well.
 * Processor time counts this process alone: with PostgreSQL the server's own work is not in it.
 * Options: --open=1000000 --due=50000 --on=sqlite,postgresql --runs=3
 */
import { runTick } from '../../dist/reminders/tick.js'
import { CHANNEL, collected, NOW, openCounty, STAFF } from './county.mjs'
import { median, report } from './stats.mjs'

const options = Object.fromEntries(process.argv.slice(2).map((given) => given.replace(/^--/, '').split('=')))
const open = Number(options.open ?? 1_000_000)
const due = Number(options.due ?? 50_000)
const runs = Number(options.runs ?? 3)
const staff = Number(options.staff ?? STAFF)
const kinds = (options.on ?? 'sqlite,postgresql').split(',')

/** What a tick writes, said by the database itself. */
async function rawSweep({ raw, kind, stamp }, run, isWhole) {
  const joined = `FROM "Watch" w JOIN "VisitPlan" p ON p."id" = w."subjectId" JOIN "Household" h ON h."id" = p."householdId"
    JOIN "Territory" t ON t."id" = p."territoryId" JOIN "ChatIdentity" c ON c."staffId" = p."assigneeId"
    WHERE w."closedAt" IS NULL AND w."nextDueAt" <= ${stamp(NOW)}`
  const lines = kind === 'sqlite' ? 'group_concat(%, char(10))' : 'string_agg(%, chr(10))'
  const line = `p."id" || ' ' || h."head" || ' ' || t."name" || ' ' || p."dueOn" || ' and what else a line of a reminder says about a visit, with its mark {"rule":"visit_overdue","rung":1}'`
  const told = process.env.TOLD ? (sql, ms) => console.error(Math.round(ms), sql.slice(0, 50)) : () => undefined
  const real = raw.run
  if (process.env.TOLD)
    raw = {
      ...raw,
      run: async (sql) => {
        const s = performance.now()
        await real(sql)
        told(sql, performance.now() - s)
      },
    }
  await raw.run('BEGIN')
  await raw.run(`INSERT INTO "Outbox" ("id", "channel", "chat", "kind", "payload", "state", "dueAt", "attempts", "createdAt")
    SELECT 'raw${run}' || p."assigneeId", '${CHANNEL}', min(c."user"), 'reminder', ${lines.replace('%', () => line)}, 'pending', ${stamp(NOW)}, 0, ${stamp(NOW)}
    ${joined} GROUP BY p."assigneeId"`)
  await raw.run(`INSERT INTO "Reminder" ("id", "rule", "rung", "number", "subjectId", "recipient", "outboxId", "plannedAt")
    SELECT 'visit_overdue|1|' || p."id" || '|' || p."dueOn" || '|' || p."assigneeId", w."rule", 1, '26112' || substr(p."id", 5), p."id", p."assigneeId", 'raw${run}' || p."assigneeId", ${stamp(NOW)}
    ${joined}`)
  if (isWhole) {
    const found = `SELECT "subjectId" FROM "Watch" WHERE "closedAt" IS NULL AND "nextDueAt" <= ${stamp(NOW)}`
    await raw.run(
      `UPDATE "VisitPlan" SET "number" = '26112' || substr("id", 5), "revision" = "revision" + 1 WHERE "id" IN (${found})`,
    )
  }
  await raw.run(
    isWhole
      ? `UPDATE "Watch" SET "rung" = 1, "nextDueAt" = ${stamp(NOW + 3 * 86_400_000)}, "lastSentAt" = ${stamp(NOW)}, "revision" = "revision" + 1 WHERE "closedAt" IS NULL AND "nextDueAt" <= ${stamp(NOW)}`
      : 'SELECT 1',
  )
  await raw.run('COMMIT')
}

const rows = []
for (const database of kinds) {
  const county = await openCounty(database, { households: open, staff })
  const of = open / due
  const took = { ours: [], all: [], inserts: [] }
  const processor = { ours: [], all: [] }
  const used = () => {
    const { user, system } = process.cpuUsage()
    return (user + system) / 1_000
  }
  const memory = { before: 0, after: 0, peakRss: 0 }
  let round = 0
  const counted = async () => Number((await county.raw.all('SELECT count(*) AS n FROM "Reminder"'))[0].n)
  const fresh = async () => {
    const armed = await county.arm(round++ % of, of)
    if (armed !== due) throw new Error(`${armed} due, not ${due}`)
  }
  for (let run = 0; run <= runs; run++) {
    await fresh()
    const before = await counted()
    memory.before = await collected()
    let peak = 0
    const watch = setInterval(() => (peak = Math.max(peak, process.memoryUsage.rss() / 2 ** 20)), 50)
    const started = performance.now()
    const startedAt = used()
    await runTick(county.parts, NOW)
    const milliseconds = performance.now() - started
    if (run > 0) processor.ours.push(used() - startedAt)
    clearInterval(watch)
    memory.after = await collected()
    memory.peakRss = Math.max(memory.peakRss, peak)
    if ((await counted()) - before !== due || county.errors.length > 0)
      throw new Error(`not all planned: ${county.errors[0]}`)
    if (run > 0) took.ours.push(milliseconds)
    for (const which of ['all', 'inserts']) {
      await fresh()
      const begun = performance.now()
      const begunAt = used()
      await rawSweep(county, `${which}${run}`, which === 'all')
      if (run > 0) took[which].push(performance.now() - begun)
      if (run > 0 && which === 'all') processor.all.push(used() - begunAt)
      // What was not moved on must not be due for the next one.
      if (which === 'inserts')
        await county.raw.run(
          `UPDATE "Watch" SET "nextDueAt" = ${county.stamp(NOW + 86_400_000)} WHERE "nextDueAt" <= ${county.stamp(NOW)}`,
        )
    }
  }
  const ours = median(took.ours)
  rows.push({
    database,
    open,
    due,
    staff,
    milliseconds: Math.round(ours),
    remindersPerSecond: Math.round((due / ours) * 1_000),
    rawSame: Math.round(median(took.all)),
    times: Number((ours / median(took.all)).toFixed(2)),
    processorMs: Math.round(median(processor.ours)),
    rawProcessorMs: Math.round(median(processor.all)),
    timesProcessor: database === 'sqlite' ? Number((median(processor.ours) / median(processor.all)).toFixed(2)) : null,
    rawInserts: Math.round(median(took.inserts)),
    timesInserts: Number((ours / median(took.inserts)).toFixed(2)),
    heapBeforeMiB: Math.round(memory.before),
    heapAfterMiB: Math.round(memory.after),
    peakRssMiB: Math.round(memory.peakRss),
  })
  process.stderr.write(`${JSON.stringify(rows.at(-1))}\n`)
  await county.close()
}
report({ what: 'sweep', rows })
