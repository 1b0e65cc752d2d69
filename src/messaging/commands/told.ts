/** `26112200012 已告知`, `打不通 26112200012`: what came of a call that somebody was asked to make; `已抽查`: of a spot check. */
import { seal, update } from '../../base/change.ts'
import { dateAt, instantOf } from '../../base/time.ts'
import { isMatterNumber } from '../../domain/cases/matter-number.ts'
import { event } from '../../domain/cases/report.ts'
import { answererIn, asAtWork, leadIn, readChain } from '../../domain/registry/responsible.ts'
import type { TaskRecord } from '../../domain/tasks/ports.ts'
import { settleTask } from '../../domain/tasks/tasks.ts'
import type { TextRef } from '../../flow/effects.ts'
import { taskNotices, workingDaysAfter } from '../cases/announce-task.ts'
import { messageAfterCall, type TellParts } from '../cases/on-moved-tell-villager.ts'
import { personOf } from '../cases/phone-notice.ts'
import type { CommandContext, CommandHandler, HandlerResult, StaffSpeaker } from '../handlers.ts'
import { covers, maySee } from '../scope.ts'
import { worksFor } from '../stand-in.ts'
import { commandWords } from './typed.ts'

/** Names of timeline entries: told on the phone (detail: in what words); nobody answered (detail: the task). */
export const TOLD_BY_PHONE = 'told_by_phone'
export const UNREACHED = 'unreached'

/** When somebody is asked to call again. */
const MORNING = '08:00'
const MOST_OPEN = 50
const WORDS = ['informed', 'unreached', 'checked'] as const
type Word = (typeof WORDS)[number]

export function toldCommand(parts: TellParts): CommandHandler {
  const words = commandWords(parts.text, 'told', WORDS)
  return async (context) => {
    if (context.choice !== null) return null
    const said = words.read(context.text)
    if (!said) return null
    const { staff } = context.speaker
    const [number] = said.numbers
    if (!staff) return number === undefined ? null : answer('cases:staff.bind_first')
    // Talk in a group is not meant for us without a number.
    if (number === undefined && (context.group || said.rest !== '')) return null
    const found =
      number === undefined ? await onlyOne(parts, said.word, staff, context) : await taskMeant(parts, number, staff)
    if ('refused' in found) return found.refused
    return settle(parts, said.word, found, said.rest, staff, context)
  }
}

type Found = TaskRecord | { readonly refused: HandlerResult }

function answer(key: string, params: Readonly<Record<string, string | number | TextRef>> = {}): HandlerResult {
  return { changes: [], say: [{ text: { key, params } }], notices: [], matter: null }
}

/** By its own number, or by that of the matter that the call is about. */
async function taskMeant({ casework }: TellParts, number: string, staff: StaffSpeaker): Promise<Found> {
  const refused = (key: string) => ({ refused: answer(key, { number }) })
  if (!isMatterNumber(number)) return refused('cases:staff.bad_number')
  const task = (await casework.tasks.taskByNumber(number)) ?? (await callAbout(casework, number))
  if (!task) {
    const matter = await casework.cases.caseByNumber(number)
    const isKnown = matter !== null && (await mayKnow(casework, staff, matter))
    return refused(isKnown ? 'told:phone.none' : 'cases:staff.unknown_number')
  }
  if (!(await mayKnow(casework, staff, task))) return refused('cases:staff.unknown_number')
  const [place] = await casework.registry.territories([task.territoryId])
  if (task.assigneeId !== staff.id && !(place && covers(staff, place.path))) return refused('cases:staff.no_scope')
  return task
}

async function callAbout(casework: TellParts['casework'], number: string): Promise<TaskRecord | null> {
  const matter = await casework.cases.caseByNumber(number)
  if (!matter) return null
  const open = await casework.tasks.openTasksOfCases([matter.id])
  return open.find(({ kind }) => kind === 'phone_notice') ?? null
}

async function mayKnow(
  { registry }: TellParts['casework'],
  staff: StaffSpeaker,
  { seenFrom, territoryId }: Pick<TaskRecord, 'seenFrom' | 'territoryId'>,
): Promise<boolean> {
  if (seenFrom === null) return true
  const [place] = await registry.territories([territoryId])
  return place !== undefined && maySee(staff, seenFrom, place.path)
}

/** Without a number it can only mean the one that waits. */
async function onlyOne(
  { casework }: TellParts,
  word: Word,
  staff: StaffSpeaker,
  { at, zone }: CommandContext,
): Promise<Found> {
  const kind = word === 'checked' ? 'spot_check' : 'phone_notice'
  const whose = await worksFor(casework.registry, staff.id, dateAt(at, zone))
  const tasks = await Promise.all(whose.map((id) => casework.tasks.openTasksAssignedTo(id, MOST_OPEN)))
  const calls = tasks.flat().filter((task) => task.kind === kind)
  // Standing in for somebody opens nothing that is not open to the one who does.
  const places = await casework.registry.territories([...new Set(calls.map(({ territoryId }) => territoryId))])
  const open = calls.filter(({ assigneeId, territoryId, seenFrom }) => {
    const path = places.find(({ id }) => id === territoryId)?.path ?? ''
    return assigneeId === staff.id || (covers(staff, path) && maySee(staff, seenFrom, path))
  })
  const [only] = open
  if (!only) return { refused: answer('told:phone.nothing') }
  return open.length === 1 ? only : { refused: answer('told:phone.several', { number: only.number }) }
}

