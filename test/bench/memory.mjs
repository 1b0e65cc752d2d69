/**
 * What conversations that wait for an answer keep in memory: 10,000 chats are begun and left in the middle. Run with --expose-gc.
 * Figures are MiB of heap after collection, measured against the same program after its first 500 chats.
 */
import fs from 'node:fs'
import os from 'node:os'
import { join } from 'node:path'
import { openHouse } from './house.mjs'
import { answerTo, questionsOf } from './questionnaire.mjs'
import { report } from './stats.mjs'

const CHATS = 10_000
const WARM_UP = 500
const ANSWERS = 5
const WIDTH = 64
const IDLE_MILLISECONDS = 11 * 60_000

const questions = questionsOf(50)

async function talk(house, from, count) {
  let next = from
  const worker = async () => {
    while (next < from + count) {
      const person = next++
      await house.say(String(person), '/start')
      for (let place = 0; place < ANSWERS; place++) {
        await house.say(String(person), answerTo(questions[place], person, place))
      }
    }
  }
  await Promise.all(Array.from({ length: WIDTH }, worker))
}

async function heap() {
  for (let round = 0; round < 4; round++) {
    await new Promise((resolve) => setTimeout(resolve, 50))
    global.gc()
  }
  return process.memoryUsage().heapUsed / 2 ** 20
}

const folder = fs.mkdtempSync(join(os.tmpdir(), 'bangfu-bench-'))
const house = await openHouse({
  file: join(folder, 'memory.db'),
  // Durability is not what is measured here.
  synchronous: 'OFF',
  questions,
  submit: () => Promise.reject(new Error('nobody finishes')),
  onReply: () => undefined,
})
const park = () => house.messaging.runDueTimers(Date.now() + IDLE_MILLISECONDS)

await talk(house, 0, WARM_UP)
await park()
const before = await heap()
await talk(house, WARM_UP, CHATS)
const active = await heap()
const { liveChats } = house.messaging.stats()
await park()
const parked = await heap()
const left = house.messaging.stats().liveChats
await house.close()
fs.rmSync(folder, { recursive: true })
const mebibytes = (value) => Number(value.toFixed(2))
report({
  what: 'memory',
  rows: [
    { chats: CHATS, moment: 'right after', liveChats, growthMiB: mebibytes(active - before) },
    { chats: CHATS, moment: 'parked', liveChats: left, growthMiB: mebibytes(parked - before) },
  ],
  heapMiB: mebibytes(before),
})
