/**
 * The whole road of an answer on SQLite with synchronous=FULL, without other programs to compare with: dedupe, understanding,
 * state, words, outbox, one commit, reply. Answers per second, and processor time per answer.
 * Options: --inflight=1,64 --questions=10,50,200 --runs=5
 */
import fs from 'node:fs'
import os from 'node:os'
import { join } from 'node:path'
import { openHouse } from './house.mjs'
import { answerTo, questionsOf } from './questionnaire.mjs'
import { median, quantile, report } from './stats.mjs'

const options = Object.fromEntries(process.argv.slice(2).map((given) => given.replace(/^--/, '').split('=')))
const numbers = (name, otherwise) => (options[name] ?? otherwise).split(',').map(Number)

const RUN_MILLISECONDS = 1000
const WARM_UP_MILLISECONDS = 2500
const MOST_PEOPLE = 1000
const DONE = 'Thank you.'

/** New people go through the whole questionnaire, question by question, `width` chats at a time. */
async function pass(house, questions, heard, people, width) {
  for (const person of people) await house.say(String(person), '/start')
  const waits = new Float64Array(people.length * questions.length)
  let count = 0
  const began = performance.now()
  const cpu = process.cpuUsage()
  for (let place = 0; place < questions.length; place++) {
    const question = questions[place]
    let next = 0
    const worker = async () => {
      while (next < people.length) {
        const person = people[next++]
        const said = answerTo(question, person, place)
        const sent = performance.now()
        await house.say(String(person), said)
        waits[count++] = performance.now() - sent
      }
    }
    await Promise.all(Array.from({ length: Math.min(width, people.length) }, worker))
  }
  const { user, system } = process.cpuUsage(cpu)
  const seconds = (performance.now() - began) / 1000
  for (const person of people) if (heard.get(String(person)) !== DONE) throw new Error(`${person} did not finish`)
  heard.clear()
  return { rate: count / seconds, cpu: (user + system) / count, waits }
}

async function measure(width, length, folder) {
  const questions = questionsOf(length)
  const heard = new Map()
  const house = await openHouse({
    file: join(folder, `road-${width}-${length}.db`),
    synchronous: options.sync ?? 'FULL',
    questions,
    submit: () => Promise.resolve({ changes: [], say: [{ text: { literal: DONE } }], notices: [], matter: null }),
    onReply: (chat, text) => heard.set(chat, text),
  })
  let person = 0
  const people = (count) => Array.from({ length: count }, () => ++person)
  const run = (count) => pass(house, questions, heard, people(count), width)
  const end = performance.now() + WARM_UP_MILLISECONDS
  let warm
  do warm = await run(Math.max(2, width, Math.ceil(200 / length)))
  while (performance.now() < end)
  const wanted = Math.round((warm.rate * RUN_MILLISECONDS) / 1000 / length)
  const count = Math.max(2, width, Math.min(MOST_PEOPLE, wanted))
  const runs = []
  for (let turn = 0; turn < Number(options.runs ?? 5); turn++) runs.push(await run(count))
  await house.close()
  const tenth = Math.max(1, Math.floor(length / 10)) * count
  const middle = (part) => Math.round(median(runs.map(({ waits }) => quantile(part(waits), 0.5))) * 1000)
  return {
    inFlight: width,
    questions: length,
    answersPerSecond: Math.round(median(runs.map(({ rate }) => rate))),
    lowest: Math.round(Math.min(...runs.map(({ rate }) => rate))),
    highest: Math.round(Math.max(...runs.map(({ rate }) => rate))),
    processorMicroseconds: Math.round(median(runs.map(({ cpu }) => cpu))),
    medianMicroseconds: middle((waits) => waits),
    firstTenthMicroseconds: middle((waits) => waits.subarray(0, tenth)),
    lastTenthMicroseconds: middle((waits) => waits.subarray(waits.length - tenth)),
  }
}

const folder = fs.mkdtempSync(join(os.tmpdir(), 'bangfu-bench-'))
const rows = []
for (const width of numbers('inflight', '1,64')) {
  for (const length of numbers('questions', '10,50,200')) rows.push(await measure(width, length, folder))
}
fs.rmSync(folder, { recursive: true })
report({ what: 'road', rows })
