/** 挂牌 / 不挂牌 and a number, or the buttons under the proposal: a county officer decides, nobody else, and no rule by itself. */
import { isMatterNumber } from '../../domain/cases/matter-number.ts'
import { answerListing, LISTING_ROLE, readListingRef } from '../../domain/tasks/listing.ts'
import type { TaskRecord } from '../../domain/tasks/ports.ts'
import { taskKey } from '../../domain/tasks/tasks.ts'
import type { Text } from '../../text/text.ts'
import type { Casework } from '../casework.ts'
import type { CommandContext, CommandHandler, HandlerResult, StaffSpeaker } from '../handlers.ts'
import { maySee } from '../scope.ts'
import { commandWords, type CommandWords } from './typed.ts'

/** Tasks looked through for the one that is meant when no number is given. */
const MOST_TASKS = 100

type Word = 'list' | 'decline'

interface Said {
  readonly listed: boolean
  readonly number: string | null
  readonly reason: string | null
}

export function listingCommand(casework: Casework, text: Text): CommandHandler {
  const words = commandWords<Word>(text, 'listing', ['list', 'decline'])
  return async (context) => {
    const said = read(context, words)
    if (!said) return null
    const { staff } = context.speaker
    if (!staff) return said.number === null ? null : answer('cases:staff.bind_first')
    if (said.number === null) return context.group ? null : onlyOne(casework, said, staff, context)
    if (!isMatterNumber(said.number)) return answer('cases:staff.bad_number', said.number)
    return decide(casework, said.number, said, staff, context)
  }
}

function read({ text, choice }: CommandContext, words: CommandWords<Word>): Said | null {
  if (choice !== null) {
    const tapped = /^listing:(\d+):(yes|no)$/.exec(choice)
    return tapped ? { listed: tapped[2] === 'yes', number: tapped[1] as string, reason: null } : null
  }
  const typed = words.read(text)
  if (!typed) return null
  const number = typed.numbers[0] ?? null
  // Without a number a longer sentence is talk.
  if (number === null && typed.rest !== '') return null
  return { listed: typed.word === 'list', number, reason: typed.rest === '' ? null : typed.rest }
}

const answer = (key: string, number = ''): HandlerResult => ({
  changes: [],
  say: [{ text: { key, params: { number } } }],
  notices: [],
  matter: null,
})

async function decide(
  casework: Casework,
  number: string,
  { listed, reason }: Said,
  staff: StaffSpeaker,
  { at, ids }: CommandContext,
): Promise<HandlerResult> {
  const { cases, registry, tasks, visits, watching } = casework
  const named = await tasks.taskByNumber(number)
  const matter = named ? null : await cases.caseByNumber(number)
  const plan = named || matter ? null : await visits.planByNumber(number)
  const about = matter ?? plan
  const territoryId = named?.territoryId ?? about?.territoryId
  const [place] = territoryId === undefined ? [] : await registry.territories([territoryId])
  if (!place || !maySee(staff, named?.seenFrom ?? matter?.seenFrom ?? null, place.path))
    return answer('cases:staff.unknown_number', number)
  if (!isOfficerFor(staff, place.path)) return answer('listing:not_yours')
  const task = named ?? (about && (await tasks.taskByOpenKey(taskKey('listing', about.id))))
  if (task?.kind !== 'listing') {
    if (matter && matter.listedAt !== null) return answer('listing:already', number)
    if (matter?.closedAt || plan?.closedOn) return answer('listing:settled', number)
    return answer('listing:not_proposed', number)
  }
  const shown = task.detail ?? number
  if (task.closedAt !== null) return answer('listing:answered', shown)
  if (await isSettled(casework, task)) return answer('listing:settled', shown)
  const of = task.caseId === null ? null : ((await cases.cases([task.caseId]))[0] ?? null)
  const changes = await answerListing({ task, listed, staffId: staff.id, reason, matter: of, at, ids }, watching)
  return {
    ...answer(listed ? 'listing:done' : 'listing:declined', shown),
    changes,
    matter: of && { number: of.number, kind: of.kind, stage: of.stage },
  }
}

/** Done while the proposal waited. */
async function isSettled({ cases, visits }: Casework, task: TaskRecord): Promise<boolean> {
  const subject = readListingRef(task.refId)?.subjectId
  if (subject === undefined) return false
  const [[matter], [plan]] = await Promise.all([cases.cases([subject]), visits.plans([subject])])
  return (matter?.closedAt ?? plan?.closedOn ?? null) !== null
}

const isOfficerFor = (staff: StaffSpeaker, path: string): boolean =>
  staff.scopes.some(
    (scope) => scope.role === LISTING_ROLE && (path === scope.path || path.startsWith(`${scope.path}/`)),
  )

/** Without a number it can only mean the one proposal that waits. */
async function onlyOne(
  casework: Casework,
  said: Said,
  staff: StaffSpeaker,
  context: CommandContext,
): Promise<HandlerResult> {
  const open = await casework.tasks.openTasksAssignedTo(staff.id, MOST_TASKS)
  const waiting = open.filter((task) => task.kind === 'listing')
  const [first] = waiting
  if (first && waiting.length === 1) return decide(casework, first.number, said, staff, context)
  return first ? answer('listing:which', first.number) : answer('listing:which_none')
}