function settle(
  parts: TellParts,
  word: Word,
  task: TaskRecord,
  rest: string,
  staff: StaffSpeaker,
  context: CommandContext,
): Promise<HandlerResult> | HandlerResult {
  const { number, kind, closedAt } = task
  if (word === 'checked') {
    if (kind !== 'spot_check') return answer('told:spot_check.not_here', { number })
    if (closedAt !== null) return answer('told:phone.settled', { number })
    return checked(parts, task, rest, staff, context)
  }
  if (kind !== 'phone_notice') return answer('told:phone.not_here', { number })
  if (closedAt !== null) return answer('told:phone.settled', { number })
  return word === 'informed' ? informed(parts, task, rest, staff, context) : unreached(parts, task, staff, context)
}

async function informed(
  parts: TellParts,
  task: TaskRecord,
  rest: string,
  staff: StaffSpeaker,
  { at, zone, ids }: CommandContext,
): Promise<HandlerResult> {
  const { casework } = parts
  const [matter] = task.caseId === null ? [] : await casework.cases.cases([task.caseId])
  const by = { kind: 'staff', id: staff.id } as const
  const words = rest === '' ? (task.refId ?? '') : rest
  return {
    ...answer('told:phone.done', { number: task.number }),
    changes: [
      ...(await settleTask(task, 'done', staff.id, casework.watching, at)),
      ...(matter ? [event(ids, matter.id, at, by, TOLD_BY_PHONE, seal(words))] : []),
    ],
    notices: matter && matter.stage === task.refId ? await messageAfterCall(parts, matter, at, zone) : [],
  }
}

/** Asked again on the next working day; after so many attempts it is the lead's. */
async function unreached(
  parts: TellParts,
  task: TaskRecord,
  staff: StaffSpeaker,
  { at, zone, ids }: CommandContext,
): Promise<HandlerResult> {
  const { casework, told } = parts
  const { number, caseId } = task
  const [matter] = caseId === null ? [] : await casework.cases.cases([caseId])
  if (!matter) return answer('told:phone.none', { number })
  const entries = await casework.cases.eventDetails([matter.id], UNREACHED)
  const count = entries.filter(({ detail }) => detail === task.id).length + 1
  const on = dateAt(at, zone)
  const again = workingDaysAfter(casework, on, 1)
  const tried = event(ids, matter.id, at, { kind: 'staff', id: staff.id }, UNREACHED, task.id)
  const chain = await readChain(casework.registry, task.territoryId)
  const lead = count < told.phone.attempts ? null : leadIn(asAtWork(chain), task.seenFrom ?? 'township', on)
  const isRaised = lead !== null && lead !== task.assigneeId
  const [leader] = isRaised ? await casework.registry.staff([lead]) : []
  const leave = casework.watching.mayLeave('task', at)
  const isLeads = lead !== null && lead === task.assigneeId
  const key = leader ? 'raised' : count < told.phone.attempts || isLeads ? 'unreached' : 'raised_nobody'
  const what: TextRef = { literal: task.detail ?? '' }
  const person = { ...(await personOf(parts, matter)), village: chain.lineage[0]?.name ?? '' }
  return {
    ...answer(`told:phone.${key}`, { number, count, due: again, name: leader?.name ?? '' }),
    changes: [
      tried,
      update('Task', task.id, task.revision, { dueOn: again, ...(leader && { assigneeId: leader.id }) }),
      ...(await casework.watching.restart('task', task.id, instantOf(again, MORNING, zone))),
    ],
    notices: leader
      ? taskNotices(
          casework,
          { number, assigneeId: answererIn(chain, leader.id, on, [], task.seenFrom) },
          { key: 'told:phone.raised_notice', params: { ...person, number, count, what } },
          leave > at ? leave : null,
        )
      : [],
  }
}

async function checked(
  { casework }: TellParts,
  task: TaskRecord,
  rest: string,
  staff: StaffSpeaker,
  { at }: CommandContext,
): Promise<HandlerResult> {
  const [settled, ...others] = await settleTask(task, 'done', staff.id, casework.watching, at)
  const found =
    rest === '' || settled?.op !== 'update' ? settled : withFinding(settled, `${task.detail ?? ''}\n${rest}`)
  return {
    ...answer('told:spot_check.done', { number: task.number }),
    changes: [...(found ? [found] : []), ...others],
  }
}

/** What was found stays with the task: no timeline may tell which household it was about. */
const withFinding = (change: ReturnType<typeof update>, detail: string): ReturnType<typeof update> => ({
  ...change,
  set: { ...change.set, detail: seal(detail) },
})
