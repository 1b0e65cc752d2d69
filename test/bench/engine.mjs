/**
 * Turns per second of the pure engine on one core: `step` alone, states kept in memory.
 * Counted in processor time (collector threads included), so that neighbours on the machine disturb less; by the clock too.
 */
import { begin } from '../../dist/flow/begin.js'
import { step } from '../../dist/flow/step.js'
import { benchFlow, realWords } from './built.mjs'
import { answerTo, questionsOf } from './questionnaire.mjs'
import { median, report } from './stats.mjs'

const LENGTHS = [10, 50, 200]
const RUNS = 7
const RUN_TURNS = 100_000
const START = Date.UTC(2026, 10, 23, 1)

function turnOf(at, language) {
  return { at, zone: 'Asia/Shanghai', language, seed: 1, known: new Map(), found: new Map() }
}

/** People answer question by question, never one of them to the end in one go. */
function pass(flow, questions, texts, language) {
  const states = texts[0].map(() => begin(flow, turnOf(START, language)).state)
  const spent = { cpu: -cpu(), clock: -performance.now() }
  for (let place = 0; place < questions.length; place++) {
    const said = texts[place]
    for (let who = 0; who < states.length; who++) {
      const { state } = step(flow, states[who], { kind: 'text', text: said[who] }, turnOf(START + place, language))
      states[who] = state
    }
  }
  spent.cpu += cpu()
  spent.clock += performance.now()
  for (const { parked } of states) if (parked.phase !== 'submitted') throw new Error(`stuck at ${parked.cursor}`)
  return spent
}

/** Milliseconds of processor time of this process. */
function cpu() {
  const { user, system } = process.cpuUsage()
  return (user + system) / 1000
}

function prepare(length, words, language) {
  const questions = questionsOf(length)
  const flow = benchFlow(questions, words)
  const people = Array.from({ length: RUN_TURNS / length }, (_, who) => who + 1)
  const texts = questions.map((question, place) => people.map((person) => answerTo(question, person, place)))
  const runs = []
  return { length, runs, run: () => pass(flow, questions, texts, language) }
}

const { text, words } = realWords()
const lengths = LENGTHS.map((length) => prepare(length, words, text.languages[0]))
for (const { run } of lengths) run()
// One run of each in turn: a neighbour on the machine then slows all of them.
for (let turn = 0; turn < RUNS; turn++) for (const { run, runs } of lengths) runs.push(run())

const rate = (milliseconds) => Math.round((RUN_TURNS * 1000) / milliseconds)
const rows = lengths.map(({ length, runs }) => {
  const spent = runs.map((run) => run.cpu)
  return {
    questions: length,
    turnsPerSecond: rate(median(spent)),
    lowest: rate(Math.max(...spent)),
    highest: rate(Math.min(...spent)),
    byTheClock: rate(median(runs.map((run) => run.clock))),
  }
})
const ratios = lengths[2].runs.map((run, turn) => lengths[0].runs[turn].cpu / run.cpu)
report({ what: 'engine', rows, ratio200to10: Number(median(ratios).toFixed(3)) })
