/** Many due at once: read in few reads, said in one message each, and one that can't be told keeps nobody waiting. */
import { expect, it } from 'vitest'
import type { PlainDate } from '../../src/base/time.ts'
import type { RegistryReads } from '../../src/domain/registry/ports.ts'
import type { ReminderParts } from '../../src/reminders/parts.ts'
import { readAhead } from '../../src/reminders/read-ahead.ts'
import { directory } from '../../src/reminders/recipients.ts'
import { readSubjects } from '../../src/reminders/subjects.ts'
import { runTick } from '../../src/reminders/tick.ts'
import { at, peopled, TEXT, type County } from './county.ts'
import { owedVisit } from './owed.ts'

const DUE = '2026-11-26'
const TICK = '2026-11-24T08:00'

/** 30 visits of two helpers, the first rung of all of them due at `TICK`. */
async function many(): Promise<County> {
  const made = await peopled('2026-11-23T09:00')
  await made.staff('s9', '田大山', 'village_staff', 'v')
  for (let place = 10; place < 40; place += 1)
    await owedVisit(made, `p${place}`, `户主${place}`, DUE, place % 2 ? 's1' : 's9')
  await made.advance('2026-11-23T09:01')
  made.sleepTo(TICK)
  return made
}

const planned = async (made: County) =>
  (await made.rows.find('Reminder', { columns: ['subjectId'] })).map(({ subjectId }) => subjectId).sort()

const watch = async (made: County, subjectId: string) =>
  (await made.rows.find('Watch', { where: { subjectId } }))[0] ?? expect.fail(subjectId)

it('what is read ahead is what would be read one by one, in fewer reads', async () => {
  const made = await many()
  const { reads, policy } = made.parts as ReminderParts & { reads: typeof made.reads.reminders }
  const watches = await reads.dueWatches(at(TICK), null, 100)
  expect(watches).toHaveLength(30)
  const subjects = [...(await readSubjects(made.parts, watches)).values()]
  let calls = 0
  const counted = new Proxy(made.reads.registry, {
    get: (registry, name) => {
      const read = registry[name as keyof RegistryReads] as (...of: unknown[]) => unknown
      return (...of: unknown[]) => {
        calls += 1
        return read(...of)
      }
    },
    ownKeys: (registry) => Reflect.ownKeys(registry),
  })
  const rule = policy.rules.get('visit_overdue') ?? expect.fail()
  const on = '2026-11-24' as PlainDate
  const answers = async (registry: RegistryReads) => {
    const people = directory(registry, on)
    const told: unknown[] = []
    for (const subject of subjects) {
      for (const { to } of rule.ladder)
        told.push(
          await people.people(rule, to, subject),
          (await people.groups(to, subject)).map(({ id }) => id),
        )
      told.push(await people.account('s9'))
    }
    return told
  }
  const oneByOne = await answers(made.reads.registry)
  const ahead = await readAhead(counted, { subjects, upward: subjects })
  const once = calls
  expect(await answers(ahead)).toEqual(oneByOne)
  expect(once).toBeLessThan(12)
  // Who is away that day is the only thing that is asked anew.
  expect(calls - once).toBeLessThan(3)
})

it('a matter that can’t be worded is put aside for an hour; the others of the same person are one message', async () => {
  const made = await many()
  const say: typeof TEXT.say = (phrase, language) => {
    if (JSON.stringify(phrase).includes('户主11')) throw new Error('no words for it')
    return TEXT.say(phrase, language)
  }
  const parts = { ...made.parts, text: { ...TEXT, say } }
  await runTick(parts, at(TICK))
  const sent = await made.outbox()
  expect(sent.map((message) => [message.chat, message.reminder?.items.length]).sort()).toEqual([
    ['s1', 14],
    ['s9', 15],
  ])
  expect(await planned(made)).toHaveLength(29)
  expect(made.errors).toHaveLength(1)
  expect((await watch(made, 'p11')).nextDueAt).toBe(at('2026-11-24T09:00'))
})

it('a row that can’t be read is put aside for an hour, and those read with it are told', async () => {
  const made = await many()
  const { visits } = made.parts
  const broken = {
    ...visits,
    plans: async (ids: readonly string[]) => {
      if (ids.includes('p12')) throw new Error('unreadable')
      return visits.plans(ids)
    },
  }
  await runTick({ ...made.parts, visits: broken }, at(TICK))
  expect(await planned(made)).toHaveLength(29)
  expect(await planned(made)).not.toContain('p12')
  expect(made.errors).toHaveLength(1)
  expect((await watch(made, 'p12')).nextDueAt).toBe(at('2026-11-24T09:00'))
})

it('visits that are told of for the first time are numbered in a row', async () => {
  const made = await many()
  await runTick(made.parts, at(TICK))
  const numbers = (await made.rows.find('VisitPlan', { columns: ['number'] })).map(({ number }) => number?.slice(0, -1))
  expect(numbers.sort()).toEqual(
    Array.from({ length: 30 }, (_, place) => `261124${String(place + 1).padStart(4, '0')}`),
  )
})
