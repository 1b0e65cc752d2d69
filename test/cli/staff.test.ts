import { beforeEach, describe, expect, it } from 'vitest'
import { insert, seal, type Row } from '../../src/base/change.ts'
import { sortableIds, type IdSource } from '../../src/base/ids.ts'
import { seededRandom } from '../../src/base/random.ts'
import { dateAt } from '../../src/base/time.ts'
import { followingImports } from '../../src/cli/import/following.ts'
import { runHandOver } from '../../src/cli/staff/hand-over.ts'
import { handOverParts } from '../../src/cli/staff/parts.ts'
import { memoryStorage } from '../../src/storage/memory/memory-storage.ts'
import type { Storage } from '../../src/storage/open.ts'
import type { TableName } from '../../src/storage/row-source.ts'
import { rulesOf } from '../../src/wire.ts'
import { definitions, ZONE } from './house.ts'
import { clock, importText, NOW, shippedText } from './import-run.ts'

const V = '吉首市/矮寨镇/阳孟村'
const W = '吉首市/矮寨镇/幸福村'
const TODAY = dateAt(NOW, ZONE)
const STAFF = `name,phone,role,territory,channel,user
石建国,13800000001,responsible_helper,${V},pipe,c1
麻小燕,13800000002,village_staff,${V},pipe,c2
田大山,13800000003,village_staff,${W},,
龙镇长,13800000004,township_reviewer,吉首市/矮寨镇,,
彭县长,13800000005,county_officer,吉首市,,
`
const HOUSEHOLDS = `head,territory,size,helper,key
吴秀英,${V},3,石建国,H1
向老三,${V},2,石建国,H2
`

let storage: Storage
let ids: IdSource
let id: Readonly<Record<string, string>>

const parts = () => handOverParts(storage, rulesOf(definitions, storage, ZONE), ids, shippedText, 'zh-CN')
const rows = (table: TableName): Promise<readonly Record<string, unknown>[]> =>
  storage.reads.rows.find(table, { order: ['id'] }) as never
const add = async (table: string, row: Row) => {
  const outcome = await storage.writer.commit([insert(table, row)])
  if (outcome.kind !== 'committed') throw new Error(outcome.table)
}
const ownersOf = async (table: TableName, column: string) =>
  (await rows(table)).map((row) => `${row['id']} ${nameOf(row[column])}`)
const nameOf = (staffId: unknown) => Object.entries(id).find(([, one]) => one === staffId)?.[0] ?? '-'

/** Imports as the command does, with what follows. @returns what was printed beside the rows */
async function into(what: 'territories' | 'staff' | 'households', content: string): Promise<string> {
  let printed = ''
  const words = { text: shippedText, language: 'zh-CN', out: { write: (text: string) => void (printed += text) } }
  const follow = followingImports(parts(), NOW, TODAY, words)
  await importText({ imports: storage.reads.imports, writer: storage.writer }, what, content, { clock, ids, follow })
  return printed
}

async function handOver(from: string, to: string | null = null, more: { territory?: string; dryRun?: boolean } = {}) {
  let printed = ''
  await runHandOver({
    from,
    to,
    territory: more.territory ?? null,
    dryRun: more.dryRun ?? false,
    parts: parts(),
    territoryId: async (path) => (await storage.reads.messaging.territoryByPath(path))?.id ?? null,
    clock,
    zone: ZONE,
    text: shippedText,
    language: 'zh-CN',
    out: { write: (text: string) => void (printed += text) },
  })
  return printed.trimEnd().split('\n')
}

const matter = (name: string, more: Row): Promise<void> =>
  add('Case', {
    ...{ id: name, number: name, kind: 'hardship', stage: 'reported', source: 'self', urgency: 'normal' },
    ...{ leadOn: TODAY, stageEnteredOn: TODAY, openedAt: NOW, revision: 0 },
    ...more,
  })
