/** 转办, 转办已办, 退回: a part of a matter goes to a department, which answers or gives it back. */
import { dateAt } from '../../base/time.ts'
import { matterNumber } from '../../domain/cases/matter-number.ts'
import type { CaseRecord } from '../../domain/cases/ports.ts'
import { FOR_DEPARTMENT } from '../../domain/cases/report.ts'
import { daysLater } from '../../domain/measures/policy.ts'
import type { ReferralRecord } from '../../domain/measures/ports.ts'
import { closeReferral, refer } from '../../domain/measures/routing.ts'
import { asAtWork, departmentOfficer, readChain } from '../../domain/registry/responsible.ts'
import type { TextRef } from '../../flow/effects.ts'
import type { Text } from '../../text/text.ts'
import type { Casework } from '../casework.ts'
import { taskNotices } from '../cases/announce-task.ts'
import type { CommandContext, CommandHandler, HandlerResult, StaffSpeaker } from '../handlers.ts'
import { listed } from '../report-case.ts'
import { answered, matterForStaff, saidInGroup, told } from './matter-for-staff.ts'
import { covers, maySee } from '../scope.ts'
import { worksFor } from '../stand-in.ts'
import { notAMatter } from './not-a-matter.ts'
import { commandWords, formTable, startsWithForm, type Typed } from './typed.ts'

const WORDS = ['refer', 'answer', 'return'] as const
type Word = (typeof WORDS)[number]
type Forms = ReadonlyMap<string, string>

const department = (id: string): TextRef => ({ key: `cases:department.${id}` })

export function referCommand(casework: Casework, text: Text): CommandHandler {
  const words = commandWords(text, 'referrals', WORDS)
  const departments = casework.routing.routes.map((route) => route.department)
  const forms = formTable(text, (id) => `referrals:department_forms.${id}`, departments)
  return async (context) => {
    const { staff } = context.speaker
    const typed = context.choice === null ? words.read(context.text) : null
    const [number] = typed?.numbers ?? []
    if (!typed || !staff || number === undefined) return null
    if (typed.word !== 'refer') {
      const answer = await closing(casework, forms, staff, number, typed, context)
      return answer && saidInGroup(context.group, answer)
    }
    const found = await matterForStaff(casework, number, staff)
    if (found.kind === 'refused') return (await notAMatter(casework, number, staff, context)) ?? found.answer
    return saidInGroup(context.group, await send(casework, forms, staff, found.matter, typed, context))
  }
}

async function send(
  casework: Casework,
  forms: Forms,
  staff: StaffSpeaker,
  matter: CaseRecord,
  { rest }: Typed<Word>,
  { group, at, zone, ids }: CommandContext,
): Promise<HandlerResult> {
  const { number } = matter
  if (matter.closedAt !== null) return answered('cases:staff.not_open', { number })
  const to = startsWithForm(rest, forms)
  if (!to) return answered('referrals:which_department', { number, departments: await likely(casework, matter) })
  const route = casework.routing.route(to.name)
  const on = dateAt(at, zone)
  const chain = await readChain(casework.registry, matter.territoryId)
  const toId = route && departmentOfficer(asAtWork(chain), route.officer, on)
  const name = department(to.name)
  if (!route || toId === null) return answered('referrals:nobody', { department: name })
  const open = await casework.measures.openReferralsOf(matter.id)
  if (open.some((each) => each.department === to.name))
    return answered('referrals:already', { number, department: name })
  const dueOn = daysLater(on, route, casework.calendar)
  const own = matterNumber(on, await casework.sequence.take(on))
  const words = to.rest === '' ? null : to.rest
  const leave = casework.watching.mayLeave('task', at)
  const { changes } = refer(
    matter,
    { department: to.name, fromId: staff.id, toId, dueOn, number: own, words, told: leave },
    casework.watching,
    at,
    ids,
  )
  const [officer] = await casework.registry.staff([toId])
  const asked = {
    key: words === null ? 'referrals:told_officer' : 'referrals:told_officer_words',
    params: { ...(await about(casework, matter)), department: name, by: staff.name, due: dueOn, words: words ?? '' },
  }
  return answered(
    group ? 'referrals:noted' : 'referrals:sent',
    { number, department: name, name: officer?.name ?? '', due: dueOn },
    { changes, notices: taskNotices(casework, { number: own, assigneeId: toId }, asked, leave > at ? leave : null) },
  )
}

