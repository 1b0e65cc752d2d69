/** 转给, 接, 不接: a matter or a visit goes to a colleague who takes it. Until then it stays where it is. */
import { insert, seal, update, type Change } from '../../base/change.ts'
import { dateAt, type PlainDate } from '../../base/time.ts'
import { matterNumber } from '../../domain/cases/matter-number.ts'
import type { CaseRecord } from '../../domain/cases/ports.ts'
import { event } from '../../domain/cases/report.ts'
import { closeReferral, referralKey } from '../../domain/measures/routing.ts'
import type { TaskRecord } from '../../domain/tasks/ports.ts'
import { mayOpen, readChain } from '../../domain/registry/responsible.ts'
import { openTask, settleTask, taskKey } from '../../domain/tasks/tasks.ts'
import type { VisitPlanRecord } from '../../domain/visits/ports.ts'
import type { Text } from '../../text/text.ts'
import type { Casework } from '../casework.ts'
import { taskNotices } from '../cases/announce-task.ts'
import type { CommandContext, CommandHandler, HandlerResult, StaffSpeaker } from '../handlers.ts'
import { covers } from '../scope.ts'
import { colleagueNamed } from './colleague.ts'
import { answered, matterForStaff, saidInGroup, told } from './matter-for-staff.ts'
import { commandWords, type Typed } from './typed.ts'

const WORDS = ['give', 'take', 'refuse'] as const
type Word = (typeof WORDS)[number]

/** What is handed over: a matter, or the next visit of a household. */
type Thing =
  { readonly kind: 'case'; readonly row: CaseRecord } | { readonly kind: 'visit'; readonly row: VisitPlanRecord }

export function handOverCommand(casework: Casework, text: Text): CommandHandler {
  const words = commandWords(text, 'referrals', WORDS)
  return async (context) => {
    const { staff } = context.speaker
    const typed = context.choice === null ? numberLast(words.read(context.text)) : null
    const [number] = typed?.numbers ?? []
    if (!typed || !staff) return null
    if (number === undefined) {
      const isAlone = typed.rest === '' && !context.group
      return isAlone ? answered('stages:which', { word: context.text.trim() }) : null
    }
    const answer =
      typed.word === 'give'
        ? await give(casework, staff, number, typed, context)
        : await reply(casework, staff, number, typed, context)
    return answer && saidInGroup(context.group, answer)
  }
}

/** 转给龙四妹 26112200012: the name first. */
function numberLast(typed: Typed<Word> | null): Typed<Word> | null {
  if (typed?.word !== 'give' || typed.numbers.length > 0) return typed
  const [, rest, number] = /^(\D+?)[\s,，、]*(\d{11,16})$/u.exec(typed.rest) ?? []
  return rest === undefined || number === undefined ? typed : { ...typed, numbers: [number], rest }
}