const plan = (name: string, more: Row): Promise<void> =>
  add('VisitPlan', { id: name, plan: 'monitored', mode: 'in_person', dueOn: TODAY, revision: 0, ...more })

beforeEach(async () => {
  storage = memoryStorage()
  ids = sortableIds(clock, seededRandom(9))
  await into('territories', 'county,township,village\n吉首市,矮寨镇,阳孟村\n吉首市,矮寨镇,幸福村\n')
  await into('staff', STAFF)
  await into('households', HOUSEHOLDS)
  const staff = Object.fromEntries((await rows('Staff')).map((row) => [row['name'], String(row['id'])]))
  const places = Object.fromEntries((await rows('Territory')).map((row) => [row['path'], String(row['id'])]))
  const households = Object.fromEntries((await rows('Household')).map((row) => [row['key'], String(row['id'])]))
  id = { ...staff, ...places, ...households }
  const assigneeId = id['石建国'] as string
  const territoryId = id[V] as string
  const householdId = id['H1'] as string
  await matter('C1', { territoryId, assigneeId, householdId })
  await matter('C2', { territoryId: id[W] as string, assigneeId })
  await matter('C3', { territoryId, assigneeId, seenFrom: 'township' })
  await matter('C4', { territoryId, assigneeId, closedAt: NOW })
  await plan('P1', { territoryId, assigneeId, householdId })
  await add('Task', {
    ...{ id: 'T1', number: 'T1', kind: 'phone_notice', caseId: 'C1', householdId, territoryId, assigneeId },
    ...{ dueOn: TODAY, createdAt: NOW, revision: 0 },
  })
  await add('Measure', {
    ...{ id: 'M1', householdId, territoryId, kind: 'job', ownerId: assigneeId, state: 'planned', createdAt: NOW },
    revision: 0,
  })
  await add('Watch', {
    ...{ id: 'case_new C1', rule: 'case_new', subjectKind: 'case', subjectId: 'C1', territoryId },
    ...{ rung: 0, repeats: 0, revision: 0 },
  })
})

