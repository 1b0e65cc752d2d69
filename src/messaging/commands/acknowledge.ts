/** `26112200012 已联系`, `受理 26112200012`, the button 收到: only from a bound account that answers for the place. */
import { insert, type Change } from '../../base/change.ts'
import { decideAcknowledge, type Acknowledgement as Acknowledged } from '../../domain/cases/acknowledge.ts'
import { isMatterNumber } from '../../domain/cases/matter-number.ts'
import type { CaseRecord } from '../../domain/cases/ports.ts'
import type { VisitPlanRecord } from '../../domain/visits/ports.ts'
import { normalise, unspaced } from '../../flow/answers/normalise.ts'
import type { Text } from '../../text/text.ts'
import type { Casework } from '../casework.ts'
import type { CommandContext, CommandHandler, HandlerResult, StaffSpeaker } from '../handlers.ts'
import { covers, maySee } from '../scope.ts'

/** 受理 is a move to another stage: left to the command of stages, once it is known which matter is meant. */
type Acknowledgement = Acknowledged | 'accept'

/** Cases looked through for the one that is meant when no number is given. */
const MOST_OPEN = 50

/** @param stageWords 受理, once it is known which matter is meant */
export function acknowledgeCommand(casework: Casework, text: Text, stageWords: CommandHandler): CommandHandler {
  const words = wordsOf(text)
  return async (context) => {
    const said = read(context, words)
    if (!said) return null
    const known: Known = { casework, stageWords }
    const { staff } = context.speaker
    if (!staff) return said.number === null ? null : answer('cases:staff.bind_first')
    if (said.number === null) {
      // Talk in a group is not meant for us without a number.
      return context.group ? null : onlyOpen(known, said.word, staff, context)
    }
    if (!isMatterNumber(said.number)) return answer('cases:staff.bad_number', said.number)
    const matter = await casework.cases.caseByNumber(said.number)
    if (matter && !(await mayKnow(casework, staff, matter))) return answer('cases:staff.unknown_number', said.number)
    if (matter) return acknowledge(known, said.word, matter, staff, context)
    const plan = await casework.visits.planByNumber(said.number)
    if (plan) return contactedBeforeVisit(casework, plan, said.number, staff, context)
    // What a task asks for is another word, which otherNumberCommand tells.
    if (!context.group && (await casework.tasks.taskByNumber(said.number))) return null
    return answer('cases:staff.unknown_number', said.number)
  }
}

interface Known {
  readonly casework: Casework
  readonly stageWords: CommandHandler
}

function answer(key: string, number = '', changes: readonly Change[] = []): HandlerResult {
  return { changes, say: [{ text: { key, params: { number } } }], notices: [], matter: null }
}

interface Said {
  readonly number: string | null
  readonly word: Acknowledgement
}

/** @returns null for what is no acknowledgement */
function read(context: CommandContext, words: ReadonlyMap<string, Acknowledgement>): Said | null {
  if (context.choice !== null) {
    const tapped = /^ack:(\d+)$/.exec(context.choice)
    return tapped ? { number: tapped[1] as string, word: 'seen' } : null
  }
  const text = normalise(context.text)
  const match = /^(\d{9,16})[\s,:;、]*(\D.*)$/u.exec(text) ?? null
  const turned = match ? null : /^(\D.*?)[\s,:;、]*(\d{9,16})$/u.exec(text)
  const number = match?.[1] ?? turned?.[2] ?? null
  const word = words.get(unspaced(match?.[2] ?? turned?.[1] ?? text).replace(/[.!~]+$/u, ''))
  return word ? { number, word } : null
}

/** What staff type, in every language. */
function wordsOf(text: Text): ReadonlyMap<string, Acknowledgement> {
  const words = new Map<string, Acknowledgement>()
  for (const language of text.languages) {
    for (const word of ['contacted', 'accept', 'seen'] as const) {
      const forms = text.object(language, `cases:commands.${word}`)
      if (Array.isArray(forms)) for (const form of forms) words.set(unspaced(normalise(String(form))), word)
    }
  }
  return words
}

async function acknowledge(
  { casework, stageWords }: Known,
  word: Acknowledgement,
  matter: CaseRecord,
  staff: StaffSpeaker,
  context: CommandContext,
): Promise<HandlerResult> {
  const { at, ids } = context
  if (word === 'accept') {
    const moved = await stageWords({ ...context, choice: `stage:accepted:${matter.number}` })
    return moved ?? answer('cases:staff.unknown_number', matter.number)
  }
  if (!(await mayAnswer(casework, staff, matter.assigneeId, matter.territoryId)))
    return answer('cases:staff.no_scope', matter.number)
  const decision = decideAcknowledge(word, matter, staff.id, at, ids)
  if (decision.kind === 'closed') return answer('cases:staff.not_open', matter.number)
  if (decision.kind === 'already') return answer('cases:staff.acknowledged_already', matter.number)
  const { number, kind, stage } = decision.matter
  const key = { seen: 'acknowledged', contacted: 'contacted_done' }[word]
  return { ...answer(`cases:staff.${key}`, number, decision.changes), matter: { number, kind, stage } }
}

/** A call is noted; the visit is still owed. */
async function contactedBeforeVisit(
  casework: Casework,
  plan: VisitPlanRecord,
  number: string,
  staff: StaffSpeaker,
  { at }: CommandContext,
): Promise<HandlerResult> {
  if (!(await mayAnswer(casework, staff, plan.assigneeId, plan.territoryId)))
    return answer('cases:staff.no_scope', number)
  if (plan.closedOn !== null) return answer('cases:staff.not_open', number)
  return answer('cases:staff.visit_contacted', number, [
    insert('AuditEntry', {
      at,
      actor: `staff:${staff.id}`,
      action: 'visit_contacted',
      subject: plan.id,
      detail: { number },
    }),
  ])
}

/** What goes over somebody's head does not exist for them. */
async function mayKnow(casework: Casework, staff: StaffSpeaker, { seenFrom, territoryId }: CaseRecord) {
  if (seenFrom === null) return true
  const [place] = await casework.registry.territories([territoryId])
  return place !== undefined && maySee(staff, seenFrom, place.path)
}

async function mayAnswer(
  casework: Casework,
  staff: StaffSpeaker,
  assigneeId: string | null,
  territoryId: string,
): Promise<boolean> {
  if (assigneeId === staff.id) return true
  const [place] = await casework.registry.territories([territoryId])
  return place !== undefined && covers(staff, place.path)
}

/** Without a number it can only mean the one matter that waits for an answer. */
async function onlyOpen(
  known: Known,
  word: Acknowledgement,
  staff: StaffSpeaker,
  context: CommandContext,
): Promise<HandlerResult> {
  const open = await known.casework.cases.openCasesAssignedTo(staff.id, MOST_OPEN)
  const waiting = open.filter((matter) => matter.acknowledgedAt === null)
  const [only] = waiting
  if (only && waiting.length === 1) return acknowledge(known, word, only, staff, context)
  const example = (only ?? open[0])?.number
  return answer(example === undefined ? 'cases:staff.which_none' : 'cases:staff.which', example)
}
