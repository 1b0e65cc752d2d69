/** A matter's number and nothing else, from staff who may know of it: stage, days left, who has it, and what can be done next. */
import { dateAt, daysBetween } from '../../base/time.ts'
import type { CaseRecord } from '../../domain/cases/ports.ts'
import type { TerritoryRecord } from '../../domain/registry/ports.ts'
import { isLikeMatterNumber } from '../../domain/cases/matter-number.ts'
import { normalise } from '../../flow/answers/normalise.ts'
import type { TextRef } from '../../flow/effects.ts'
import type { Casework } from '../casework.ts'
import { findMatter } from '../cases/find-matter.ts'
import { nextSteps } from '../cases/next-steps.ts'
import { markOf, refusedWords, stageWords } from '../cases/step-words.ts'
import { filesTap } from './files.ts'
import type { CommandContext, CommandHandler, HandlerResult, Notice, Say, StaffSpeaker } from '../handlers.ts'
import { listed } from '../report-case.ts'
import { isOwn } from '../submit/own-matter.ts'

/** A button of a message that names a matter: 看看. */
const SHOW = /^stage:show:(\d{11,16})$/

export function matterViewCommand(casework: Casework): CommandHandler {
  return async (context) => {
    const { staff } = context.speaker
    const typed = normalise(context.text)
    const number =
      context.choice !== null
        ? SHOW.exec(context.choice)?.[1]
        : isLikeMatterNumber(typed)
          ? typed.replace(/\D/g, '')
          : undefined
    if (!staff || number === undefined) return null
    const found = await findMatter(casework, number, staff)
    // A wrong number, somebody else's, and what a villager reported from this phone: told by the command for villagers.
    if (found.kind !== 'found' || isOwn(found.matter, context.speaker)) return null
    const view = await viewOf(casework, found.matter, found.place, staff, context)
    return context.group ? privately(found.matter, view, staff) : answer(found.matter, view)
  }
}

const answer = (matter: CaseRecord, say: readonly Say[]): HandlerResult => ({
  changes: [],
  say,
  notices: [],
  matter: markOf(matter),
})

/** In a group the number only. */
function privately(matter: CaseRecord, say: readonly Say[], staff: StaffSpeaker): HandlerResult {
  const { number } = matter
  const notice: Notice = {
    to: { kind: 'staff', staffId: staff.id },
    say,
    matter: markOf(matter),
    reminder: null,
    notBefore: null,
  }
  const told = { key: 'stages:group.private', params: { number } }
  return { changes: [], say: [{ text: told }], notices: [notice], matter: null }
}

async function viewOf(
  casework: Casework,
  matter: CaseRecord,
  place: TerritoryRecord | null,
  staff: StaffSpeaker,
  { at, zone }: CommandContext,
): Promise<readonly Say[]> {
  const [[assignee], next, hasFiles] = await Promise.all([
    matter.assigneeId === null ? [] : casework.registry.staff([matter.assigneeId]),
    nextSteps(casework, matter, staff.id, at, zone),
    casework.media.filesOf(matter.id).then((files) => files.length > 0),
  ])
  const say = (key: string, params: Readonly<Record<string, string | TextRef>> = {}): TextRef => ({
    key: `stages:view.${key}`,
    params,
  })
  const lines: TextRef[] = [
    say('head', {
      number: matter.number,
      kind: { key: `cases:kind_staff.${matter.kind}` },
      where: place?.name ?? { key: 'cases:staff.no_village' },
      who: matter.personName ?? { key: 'cases:staff.no_name' },
    }),
    say('stage', { stage: stageWords(matter.stage) }),
    ...(matter.hard ? [say('hard')] : []),
    ...(matter.closedAt === null ? [daysOf(matter, dateAt(at, zone))].flat() : [say('closed')]),
    ...(matter.decidedOn !== null ? [say('decided', { decided: matter.decidedOn })] : []),
    ...(matter.decidedOn === null && matter.decideBy !== null && matter.closedAt === null
      ? [say(matter.decideBy < dateAt(at, zone) ? 'decide_over' : 'decide', { decide: matter.decideBy })]
      : []),
    ...(matter.lateReason !== null ? [say('late', { reason: matter.lateReason })] : []),
    assignee ? say('who', { name: assignee.name }) : say('nobody'),
    ...(next.isSignedOff && next.choices.length === 0 ? [say('waiting')] : []),
    ...(next.blocked
      ? [refusedWords(matter.number, { ...next.blocked, params: { from: matter.stage, ...next.blocked.params } })]
      : []),
  ]
  const timeline = { id: `stage:timeline:${matter.number}`, label: { key: 'stages:button.timeline' } }
  const files = { id: filesTap(matter.number), label: { key: 'files:button' } }
  const choices = [...next.choices, ...(hasFiles ? [files] : []), timeline]
  return [{ text: listed(lines, 'stages:view.pair'), choices, numbered: false }]
}

function daysOf({ stageDueOn: due }: CaseRecord, on: ReturnType<typeof dateAt>): readonly TextRef[] {
  if (due === null) return []
  const days = daysBetween(on, due)
  if (days === 0) return [{ key: 'stages:view.due_today' }]
  return [{ key: `stages:view.${days > 0 ? 'due' : 'overdue'}`, params: { due, count: Math.abs(days) } }]
}
