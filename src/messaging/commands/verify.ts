/** 核查 26112200012: opens the form of the visit with what is known of the matter. A matter that nobody took up is taken up by it. */
import type { Text } from '../../text/text.ts'
import type { Casework } from '../casework.ts'
import { findMatter } from '../cases/find-matter.ts'
import { moveCase } from '../cases/move-case.ts'
import { moverOf } from '../cases/move-facts.ts'
import { refusedWords } from '../cases/step-words.ts'
import type { CommandContext, CommandHandler, HandlerResult, StaffSpeaker } from '../handlers.ts'
import { pickers } from '../pickers.ts'
import type { PickerReads } from '../ports.ts'
import type { StageHook } from '../stage-hooks.ts'
import type { TextRef } from '../../flow/effects.ts'
import { notAMatter } from './not-a-matter.ts'
import { readStageWord, stageForms } from './stage-said.ts'

const FLOW = 'verification'
/** Stages in which a visit is what comes next, or is noted once more. */
const OPEN_TO_VISITS = ['reported', 'accepted', 'verifying', 'comparing', 'village_review']
const TAPPED = /^stage:verifying:(\d{11,16})$/

export interface VerifyParts {
  readonly casework: Casework
  readonly hooks: readonly StageHook[]
  readonly pickers: PickerReads
  readonly text: Text
}

export function verifyCommand(parts: VerifyParts): CommandHandler {
  const forms = stageForms(parts.text)
  return async (context) => {
    const { staff } = context.speaker
    const said = context.choice === null ? readStageWord(context.text, forms) : null
    const number =
      context.choice !== null ? TAPPED.exec(context.choice)?.[1] : said?.word === 'verify' ? said.numbers[0] : undefined
    if (number === undefined) return null
    if (!staff) return says({ key: 'cases:staff.bind_first' })
    return begin(parts, number, staff, context)
  }
}

const says = (text: TextRef): HandlerResult => ({ changes: [], say: [{ text }], notices: [], matter: null })

async function begin(
  { casework, hooks, pickers: reads, text }: VerifyParts,
  number: string,
  staff: StaffSpeaker,
  context: CommandContext,
) {
  const found = await findMatter(casework, number, staff)
  if (found.kind !== 'found') return (await notAMatter(casework, number, staff, context)) ?? says(found.say)
  if (context.group) return says({ key: 'messaging:group.private' })
  const { matter } = found
  const { at, zone, ids } = context
  if (!OPEN_TO_VISITS.includes(matter.stage)) {
    const reason = matter.closedAt === null ? 'not_next' : 'closed'
    return says(refusedWords(number, { reason, params: { from: matter.stage, stage: 'verifying' } }))
  }
  const by = { kind: 'staff', id: staff.id } as const
  const mover = await moverOf(casework, matter, by, at, zone)
  if (mover.roles.length === 0) return says(refusedWords(number, { reason: 'no_scope', params: {} }))
  const taken =
    matter.stage === 'reported' ? await moveCase(casework, hooks, { matter, to: 'accepted', by, at, zone, ids }) : null
  if (taken?.kind === 'refused') return says(refusedWords(number, taken))
  const find = pickers(reads, { now: () => at }, zone, text)
  const lookup = { type: 'matter', level: null, text: number } as Parameters<typeof find>[0]
  const about = (await find(lookup, context.speaker)).find(({ value }) => value === number)?.about ?? {}
  return {
    changes: taken?.changes ?? [],
    say: [],
    notices: taken?.notices ?? [],
    matter: null,
    start: { flow: FLOW, answers: { self: staff.id, matter: number, ...about } },
  }
}
