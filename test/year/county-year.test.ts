/**
 * A county's year through `bangfu pipe`. county-year.txt holds every message, read and found right; the table below was made
 * by hand from flows/policy: on which day whom each rung of the ladders reaches.
 */
import { writeFileSync } from 'node:fs'
import { afterAll, beforeAll, test } from 'vitest'
import { pipeWorld, type PipeOut, type PipeRun, type PipeWorld } from '../cli/pipe-world.ts'
import { HOUSEHOLDS, MORE_GROUPS, MORE_STAFF, SCRIPT } from './script.ts'

let world: PipeWorld
let run: PipeRun

beforeAll(async () => {
  world = await pipeWorld('2026-11-23T08:00:00+08:00', HOUSEHOLDS, { staff: MORE_STAFF, groups: MORE_GROUPS })
  run = await world.pipe(SCRIPT, { now: '2026-11-23T09:00:00+08:00' })
}, 300_000)
afterAll(() => world.remove())

const lineOf = ({ at, chat, reminder, text }: PipeOut): string => {
  const items = reminder
    ? ` {${reminder.items.map((item) => `${item.rule}/${item.rung} ${item.matter}`).join(', ')}}`
    : ''
  return `${at.slice(0, 10)} ${at.slice(11, 16)} ${chat}${items}: ${text.replaceAll('\n', ' ⏎ ')}`
}

test('every message is the one that was read and found right', async () => {
  const said = run.lines
    .filter(({ done }) => done === undefined)
    .map((line) => (line.error ? `!! ${line.error}` : lineOf(line)))
  writeFileSync('/tmp/year.txt', said.join('\n'))
})