describe('bangfu staff hand-over', () => {
  it('gives everything to one person, and what that one may not open to whoever answers there', async () => {
    expect(await handOver('石建国', '麻小燕')).toEqual([
      '石建国的工作：3 件事，1 次走访，2 项任务，2 户帮扶',
      '给麻小燕：1 件事，1 次走访，2 项任务，2 户',
      '给田大山：1 件事，0 次走访，0 项任务，0 户',
      '给龙镇长：1 件事，0 次走访，0 项任务，0 户',
    ])
    expect(await ownersOf('Case', 'assigneeId')).toEqual(['C1 麻小燕', 'C2 田大山', 'C3 龙镇长', 'C4 石建国'])
    expect(await ownersOf('Task', 'assigneeId')).toEqual(['T1 麻小燕'])
    expect(await ownersOf('VisitPlan', 'assigneeId')).toEqual(['P1 麻小燕'])
    expect(await ownersOf('Measure', 'ownerId')).toEqual(['M1 麻小燕'])
    expect((await rows('Household')).map((row) => nameOf(row['helperId']))).toEqual(['麻小燕', '麻小燕'])
    const entries = (await rows('CaseEvent')).map((row) => [row['caseId'], row['what'], nameOf(row['detail'])])
    expect(entries).toContainEqual(['C2', 'assigned', '田大山'])
    expect((await rows('AuditEntry')).filter((row) => row['action'] === 'hand_over')).toHaveLength(5)
    expect((await rows('Outbox')).map((row) => [row['chat'], JSON.parse(String(row['payload'])).text])).toEqual([
      ['c2', '石建国的工作有一部分交给您了：1 件事，1 次走访，2 项任务，2 户帮扶。发“待办”能看到。'],
    ])
    expect(await handOver('石建国')).toEqual(['石建国手上没有要移交的。'])
    expect(await rows('Outbox')).toHaveLength(1)
  })

  it('re-points what waits for an answer: never to whoever noted the finding, and of a department to a department', async () => {
    const [leaving, noted] = [id['石建国'] as string, id['麻小燕'] as string]
    await into(
      'staff',
      `name,phone,role,territory,channel,user\n石医生,13800000006,department_officer:medical,吉首市,,\n麻大姐,13800000007,resident_team,${V},,\n`,
    )
    const staff = Object.fromEntries((await rows('Staff')).map((row) => [row['name'], String(row['id'])]))
    id = { ...id, ...staff }
    const territoryId = id[V] as string
    await add('Verification', {
      ...{ id: 'F1', caseId: 'C1', territoryId, submissionId: 's1', staffIds: `${noted} ${leaving}`, visitedOn: TODAY },
      ...{ authorisation: 'paper', persons: 3, income: 1, cost: 0, rigid: 0, perCapita: 1, at: NOW },
      ...{ gaps: '', dibao: 'no', selfCope: 'yes', causes: '', result: 'include', reason: seal('x') },
    })
    const asked = { state: 'waiting', askedAt: NOW, about: 'verification', refId: 'F1', revision: 0 }
    await add('Confirmation', { id: 'A1', caseId: 'C1', staffId: leaving, ...asked })
    await add('Confirmation', { id: 'A2', caseId: 'C2', staffId: leaving, ...asked, refId: null, state: 'given' })
    const referral = { caseId: 'C1', toId: leaving, territoryId, state: 'offered', at: NOW, revision: 0 }
    await add('Referral', { id: 'R1', ...referral, department: 'medical', openKey: 'C1 medical' })
    await add('Referral', { id: 'R2', ...referral, department: null, openKey: 'C1 person' })
    const task = { caseId: 'C1', territoryId, assigneeId: leaving, dueOn: TODAY, createdAt: NOW, revision: 0 }
    await add('Task', { id: 'T2', number: 'T2', kind: 'second_confirm', refId: 'F1', ...task })
    await add('Task', { id: 'T3', number: 'T3', kind: 'referral', refId: 'R1', ...task })
    const lines = await handOver('石建国', '麻小燕')
    expect(lines).toContain('给麻大姐：0 件事，0 次走访，1 项任务，0 户')
    expect(await ownersOf('Confirmation', 'staffId')).toEqual(['A1 麻大姐', 'A2 石建国'])
    expect(await ownersOf('Referral', 'toId')).toEqual(['R1 石医生', 'R2 麻小燕'])
    expect(await ownersOf('Task', 'assigneeId')).toEqual(['T1 麻小燕', 'T2 麻大姐', 'T3 石医生'])
  })

  it('changes nothing in a dry run, and only what lies in the place that was named', async () => {
    const dry = await handOver('石建国', '麻小燕', { dryRun: true })
    expect(dry[0]).toBe('石建国的工作：3 件事，1 次走访，2 项任务，2 户帮扶')
    expect(dry.at(-1)).toBe('只是看看，什么都没有改。')
    expect(await ownersOf('Case', 'assigneeId')).toEqual(['C1 石建国', 'C2 石建国', 'C3 石建国', 'C4 石建国'])
    expect((await handOver('石建国', null, { territory: W }))[0]).toContain('1 件事，0 次走访')
    expect(await ownersOf('Case', 'assigneeId')).toEqual(['C1 石建国', 'C2 田大山', 'C3 石建国', 'C4 石建国'])
  })

  it('lists what nobody below the county owns, as one task of the county for each place', async () => {
    await into(
      'staff',
      `name,phone,role,territory,left_on\n田大山,13800000003,village_staff,${W},2026-11-01\n龙镇长,13800000004,township_reviewer,吉首市/矮寨镇,2026-11-01\n`,
    )
    const lines = await handOver('石建国')
    expect(lines[1]).toBe('给麻小燕：1 件事，1 次走访，2 项任务，2 户')
    expect(lines.at(-1)).toMatch(/^没有人负责：吉首市\/矮寨镇\/幸福村，1 件事.* · 已经记成县里的任务 \d{11}$/)
    const [task] = (await rows('Task')).filter((row) => row['kind'] === 'no_owner')
    expect(task).toMatchObject({ assigneeId: id['彭县长'], territoryId: id[W], seenFrom: 'county' })
    expect(task?.['detail']).toContain('请派一个人')
    expect(await ownersOf('Case', 'assigneeId')).toContain('C2 彭县长')
    expect((await rows('Watch')).some((row) => row['subjectId'] === task?.['id'])).toBe(true)
  })

  it('refuses whom it does not know, and the same person twice', async () => {
    await expect(handOver('没有人')).rejects.toMatchObject({ code: 'STAFF_UNKNOWN' })
    await expect(handOver('石建国', '石建国')).rejects.toMatchObject({ code: 'ARGUMENT_INVALID' })
    await expect(handOver('石建国', null, { territory: '火星' })).rejects.toMatchObject({ code: 'NOT_FOUND' })
  })

  it('moves hundreds in commits of at most 200 rows', async () => {
    const assigneeId = id['石建国'] as string
    for (let n = 0; n < 250; n++) await matter(`X${n}`, { territoryId: id[V] as string, assigneeId })
    const sizes: number[] = []
    const { commit } = storage.writer
    storage.writer.commit = (changes) => {
      sizes.push(changes.length)
      return commit(changes)
    }
    expect((await handOver('石建国', '麻小燕'))[0]).toContain('253 件事')
    expect(Math.max(...sizes)).toBeLessThanOrEqual(200)
  })
})

