/**
 * `npm run bench`: every measurement after the other, as Markdown tables; the raw figures go to `results/`.
 * The clock's (ticks, sweep, million) take half an hour and more, and run only when they are asked for by name.
 * Options: --only=engine,answers,writer,road,memory,start,page,export,ticks,sweep,million,peers · --peers=FOLDER of an installed copy of the comparison with other
 * frameworks (its `bench-chat.mjs`; without it that part is left out) · --runs=3 for the comparison.
 */
import { spawn } from 'node:child_process'
import fs from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { machine } from './stats.mjs'

const HERE = fileURLToPath(new URL('.', import.meta.url))
const RESULTS = join(HERE, 'results')
const options = Object.fromEntries(process.argv.slice(2).map((given) => given.replace(/^--/, '').split('=')))
const wanted = options.only?.split(',')
const isWanted = (name) => wanted === undefined || wanted.includes(name)

/** @returns the lines of JSON that a script wrote */
function run(script, flags = [], given = []) {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [...flags, script, ...given], { stdio: ['ignore', 'pipe', 'inherit'] })
    let output = ''
    child.stdout.on('data', (chunk) => {
      output += chunk
    })
    child.on('error', reject)
    child.on('close', (code) => {
      if (code !== 0) return reject(new Error(`${script} ended with ${code}`))
      resolve(
        output
          .split('\n')
          .filter((line) => line.startsWith('{'))
          .map((line) => JSON.parse(line)),
      )
    })
  })
}

function table(rows) {
  const names = Object.keys(rows[0])
  const line = (cells) => `| ${cells.join(' | ')} |`
  const shown = (value) => (typeof value === 'number' ? value.toLocaleString('en') : String(value ?? ''))
  return [
    line(names),
    line(names.map(() => '---')),
    ...rows.map((row) => line(names.map((name) => shown(row[name])))),
  ].join('\n')
}

/** Ours beside the fastest of the others in each cell. */
function compared(cells) {
  const keyOf = ({ inflight, L, sync }) => `${inflight} ${L} ${sync}`
  return cells
    .filter(({ adapter }) => adapter === 'bangfu')
    .map((own) => {
      const others = cells.filter((cell) => cell.adapter !== 'bangfu' && keyOf(cell) === keyOf(own) && cell.rate)
      const best = others.sort((a, b) => b.rate - a.rate)[0]
      return {
        inFlight: own.inflight,
        questions: own.L,
        answersPerSecond: own.rate,
        fastestOther: best?.adapter,
        itsRate: best?.rate,
        times: best && Number((own.rate / best.rate).toFixed(2)),
        lastToFirstTenth: Number((own.lastTenthUs / own.firstTenthUs).toFixed(2)),
        repliesBeforeDurable: own.repliesBeforeDurable,
        itsRepliesBeforeDurable: best?.repliesBeforeDurable,
      }
    })
}

const print = (text) => process.stdout.write(`${text}\n`)
const keep = (name, result) => {
  fs.mkdirSync(RESULTS, { recursive: true })
  fs.writeFileSync(join(RESULTS, `${name}.json`), JSON.stringify({ machine: machine(), result }, null, 1))
}

print(`${new Date().toISOString().slice(0, 10)} ${JSON.stringify(machine())}\n`)
const LONG = ['ticks', 'sweep', 'million']
/** Their sizes, handed on as they are given. */
const SIZES = ['sizes', 'due', 'open', 'staff', 'on', 'reminders', 'wave']
const sizes = SIZES.filter((name) => options[name]).map((name) => `--${name}=${options[name]}`)
const SHORT = ['engine', 'answers', 'writer', 'road', 'memory', 'start', 'page', 'export']

for (const name of [...SHORT, ...(wanted ? LONG : [])].filter(isWanted)) {
  const given = name === 'export' && options.peers ? [`--peers=${options.peers}`] : LONG.includes(name) ? sizes : []
  const [result] = await run(
    join(HERE, `${name}.mjs`),
    ['memory', 'sweep'].includes(name) ? ['--expose-gc'] : [],
    given,
  )
  const { what: _what, rows, ...more } = result
  print(`## ${name}\n\n${table(rows)}\n`)
  for (const [key, value] of Object.entries(more)) print(`${key}: ${value}\n`)
  keep(name, result)
}
if (options.peers && isWanted('peers')) {
  const lines = await run(
    join(options.peers, 'bench-chat.mjs'),
    [],
    [
      `--adapters=${join(HERE, 'adapter.mjs')},telegraf-wizard,xstate-snapshot`,
      '--inflight=1,64',
      '--sync=FULL',
      '--L=10,50,200',
      `--runs=${options.runs ?? 3}`,
      '--tag=bangfu',
    ],
  )
  const cells = lines.filter(({ adapter }) => adapter)
  for (const cell of cells) if (cell.error) throw new Error(`${cell.adapter}: ${cell.error}`)
  print(`## peers\n\n${table(compared(cells))}\n`)
  keep('peers', cells)
}
