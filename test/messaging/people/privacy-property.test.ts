/**
 * Three people on one phone, in any order: what the bot says to one of them never holds anything of the others, and while it asks
 * who speaks it holds nothing of anybody.
 */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Outgoing } from '../../../src/messaging/channel.ts'
import { family, MINUTE, type Family } from './family.ts'

const PEOPLE = [
  { name: '吴秀英', phone: '13900001111', members: '7', story: '老伴在县医院住着', income: '31717' },
  { name: '吴大山', phone: '13900002222', members: '9', story: '厂里关门没活干', income: '42424' },
  { name: '麻老五', phone: '13900003333', members: '11', story: '山洪冲了猪圈', income: '53535' },
] as const
type Person = (typeof PEOPLE)[number]

/** What a person says to an open question. */
const answerOf = (person: Person, question: string): string =>
  ({
    consent: '1',
    village: '阳孟村',
    name: person.name,
    phone: person.phone,
    members: person.members,
    causes: '家里有人生病',
    urgent: '没有',
    earners: '1',
    income: person.income,
    spent: '200',
    story: person.story,
    photo: '没有',
    more: '没有了',
  })[question] ?? '1'

/** What they do, as often as the number says. */
const STEPS = {
  report: 3,
  'half a report': 2,
  answer: 2,
  'short pause': 1,
  'long pause': 1,
  'next person': 4,
  'next person asks': 3,
  找活干: 1,
  进度: 3,
  我的资料: 3,
  给我一份: 2,
  菜单: 1,
  停: 1,
  看看: 1,
  '改 1': 1,
  上一步: 1,
  你好: 1,
  撤回: 1,
  '更正 1': 1,
  换手机: 1,
  删除资料: 1,
  确认删除: 1,
  随便说说: 1,
  '1': 1,
  '2': 1,
} as const
type Step = keyof typeof STEPS
const ANY_STEP = fc.oneof(
  ...Object.entries(STEPS).map(([step, weight]) => ({ weight, arbitrary: fc.constant(step as Step) })),
)

test('nothing of one is ever told to another', { timeout: 300_000 }, async () => {
  const f = await family()
  let runs = 0
  await fc.assert(
    fc.asyncProperty(
      fc.array(ANY_STEP, { minLength: 12, maxLength: 30 }),
      fc.array(fc.nat(2), { minLength: 20, maxLength: 20 }),
      async (steps, holders) => {
        const phone = `phone${++runs}`
        let holder: Person = PEOPLE[0]
        const owners = new Map<string, Person>()
        const asks = (one: Outgoing | undefined) => one?.choices.some(({ id }) => id.startsWith('speaker:')) ?? false

        const identityOf = async () => (await f.rows('ChatIdentity')).find(({ user }) => user === phone)
        const say = async (what: Parameters<Family['say']>[0]) => {
          const from = f.sent.length
          await f.say(what, phone)
          const identity = await identityOf()
          const profiles = (await f.rows('Profile')).filter(({ identityId }) => identityId === identity?.['id'])
          const current = identity?.['profileId'] as string | null
          const heard = f.sent.slice(from).filter(({ chat }) => chat === phone)
          const isAsking = asks(heard.at(-1))
          // Whoever handed the phone on without a word left nothing: the profile is of who first gives it a name.
          const isNamed = profiles.some(({ id, name }) => id === current && name !== null)
          if (current && isNamed && !isAsking && !owners.has(current)) owners.set(current, holder)
          const cases = (await f.rows('Case')).filter(({ identityId }) => identityId === identity?.['id'])
          const text = heard.map((one) => JSON.stringify([one.text, one.choices, one.matter, one.page])).join('\n')
          for (const person of PEOPLE) {
            if (person === holder && !isAsking) continue
            const own = profiles.filter(({ id }) => owners.get(id as string) === person).map(({ id }) => id)
            const numbers = cases.filter(({ profileId }) => own.includes(profileId)).map(({ number }) => String(number))
            const secrets = [person.name, person.phone, person.story, person.income, ...numbers]
            for (const secret of secrets)
              expect(text, `${secret} to ${holder.name} after ${JSON.stringify(what)}`).not.toContain(secret)
          }
          return heard.at(-1)
        }
        /** Says it, and who one is where that is asked. */
        const tell = async (what: string) => {
          let last = await say(what)
          for (let turn = 0; asks(last) && turn < 3; turn++) {
            const own = last?.choices.find(({ id }) => owners.get(id.slice('speaker:'.length)) === holder)
            last = await say({ kind: 'choice', id: own?.id ?? 'speaker:other' })
          }
          return last
        }

        const report = async (turns: number) => {
          let now = await tell('家里有难处')
          for (let turn = 0; turn < turns; turn++) {
            const taps = now?.choices.map(({ id }) => id) ?? []
            if (taps.includes('restart')) now = await tell('从头来')
            else if (taps.includes('submit') && !now?.question) return tell('1')
            else if (!now?.question) return now
            else now = await tell(answerOf(holder, now.question))
          }
          return now
        }

        let last: Outgoing | undefined = await report(16)
        let next = 0
        for (const step of steps) {
          switch (step) {
            case 'answer':
              last = await tell(answerOf(holder, last?.question ?? ''))
              break
            case 'report':
            case 'half a report':
              last = await report(step === 'report' ? 16 : 6)
              break
            case 'short pause':
              await f.pass(7 * MINUTE)
              break
            case 'long pause':
            case 'next person':
              await f.pass(40 * MINUTE)
              if (step === 'next person') holder = PEOPLE[holders[next++ % holders.length] ?? 0] ?? PEOPLE[0]
              break
            case 'next person asks': {
              // Whoever hands the phone on says so; the one who has it then answers.
              const before = f.sent.length
              const person = PEOPLE[holders[next++ % holders.length] ?? 0] ?? PEOPLE[0]
              if (person === holder) break
              holder = person
              last = await tell('换人')
              if (f.sent.length === before) throw new Error('nothing was said')
              break
            }
            default:
              last = await tell(step)
          }
        }
      },
    ),
    { numRuns: 20, endOnFailure: true },
  )
  // Had they done nothing, nothing could have been told.
  expect((await f.rows('Case')).length).toBeGreaterThan(20)
})