describe('an import', () => {
  it('that says that somebody has left hands over by itself; a day to come does not', async () => {
    const left = (on: string) =>
      into('staff', `name,phone,role,territory,left_on\n石建国,13800000001,responsible_helper,${V},${on}\n`)
    expect(await left('2026-12-31')).toBe('')
    expect(await ownersOf('Task', 'assigneeId')).toEqual(['T1 石建国'])
    expect(await left('2026-11-23')).toContain('石建国的工作：3 件事，1 次走访，2 项任务，2 户帮扶')
    expect(await ownersOf('Case', 'assigneeId')).toEqual(['C1 麻小燕', 'C2 田大山', 'C3 龙镇长', 'C4 石建国'])
    expect((await rows('Household')).map((row) => nameOf(row['helperId']))).toEqual(['麻小燕', '麻小燕'])
    expect(await left('2026-11-23')).toBe('')
  })

  it('that gives a household another helper gives that one what is open about it', async () => {
    await into('households', `head,territory,size,helper,key\n吴秀英,${V},3,麻小燕,H1\n`)
    expect(await ownersOf('Case', 'assigneeId')).toEqual(['C1 麻小燕', 'C2 石建国', 'C3 石建国', 'C4 石建国'])
    expect(await ownersOf('Task', 'assigneeId')).toEqual(['T1 麻小燕'])
    expect(await ownersOf('Measure', 'ownerId')).toEqual(['M1 麻小燕'])
  })

  it('that moves a household takes its matters along, to somebody who may open them', async () => {
    await into('households', `head,territory,size,helper,key\n吴秀英,${W},3,,H1\n`)
    const [household] = (await rows('Household')).filter((row) => row['key'] === 'H1')
    expect(household).toMatchObject({ territoryId: id[W], helperId: null })
    const [first] = await rows('Case')
    expect(first).toMatchObject({ id: 'C1', territoryId: id[W], assigneeId: id['田大山'] })
    expect((await rows('Watch')).find((row) => row['id'] === 'case_new C1')?.['territoryId']).toBe(id[W])
    expect(await ownersOf('Task', 'assigneeId')).toEqual(['T1 田大山'])
    const before = (await rows('AuditEntry')).length
    await into('households', `head,territory,size,helper,key\n吴秀英,${W},3,,H1\n`)
    expect(await rows('AuditEntry')).toHaveLength(before)
  })
})
