/** 是一件, 不是一件, 合并, 分开: staff say whether two matters are one. */
import { dateAt } from '../../base/time.ts'
import { pairKey } from '../../domain/cases/duplicates.ts'
import { decideSplit, mergePair } from '../../domain/cases/merge.ts'
import type { CaseRecord } from '../../domain/cases/ports.ts'
import { openKeyFor } from '../../domain/cases/report.ts'
import { settleTask, taskKey } from '../../domain/tasks/tasks.ts'
import type { Text } from '../../text/text.ts'
import type { Casework } from '../casework.ts'
import { moveCase } from '../cases/move-case.ts'
import type { CommandContext, CommandHandler, HandlerResult, StaffSpeaker } from '../handlers.ts'
import type { StageHook } from '../stage-hooks.ts'
import { answered, matterForStaff } from './matter-for-staff.ts'
import { commandWords } from './typed.ts'

const WORDS = ['same', 'different', 'merge', 'split'] as const

export function duplicatesCommand(casework: Casework, hooks: readonly StageHook[], text: Text): CommandHandler {
  const words = commandWords(text, 'referrals', WORDS)
  return async (context) => {
    const { staff } = context.speaker
    const typed = context.choice === null ? words.read(context.text) : null
    const [first] = typed?.numbers ?? []
    if (!typed || !staff) return null
    if (first === undefined) {
      const isAlone = typed.word === 'merge' && typed.rest === '' && !context.group
      return isAlone ? answered('stages:which', { word: context.text.trim() }) : null
    }
    if (typed.word === 'split') return split(casework, first, staff, context)
    const numbers = await bothNumbers(casework, typed.numbers)
    if (!numbers) return answered('referrals:duplicate.both', { number: first })
    const a = await matterForStaff(casework, numbers[0], staff)
    if (a.kind === 'refused') return a.answer
    const b = await matterForStaff(casework, numbers[1], staff)
    if (b.kind === 'refused') return b.answer
    return typed.word === 'different'
      ? keepApart(casework, a.matter, b.matter, staff, context)
      : merge(casework, hooks, a.matter, b.matter, staff, context)
  }
}

/** Of the two matters, or of the task that asked about them. */
async function bothNumbers(
  { tasks, cases }: Casework,
  numbers: readonly string[],
): Promise<readonly [string, string] | null> {
  const [first, second] = numbers
  if (first !== undefined && second !== undefined) return [first, second]
  const task = first === undefined ? null : await tasks.taskByNumber(first)
  if (task?.kind !== 'duplicate_check') return null
  const [one, other] = await cases.cases([task.caseId, task.refId].filter((id) => id !== null))
  return one && other ? [one.number, other.number] : null
}

async function keepApart(
  { tasks, watching }: Casework,
  a: CaseRecord,
  b: CaseRecord,
  staff: StaffSpeaker,
  { at }: CommandContext,
): Promise<HandlerResult> {
  const task = await tasks.taskByOpenKey(taskKey('duplicate_check', pairKey(a, b)))
  const changes = task ? await settleTask(task, 'done', staff.id, watching, at) : []
  return answered('referrals:duplicate.apart', { number: a.number, other: b.number }, { changes })
}

async function merge(
  casework: Casework,
  hooks: readonly StageHook[],
  a: CaseRecord,
  b: CaseRecord,
  staff: StaffSpeaker,
  { at, zone, ids }: CommandContext,
): Promise<HandlerResult> {
  const numbers = { number: a.number, other: b.number }
  const pair = mergePair(a, b, await inOneVillage(casework, a, b))
  if (pair.kind === 'refused') return answered(`referrals:duplicate.refused.${pair.reason}`, numbers)
  const { kept, later } = pair
  const moved = await moveCase(casework, hooks, {
    matter: later,
    to: 'merged',
    by: { kind: 'staff', id: staff.id },
    otherId: kept.id,
    at,
    zone,
    ids,
  })
  if (moved.kind === 'refused')
    return answered(`stages:refused.${moved.reason}`, { number: later.number, ...moved.params })
  return answered(
    'referrals:duplicate.merged',
    { number: later.number, kept: kept.number },
    {
      changes: moved.changes,
      notices: moved.notices,
      matter: { number: kept.number, kind: kept.kind, stage: kept.stage },
    },
  )
}

async function inOneVillage({ registry }: Casework, a: CaseRecord, b: CaseRecord): Promise<boolean> {
  if (a.territoryId === b.territoryId) return true
  const [one, other] = await Promise.all([registry.lineage(a.territoryId), registry.lineage(b.territoryId)])
  const villageOf = (line: typeof one) => line.find(({ level }) => level === 'village')?.id
  return villageOf(one) !== undefined && villageOf(one) === villageOf(other)
}

/** By the number of the one that was merged, or of the one it was merged into, where only one was. */
async function split(
  casework: Casework,
  number: string,
  staff: StaffSpeaker,
  { at, zone, ids }: CommandContext,
): Promise<HandlerResult> {
  const found = await matterForStaff(casework, number, staff)
  if (found.kind === 'refused') return found.answer
  const inside = found.matter.mergedIntoId === null ? await casework.duplicates.mergedInto(found.matter.id) : []
  const today = inside.filter(({ closedAt }) => closedAt !== null && dateAt(closedAt, zone) === dateAt(at, zone))
  const matter = found.matter.mergedIntoId === null ? (today[0] ?? inside[0]) : found.matter
  if (!matter) return answered('referrals:duplicate.not_merged', { number })
  const [timeline, twin] = await Promise.all([
    casework.progress.timeline(matter.id),
    casework.cases.caseByOpenKey(openKeyFor(matter)),
  ])
  const facts = { watching: casework.watching, zone }
  const decision = await decideSplit(matter, timeline, twin, staff.id, facts, at, ids)
  if (decision.kind === 'refused') return answered(`referrals:duplicate.${decision.reason}`, { number: matter.number })
  const { kind, stage } = decision.matter
  return answered(
    'referrals:duplicate.split',
    { number: matter.number },
    {
      changes: decision.changes,
      matter: { number: matter.number, kind, stage },
    },
  )
}