async function give(
  casework: Casework,
  staff: StaffSpeaker,
  number: string,
  { rest }: Typed<Word>,
  { group, at, zone, ids }: CommandContext,
): Promise<HandlerResult> {
  const found = await thingForStaff(casework, number, staff)
  if (found.kind === 'refused') return found.answer
  const { thing } = found
  const { row } = thing
  if ((thing.kind === 'case' ? thing.row.closedAt : thing.row.closedOn) !== null)
    return answered('cases:staff.not_open', { number })
  const name = rest.split(' ')[0] ?? ''
  if (name === '') return answered('referrals:give_whom', { number })
  const on = dateAt(at, zone)
  const seenFrom = thing.kind === 'case' ? thing.row.seenFrom : null
  const to = await colleagueNamed(casework, name, { territoryId: row.territoryId, seenFrom }, on)
  if (to.kind !== 'found') return answered(`measures:owner_${to.kind}`, { name })
  if (to.staff.id === row.assigneeId) return answered('referrals:give_same', { number, name })
  const before = await casework.tasks.taskByOpenKey(taskKey('hand_over', row.id))
  const own = matterNumber(on, await casework.sequence.take(on))
  const note = rest.slice(name.length).trim()
  const referralId = thing.kind === 'case' ? ids.next() : null
  const open = thing.kind === 'case' ? await casework.measures.openReferralsOf(row.id) : []
  const task = {
    kind: 'hand_over',
    number: own,
    caseId: thing.kind === 'case' ? row.id : null,
    householdId: row.householdId,
    territoryId: row.territoryId,
    assigneeId: to.staff.id,
    refId: referralId ?? row.id,
    detail: note === '' ? null : note,
    dueOn: on,
    seenFrom,
    about: row.id,
  } as const
  const leave = casework.watching.mayLeave('task', at)
  const offered = openTask(task, casework.watching, at, ids, leave)
  const changes: Change[] = [
    ...(before ? await settleTask(before, 'dropped', staff.id, casework.watching, at) : []),
    ...open
      .filter((each) => each.department === null)
      .map((each) => update('Referral', each.id, each.revision, { state: 'returned', answeredAt: at, openKey: null })),
    ...offered.changes,
  ]
  if (thing.kind === 'case' && referralId !== null) {
    changes.push(
      insert('Referral', {
        id: referralId,
        caseId: row.id,
        department: null,
        fromId: staff.id,
        toId: to.staff.id,
        territoryId: row.territoryId,
        state: 'offered',
        dueOn: on,
        note: note === '' ? null : seal(note),
        at,
        answeredAt: null,
        openKey: referralKey(row.id, null),
        revision: 0,
      }),
      event(ids, row.id, at, { kind: 'staff', id: staff.id }, 'offered_to', to.staff.id),
    )
  }
  const params = { number, name: to.staff.name, by: staff.name, ...(await whoAndWhere(casework, thing)) }
  return answered(group ? 'referrals:noted' : 'referrals:given', params, {
    changes,
    notices: taskNotices(
      casework,
      { number: own, assigneeId: to.staff.id },
      { key: `referrals:told_given_${thing.kind}`, params },
      leave > at ? leave : null,
    ),
  })
}

async function whoAndWhere({ registry }: Casework, { kind, row }: Thing) {
  const [[place], [household]] = await Promise.all([
    registry.territories([row.territoryId]),
    row.householdId === null ? [] : registry.households([row.householdId]),
  ])
  const person = kind === 'case' ? row.personName : null
  return {
    village: place?.name ?? { key: 'cases:staff.no_village' },
    who: person ?? household?.head ?? { key: 'cases:staff.no_name' },
    kind: { key: kind === 'case' ? `cases:kind_staff.${row.kind}` : 'cases:kind_staff.visit' },
  }
}

type Found =
  { readonly kind: 'found'; readonly thing: Thing } | { readonly kind: 'refused'; readonly answer: HandlerResult }

async function thingForStaff(casework: Casework, number: string, staff: StaffSpeaker): Promise<Found> {
  const plan = await casework.visits.planByNumber(number)
  if (!plan) {
    const found = await matterForStaff(casework, number, staff)
    return found.kind === 'found' ? { kind: 'found', thing: { kind: 'case', row: found.matter } } : found
  }
  const [place] = await casework.registry.territories([plan.territoryId])
  const may = plan.assigneeId === staff.id || (place !== undefined && covers(staff, place.path))
  if (!may) return { kind: 'refused', answer: answered('cases:staff.no_scope', { number }) }
  return { kind: 'found', thing: { kind: 'visit', row: plan } }
}

