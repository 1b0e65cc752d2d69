/** A recording on its way: sent by a villager, heard and written down by staff who may see the matter, closed to all others. */
import { createHash } from 'node:crypto'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { parseInstant, type Instant } from '../../src/base/time.ts'
import { fileDoor } from '../../src/messaging/media/may-open.ts'
import type { Storage } from '../../src/storage/open.ts'
import { ZONE } from './house.ts'
import { pipeWorld, says, type PipeRun, type PipeWorld } from './pipe-world.ts'

const NOW = '2026-11-23T09:00:00+08:00'
const folder = mkdtempSync(join(tmpdir(), 'bangfu-files-'))
const said = join(folder, 'said.amr')
writeFileSync(said, '#!AMR\n what was said')

let world: PipeWorld
let run: PipeRun
let number: string

beforeAll(async () => {
  world = await pipeWorld(NOW, [], { staff: '麻主任,13800000009,village_staff,吉首市/矮寨镇/幸福村,pipe,c9\n' })
  const told = await world.pipe(
    says('u1', 1, [{ choice: 'voice_message' }, '1', { voice: { file: said } }, '阳孟', '跳过']),
    { now: NOW },
  )
  number = told.lines.find(({ matter }) => matter)?.matter?.number ?? ''
  run = await world.pipe([
    ...says('c1', 11, [number, { choice: `file:all:${number}` }, `听写 ${number} 家里断水三天了`, `经过 ${number}`]),
    ...says('c1', 21, [`附件 ${number}`, '听写', `听写 ${number}`]),
    ...says('c9', 31, [`附件 ${number}`, `听写 ${number} 什么也没有`]),
    { id: '41', chat: 'g1', group: true, from: 'c1', text: `附件 ${number}` },
  ])
})
afterAll(() => {
  world.remove()
  rmSync(folder, { recursive: true })
})

const sentBy = (id: number) => run.of(id).map(({ text }) => text)
const attachedBy = (id: number) => run.of(id).flatMap((line) => ('attachment' in line ? [line.attachment] : []))

test('staff who look at the matter are offered its recording, hear it and write it down', () => {
  expect(run.of(11)[0]?.choices.map(({ id }) => id)).toContain(`file:all:${number}`)
  expect(attachedBy(12)).toEqual([{ name: `${number}-voice` }])
  expect(sentBy(12).join()).toContain(`听写 ${number}`)
  expect(sentBy(13)).toEqual([`记下了，${number} 的经过里能看到。`])
  expect(sentBy(14).join()).toContain('家里断水三天了')
  expect(sentBy(21).join()).toContain('家里断水三天了')
  expect(sentBy(22)).toEqual(sentBy(23))
})

test('staff of another village get neither the recording nor a word of it, and a group is told to ask in private', () => {
  expect(attachedBy(31)).toEqual([])
  expect(sentBy(31).join()).not.toContain('断水')
  expect(sentBy(31)).toEqual(sentBy(32))
  expect(sentBy(41)).toEqual(['附件请私下找我要，群里不方便。'])
  expect(attachedBy(41)).toEqual([])
})

const doorOf = (reads: Storage['reads']) =>
  fileDoor({ ...reads, accounts: reads.messaging, casework: reads, zone: ZONE })

test('the file itself opens for whoever sent it and for staff of the place, and for nobody else', async () => {
  const opened = await world.stored(async ({ reads }) => {
    const matter = await reads.cases.caseByNumber(number)
    const [link] = await reads.media.filesOf(matter?.id ?? '')
    const door = doorOf(reads)
    const at = parseInstant(NOW) as Instant
    const who = ['u1', 'c1', 't1', 'c9', 'nobody']
    return Promise.all(who.map(async (user) => [user, await door.open('pipe', user, link?.mediaId ?? '', at)]))
  })
  expect(Object.fromEntries(opened)).toEqual({
    u1: 'audio/amr',
    c1: 'audio/amr',
    t1: 'audio/amr',
    c9: null,
    nobody: null,
  })
})

test('a photo sent in a talk with a person opens for staff of the place, and for nobody else', async () => {
  const photo = join(folder, 'roof.png')
  writeFileSync(photo, Buffer.from('89504e470d0a1a0a0000', 'hex'))
  const talk = await world.pipe(says('u1', 51, ['人工', { photo: { file: photo } }]))
  expect(talk.to('c1').at(-1)?.text).not.toBe('')
  const id = createHash('sha256').update(Buffer.from('89504e470d0a1a0a0000', 'hex')).digest('hex')
  const opened = await world.stored(async ({ reads }) => {
    const at = parseInstant(NOW) as Instant
    const found: (string | null)[] = []
    for (const user of ['u1', 'c1', 't1', 'c9']) found.push(await doorOf(reads).open('pipe', user, id, at))
    return found
  })
  expect(opened).toEqual(['image/png', 'image/png', 'image/png', null])
})
