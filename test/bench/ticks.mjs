/**
 * A tick with 1,000 due among 10,000, 100,000 and 1,000,000 open households: milliseconds, medians of runs on fresh due rows.
 * Options: --sizes=10000,100000,1000000 --due=1000 --runs=5 --on=sqlite,postgresql
 */
import { runTick } from '../../dist/reminders/tick.js'
import { NOW, openCounty } from './county.mjs'
import { median, report } from './stats.mjs'

const options = Object.fromEntries(process.argv.slice(2).map((given) => given.replace(/^--/, '').split('=')))
const sizes = (options.sizes ?? '10000,100000,1000000').split(',').map(Number)
const due = Number(options.due ?? 1_000)
const runs = Number(options.runs ?? 5)
const kinds = (options.on ?? 'sqlite,postgresql').split(',')

const rows = []
for (const database of kinds) {
  for (const open of sizes) {
    const county = await openCounty(database, { households: open })
    const of = open / due
    const times = []
    const processor = []
    for (let run = 0; run <= runs; run++) {
      const armed = await county.arm(run % of, of)
      if (armed !== due) throw new Error(`${armed} due, not ${due}`)
      const started = performance.now()
      const startedAt = process.cpuUsage()
      await runTick(county.parts, NOW)
      const milliseconds = performance.now() - started
      const used = process.cpuUsage(startedAt)
      const planned = Number((await county.raw.all('SELECT count(*) AS n FROM "Reminder"'))[0].n)
      if (planned !== due || county.errors.length > 0) throw new Error(`${planned} planned, ${county.errors[0]}`)
      // The first is for warming up.
      if (run === 0) continue
      times.push(milliseconds)
      processor.push((used.user + used.system) / 1_000)
    }
    const milliseconds = Math.round(median(times))
    const smallest = rows.find((row) => row.database === database)
    rows.push({
      database,
      open,
      due,
      milliseconds,
      lowest: Math.round(Math.min(...times)),
      highest: Math.round(Math.max(...times)),
      processorMs: Math.round(median(processor)),
      timesSmallest: Number((milliseconds / (smallest?.milliseconds ?? milliseconds)).toFixed(2)),
    })
    process.stderr.write(`${JSON.stringify(rows.at(-1))}\n`)
    await county.close()
  }
}
report({ what: 'ticks', rows })