/** The number of the matter, of the visit, or of the task that asked. */
async function offerTo(casework: Casework, number: string): Promise<{ task: TaskRecord; thing: Thing } | null> {
  const { tasks, cases, visits } = casework
  const byNumber = await tasks.taskByNumber(number)
  const matter = byNumber ? null : await cases.caseByNumber(number)
  const plan = byNumber || matter ? null : await visits.planByNumber(number)
  const subjectId = matter?.id ?? plan?.id
  const task = byNumber ?? (subjectId === undefined ? null : await tasks.taskByOpenKey(taskKey('hand_over', subjectId)))
  if (!task || task.kind !== 'hand_over' || task.closedAt !== null) return null
  if (task.caseId !== null) {
    const [row] = await cases.cases([task.caseId])
    return row ? { task, thing: { kind: 'case', row } } : null
  }
  const [row] = await visits.plans([task.refId ?? ''])
  return row ? { task, thing: { kind: 'visit', row } } : null
}

/** @returns null for a number that nothing was offered with: it may be another command's */
async function reply(
  casework: Casework,
  staff: StaffSpeaker,
  number: string,
  { word, rest }: Typed<Word>,
  context: CommandContext,
): Promise<HandlerResult | null> {
  const offer = await offerTo(casework, number)
  if (!offer) return null
  const { task, thing } = offer
  if (task.assigneeId !== staff.id) return answered('referrals:not_offered', { number })
  const isTaken = word === 'take'
  if (!isTaken && rest === '') return answered('referrals:refuse_words', { number })
  const { at, zone, ids } = context
  const chain = await readChain(casework.registry, task.territoryId)
  if (isTaken && !mayOpen(chain, staff.id, dateAt(at, zone), task.seenFrom))
    return answered('cases:staff.no_scope', { number })
  const referral = thing.kind === 'case' && task.refId !== null ? await casework.measures.referral(task.refId) : null
  const facts = { watching: casework.watching, tasks: [task] }
  const end = { state: isTaken ? 'taken' : 'returned', words: isTaken ? null : rest, staffId: staff.id } as const
  const changes: Change[] =
    thing.kind === 'case' && referral
      ? [...(await closeReferral(thing.row, referral, end, facts, at, ids))]
      : [...(await settleTask(task, isTaken ? 'done' : 'dropped', staff.id, casework.watching, at))]
  if (isTaken) changes.push(...(await taken(casework, thing, staff.id, dateAt(at, zone), context)))
  const params = { number: thing.row.number ?? number, by: staff.name, words: rest }
  const leave = casework.watching.mayLeave('task', at)
  return answered(`referrals:${isTaken ? 'taken' : 'refused'}`, params, {
    changes,
    notices: told(
      [referral?.fromId ?? null, thing.row.assigneeId],
      staff.id,
      [{ text: { key: `referrals:told_${isTaken ? 'taken' : 'refused'}`, params } }],
      thing.kind === 'case' ? thing.row : null,
      leave > at ? leave : null,
    ),
  })
}

/** Asked of one person or one department, whoever has the matter. */
const OTHERS: ReadonlySet<string> = new Set(['hand_over', 'referral', 'second_confirm'])

/** What the one before had open about it is the new one's too. */
async function taken(
  casework: Casework,
  { kind, row }: Thing,
  staffId: string,
  on: PlainDate,
  { at, ids }: CommandContext,
): Promise<readonly Change[]> {
  if (kind === 'visit') return [update('VisitPlan', row.id, row.revision, { assigneeId: staffId })]
  const theirs = (await casework.tasks.openTasksOfCases([row.id])).filter(
    ({ kind: about, assigneeId }) => !OTHERS.has(about) && assigneeId === row.assigneeId,
  )
  const { calendar } = casework
  return [
    update('Case', row.id, row.revision, { assigneeId: staffId }),
    event(ids, row.id, at, { kind: 'staff', id: staffId }, 'assigned', staffId),
    ...theirs.map((task) =>
      update('Task', task.id, task.revision, {
        assigneeId: staffId,
        // Nobody begins with something that is overdue.
        ...(task.dueOn < on && { dueOn: calendar.onOrAfter(on) }),
      }),
    ),
  ]
}