/** What the causes of the matter speak for, else every department. */
async function likely({ cases, measures, routing }: Casework, matter: CaseRecord): Promise<TextRef> {
  const [named, { causes }] = await Promise.all([
    cases.eventDetails([matter.id], FOR_DEPARTMENT),
    measures.circumstances(matter),
  ])
  const ids = [...new Set([...named.flatMap(({ detail }) => detail ?? []), ...routing.departmentsOf(causes)])]
  const all = ids.length > 0 ? ids : routing.routes.map((route) => route.department)
  return listed(all.map(department))
}

async function about({ registry }: Casework, matter: CaseRecord) {
  const [[place], [profile]] = await Promise.all([
    registry.territories([matter.territoryId]),
    matter.profileId === null ? [] : registry.profiles([matter.profileId]),
  ])
  return {
    number: matter.number,
    kind: { key: `cases:kind_staff.${matter.kind}` },
    village: place?.name ?? { key: 'cases:staff.no_village' },
    who: matter.personName ?? { key: 'cases:staff.no_name' },
    phone: profile?.phone ?? { key: 'cases:staff.no_phone' },
  }
}

/** The number of the matter, or of the task that asked. Somebody with no part of it may have meant another command. */
async function closing(
  casework: Casework,
  forms: Forms,
  staff: StaffSpeaker,
  number: string,
  { word, rest }: Typed<Word>,
  { at, zone, ids }: CommandContext,
): Promise<HandlerResult | null> {
  const task = await casework.tasks.taskByNumber(number)
  const caseId = task?.kind === 'referral' ? task.caseId : null
  const matter =
    caseId === null ? await casework.cases.caseByNumber(number) : ((await casework.cases.cases([caseId]))[0] ?? null)
  if (!matter) return null
  const said = startsWithForm(rest, forms)
  const [place] = await casework.registry.territories([matter.territoryId])
  const isOpenTo = place !== undefined && covers(staff, place.path) && maySee(staff, matter.seenFrom, place.path)
  const whose = isOpenTo ? await worksFor(casework.registry, staff.id, dateAt(at, zone)) : [staff.id]
  const open = (await casework.measures.openReferralsOf(matter.id)).filter(
    (each) =>
      each.department !== null && whose.includes(each.toId ?? '') && (caseId === null || each.id === task?.refId),
  )
  const mine = open.length > 1 && said ? open.filter((each) => each.department === said.name) : open
  const [referral] = mine
  if (!referral) return word === 'return' ? null : answered('referrals:not_yours', { number: matter.number })
  if (mine.length > 1) {
    const departments = listed(mine.map((each) => department(each.department ?? '')))
    return answered('referrals:which_part', { number: matter.number, departments })
  }
  const words = said && said.name === referral.department ? said.rest : rest
  if (words === '') return answered(`referrals:${word}_words`, { number: matter.number })
  return closed(casework, matter, referral, word === 'answer' ? 'answered' : 'returned', words, staff, { at, ids })
}

async function closed(
  casework: Casework,
  matter: CaseRecord,
  referral: ReferralRecord,
  state: 'answered' | 'returned',
  words: string,
  staff: StaffSpeaker,
  { at, ids }: Pick<CommandContext, 'at' | 'ids'>,
): Promise<HandlerResult> {
  const facts = { watching: casework.watching, tasks: await casework.tasks.openTasksOfCases([matter.id]) }
  const changes = await closeReferral(matter, referral, { state, words, staffId: staff.id }, facts, at, ids)
  const params = { number: matter.number, department: department(referral.department ?? ''), words, by: staff.name }
  const leave = casework.watching.mayLeave('task', at)
  return answered(`referrals:${state}`, params, {
    changes,
    notices: told(
      [referral.fromId, matter.assigneeId],
      staff.id,
      [{ text: { key: `referrals:told_${state}`, params } }],
      matter,
      leave > at ? leave : null,
    ),
  })
}
