/** Finished flows of jobs, training and status questions, on the storage that keeps nothing. */
import { afterEach, describe, expect, test } from 'vitest'
import { insert, seal, update } from '../../src/base/change.ts'
import { instant } from '../../src/base/time.ts'
import { readCaseStages } from '../../src/domain/cases/stages.ts'
import { DEFAULT_TOLD } from '../../src/domain/cases/told.ts'
import type { Casework } from '../../src/messaging/casework.ts'
import { submitJobSeek } from '../../src/messaging/submit/job-seek.ts'
import { statusByNumber, statusOpening, submitStatusQuery } from '../../src/messaging/submit/status-query.ts'
import { submitTrainingSignup, trainingOpening } from '../../src/messaging/submit/training-signup.ts'
import type { Storage } from '../../src/storage/assemble.ts'
import { memoryStorage } from '../../src/storage/memory/memory-storage.ts'
import { policyFile } from '../reminders/county.ts'
import { house, MONDAY, text } from './fixtures/house.ts'

const open: Storage[] = []
afterEach(async () => {
  for (const storage of open.splice(0)) await storage.close()
})

function town() {
  const storage = memoryStorage()
  open.push(storage)
  const { reads } = storage
  const casework = {
    ...reads,
    stages: readCaseStages(policyFile('case-stages')),
    watching: { mayLeave: (_: string, at: number) => instant(at + 1000), end: () => Promise.resolve([]) },
  } as unknown as Casework
  const status = { casework, reads: reads.messaging, text, told: DEFAULT_TOLD, hooks: [], zone: 'Asia/Shanghai' }
  const h = house({
    writer: storage.writer,
    reads: reads.messaging,
    find: async () =>
      (await reads.jobs.coursesFrom('2026-01-01' as never, 9)).map(({ id, title }) => ({
        value: id,
        label: title,
        exact: false,
      })),
    handlers: {
      submit: {
        job_seek: submitJobSeek({ jobs: reads.jobs, registry: reads.registry, mayLeave: (at) => at }),
        training_signup: submitTrainingSignup({ jobs: reads.jobs, reads: reads.messaging }),
        status_query: submitStatusQuery(status),
      },
      commands: [statusByNumber(status)],
      openings: {
        status_query: statusOpening(status),
        training_signup: trainingOpening({ jobs: reads.jobs, zone: 'Asia/Shanghai' }),
      },
    },
  })
  /** Somebody whom the bot knows already. */
  const known = async (user: string, phone: string) => {
    const outcome = await storage.writer.commit([
      insert('ChatIdentity', {
        id: `i-${user}`,
        channel: 'pipe',
        user,
        staffId: null,
        profileId: `p-${user}`,
        language: null,
        villageId: null,
        mutedAt: null,
        speakerAt: MONDAY,
        createdAt: MONDAY,
        revision: 0,
      }),
      insert('Profile', {
        id: `p-${user}`,
        identityId: `i-${user}`,
        name: '石二妹',
        phone: seal(phone),
        territoryId: 't1',
        consentVersion: '1',
        consentAt: MONDAY,
        createdAt: MONDAY,
        revision: 0,
      }),
    ])
    expect(outcome.kind).toBe('committed')
  }
  const talk = async (user: string, ...said: readonly string[]) => {
    let reply = ''
    for (const one of said) reply = await h.say(one, { chat: user, from: user })
    return reply
  }
  return { storage, h, known, talk, reads }
}

type Town = ReturnType<typeof town>

const place = (storage: Storage) =>
  storage.writer.commit([
    insert('Territory', {
      id: 't1',
      path: '吉首市/矮寨镇/阳孟村',
      name: '阳孟村',
      level: 'village',
      parentId: null,
      code: null,
      zone: null,
      class: null,
      publicPhone: null,
      chatCode: 'abc123',
      pinyin: 'yangmengcun',
      initials: 'ymc',
      extra: null,
      revision: 0,
    }),
  ])

const course = (storage: Storage, seats: number, startsOn = '2026-12-01') =>
  storage.writer.commit([
    insert('Course', {
      id: 'c1',
      identity: 'c1',
      title: '家政班',
      trade: 'domestic',
      organiser: null,
      place: '矮寨镇',
      startsOn,
      endsOn: null,
      hours: null,
      seats,
      taken: 0,
      allowance: null,
      certificate: null,
      extra: null,
      revision: 0,
    }),
  ])

/** Says whatever the open question needs until the flow is submitted. */
async function through({ h, talk }: Town, user: string, start: string, answers: Readonly<Record<string, string>>) {
  let reply = await talk(user, start)
  for (let step = 0; step < 20; step++) {
    const last = h.sent.filter((one) => one.chat === user).at(-1)
    if (last?.choices.some((choice) => choice.id.startsWith('edit:'))) return talk(user, '1')
    const question = last?.question
    if (!question) return reply
    reply = await talk(user, answers[question] ?? '跳过')
  }
  return reply
}

describe('looking for work', () => {
  const answers = {
    age: '35',
    labour: '1',
    skills: '1',
    place: '1',
    wage: '3000',
    start: '跳过',
    care_duty: '不是',
    note: '跳过',
  }

  test('is registered once; saying it again replaces it', async () => {
    const all = town()
    await place(all.storage)
    await all.known('u1', '13800001234')
    expect(await through(all, 'u1', '找活干', answers)).toContain('记下了')
    const first = await all.reads.jobs.seekerByOpenKey('p-u1')
    expect(await through(all, 'u1', '找活干', { ...answers, age: '36' })).toContain('换成了这次说的')
    expect(await all.reads.jobs.seekerByOpenKey('p-u1')).toMatchObject({ id: first?.id, revision: 1 })
  })
})

describe('nothing to begin with', () => {
  test('no course is open: said, with the menu, and no question that nothing answers', async () => {
    const all = town()
    await place(all.storage)
    const reply = await all.talk('u1', '学手艺')
    expect(reply).toContain('没有能报名的班')
    expect(reply).toContain('家里有难处')
    await course(all.storage, 2, '2026-11-22')
    expect(await all.talk('u1', '学手艺')).toContain('没有能报名的班')
  })

  test('no matter of one’s own: said, with the menu; what is open stays open', async () => {
    const all = town()
    await all.known('u1', '13800001234')
    const reply = await all.talk('u1', '进度')
    expect(reply).toContain('没有在办的事')
    expect(reply).toContain('家里有难处')
    expect(await all.talk('u1', '倒茶', '进度')).toMatch(/没有在办的事[^]*几杯/)
    expect(await all.talk('u1', '3')).toContain('什么茶')
  })
})

describe('training', () => {
  const answers = { course: '1', age: '35', edu: '跳过', purpose: '1', when: '1', need: '跳过', before: '跳过' }

  test('seats are given until there are none, then places on the waiting list; nobody has two', async () => {
    const all = town()
    await place(all.storage)
    await course(all.storage, 2)
    for (const user of ['u1', 'u2', 'u3', 'u4']) await all.known(user, '13800001234')
    expect(await through(all, 'u1', '学手艺', answers)).toContain('报上了')
    expect(await through(all, 'u2', '学手艺', answers)).toContain('报上了')
    expect(await through(all, 'u3', '学手艺', answers)).toContain('第 1 个')
    expect(await through(all, 'u4', '学手艺', answers)).toContain('第 2 个')
    expect(await through(all, 'u1', '学手艺', answers)).toContain('不用再报')
    expect(await all.reads.jobs.course('c1')).toMatchObject({ taken: 2 })
    expect(await all.reads.messaging.waiting('c1')).toBe(2)
  })

  test('two at once for the last seat: one seat, one place in the queue', async () => {
    const all = town()
    await place(all.storage)
    await course(all.storage, 1)
    await Promise.all(['u1', 'u2'].map((user) => all.known(user, '13800001234')))
    const replies = await Promise.all(['u1', 'u2'].map((user) => through(all, user, '学手艺', answers)))
    expect(await all.reads.jobs.course('c1')).toMatchObject({ taken: 1 })
    expect(await all.reads.messaging.waiting('c1')).toBe(1)
    expect(replies).toHaveLength(2)
  })
})

describe('how far a matter is', () => {
  const NUMBER = '26112200012'
  const matter = (storage: Storage, more: Record<string, string | number | null> = {}) =>
    storage.writer.commit([
      insert('Case', {
        id: 'k1',
        number: NUMBER,
        kind: 'hardship',
        stage: 'reported',
        source: 'self',
        territoryId: 't1',
        identityId: 'i-u1',
        profileId: 'p-u1',
        householdId: null,
        personName: '石二妹',
        submissionId: null,
        assigneeId: null,
        urgency: 'normal',
        risk: null,
        leadOn: '2026-11-22',
        stageEnteredOn: '2026-11-22',
        stageDueOn: '2026-11-25',
        decideBy: '2026-12-07',
        decidedOn: null,
        lateReason: null,
        acknowledgedAt: null,
        openedAt: MONDAY,
        closedAt: null,
        openKey: 'hardship i-u1',
        revision: 0,
        ...more,
      }),
    ])
  const begun = async () => {
    const all = town()
    await place(all.storage)
    await all.known('u1', '13800001234')
    await all.known('u2', '13900005678')
    await matter(all.storage)
    return all
  }

  test('one’s own is told without a number, and may be withdrawn', async () => {
    const all = await begun()
    expect(await all.talk('u1', '进度')).toContain(`您的 ${NUMBER} 号`)
    expect(await all.talk('u1', '不办了')).toContain('真的不办')
    expect(await all.talk('u1', '是')).toContain('这件不办了')
    expect(await all.reads.cases.caseByNumber(NUMBER)).toMatchObject({
      stage: 'withdrawn',
      openKey: null,
      closedAt: MONDAY,
    })
  })

  test('somebody else needs the number and the last digits of the phone, and has five tries', async () => {
    const all = await begun()
    expect(await all.talk('u2', NUMBER, '1234')).toContain(`您的 ${NUMBER} 号`)
    for (let wrong = 0; wrong < 5; wrong++) expect(await all.talk('u2', NUMBER, '9999')).toContain('没找到这一件')
    expect(await all.talk('u2', NUMBER, '1234')).toContain('试的次数多了')
    all.h.now = instant(all.h.now + 25 * 3_600_000)
    expect(await all.talk('u2', NUMBER, '1', '1234')).toContain(`您的 ${NUMBER} 号`)
  })

  test('a number alone is enough, full-width, with blanks, in the middle of something else; one’s own needs no phone', async () => {
    const all = await begun()
    expect(await all.talk('u2', '２６１１２２ ０００１２', '１２３４')).toContain(`您的 ${NUMBER} 号`)
    expect(await all.talk('u2', '倒茶', NUMBER)).toContain('最后四个数字')
    expect(await all.talk('u1', NUMBER)).toContain(`您的 ${NUMBER} 号`)
    expect(await all.talk('u3', '26112200013')).toContain('抄错了一位')
    expect(await all.talk('u3', '13812345678')).not.toContain('抄错')
  })

  test('a closed matter is told as it ended', async () => {
    const all = await begun()
    await all.storage.writer.commit([
      update('Case', 'k1', 0, { stage: 'risk_removed', closedAt: MONDAY, openKey: null }),
    ])
    expect(await all.talk('u2', NUMBER, '1234')).toContain('难处过去了')
  })
})
