/** What staff type about the stage of a matter: 公示 26112200012, 不纳入 … and why, several numbers in one line, or a button. */
import { dateAt } from '../../base/time.ts'
import type { Change } from '../../base/change.ts'
import type { CaseRecord } from '../../domain/cases/ports.ts'
import type { TextRef } from '../../flow/effects.ts'
import type { Text } from '../../text/text.ts'
import type { Casework } from '../casework.ts'
import { findMatter } from '../cases/find-matter.ts'
import { nextSteps } from '../cases/next-steps.ts'
import { answerFinding } from '../cases/second-person.ts'
import { runStep } from '../cases/stage-steps.ts'
import type { StepPlace, StepSaid } from '../cases/step-terms.ts'
import { markOf, refusedWords } from '../cases/step-words.ts'
import type { CommandContext, CommandHandler, HandlerResult, Notice, Say, StaffSpeaker } from '../handlers.ts'
import type { StageHook } from '../stage-hooks.ts'
import { remedyIn, remedyForms, type RemedyForms } from './remedy-said.ts'
import { dayIn, readStageWord, stageForms, type StageForms, type StageSaid, type StageWord } from './stage-said.ts'

/** What a button means; those of a stage that staff must say more about have none. */
const BUTTONS: Readonly<Record<string, Pick<StageSaid, 'word' | 'outcome'>>> = {
  accepted: { word: 'accept', outcome: null },
  comparing: { word: 'compare', outcome: null },
  village_review: { word: 'review', outcome: null },
  public_notice: { word: 'notice', outcome: null },
  township_review: { word: 'no_objection', outcome: null },
  county_confirmed: { word: 'confirm', outcome: null },
  not_included: { word: 'refuse', outcome: null },
  assisting: { word: 'assist', outcome: null },
  removal_proposed: { word: 'propose_removal', outcome: null },
  removal_review: { word: 'notice', outcome: null },
  risk_removed: { word: 'remove', outcome: null },
  follow_up: { word: 'follow_up', outcome: null },
  fixing: { word: 'working', outcome: null },
  done: { word: 'done', outcome: null },
  confirmed_by_villager: { word: 'confirm', outcome: null },
  passed: { word: 'township', outcome: 'passed' },
  finding_right: { word: 'finding_right', outcome: null },
}

/** Handled by commands of their own. */
const ELSEWHERE: ReadonlySet<StageWord> = new Set(['verify', 'timeline'])

interface Known {
  readonly casework: Casework
  readonly hooks: readonly StageHook[]
  readonly forms: StageForms
  readonly remedies: RemedyForms
}

export function stageWordsCommand(casework: Casework, hooks: readonly StageHook[], text: Text): CommandHandler {
  const known: Known = { casework, hooks, forms: stageForms(text), remedies: remedyForms(text) }
  return async (context) => {
    const said =
      context.choice === null ? readStageWord(context.text, known.forms) : tapped(context.choice, known.forms)
    if (!said || ELSEWHERE.has(said.word)) return null
    const { staff } = context.speaker
    // Which one is meant by 受理 alone is known to the command of acknowledgements.
    if (said.numbers.length === 0 && said.word === 'accept') return null
    if (said.numbers.length === 0) return staff && !context.group && isAlone(said) ? says(which(said)) : null
    if (!staff) return says({ key: 'cases:staff.bind_first' })
    return said.word === 'duplicate' ? together(known, said, staff, context) : eachOf(known, said, staff, context)
  }
}

const says = (text: TextRef): HandlerResult => ({ changes: [], say: [{ text }], notices: [], matter: null })
const which = (said: StageSaid): TextRef => ({ key: 'stages:which', params: { word: said.form } })
const isAlone = (said: StageSaid) => said.reason === null && said.lateReason === null

function tapped(choice: string, forms: StageForms): StageSaid | null {
  const [, to = '', number = ''] = /^stage:([a-z_]+):(\d{11,16})$/.exec(choice) ?? []
  const button = Object.hasOwn(BUTTONS, to) ? BUTTONS[to] : undefined
  if (!button) return null
  const form = forms.words.find(([, word]) => word === button.word)?.[0] ?? ''
  return { ...button, form, numbers: [number], reason: null, lateReason: null }
}

/** Both numbers are about one thing: the first goes on in the second. */
async function together(known: Known, said: StageSaid, staff: StaffSpeaker, context: CommandContext) {
  const [number = '', second] = said.numbers
  if (second === undefined) {
    return says(refusedWords(number, { reason: 'other_matter_missing', params: {} }, `${said.form} ${number}`))
  }
  const other = await findMatter(known.casework, second, staff)
  if (other.kind !== 'found') return says(other.say)
  return collected([await one(known, { ...said, other: other.matter }, number, staff, context)])
}

async function eachOf(known: Known, said: StageSaid, staff: StaffSpeaker, context: CommandContext) {
  const answers: Answer[] = []
  for (const number of said.numbers) answers.push(await one(known, { ...said, other: null }, number, staff, context))
  // Numbers of visits and tasks belong to other commands.
  if (answers.every(({ isOther }) => isOther)) return null
  return collected(answers, !context.group && said.numbers.length === 1)
}

interface Answer {
  readonly changes: readonly Change[]
  readonly notices: readonly Notice[]
  readonly say: readonly Say[]
  readonly matter: HandlerResult['matter']
  readonly isOther?: boolean
}

function collected(answers: readonly Answer[], withButtons = false): HandlerResult {
  return {
    changes: answers.flatMap(({ changes }) => changes),
    notices: answers.flatMap(({ notices }) => notices),
    say: answers.flatMap(({ say }) => (withButtons ? say : say.map(({ text }) => ({ text })))),
    matter: answers.length === 1 ? (answers[0]?.matter ?? null) : null,
  }
}

const plain = (text: TextRef, isOther = false): Answer => ({
  changes: [],
  notices: [],
  say: [{ text }],
  matter: null,
  isOther,
})

async function one(
  known: Known,
  said: StageSaid & Pick<StepSaid, 'other'>,
  number: string,
  staff: StaffSpeaker,
  context: CommandContext,
): Promise<Answer> {
  const { casework, hooks } = known
  const { at, zone, ids } = context
  const isFinding = said.word === 'finding_right' || said.word === 'finding_wrong'
  const found = await findMatter(casework, isFinding ? await numberMeant(casework, number) : number, staff)
  if (found.kind !== 'found') return plain(found.say, found.kind === 'none')
  const { matter } = found
  const place: StepPlace = { casework, hooks, staffId: staff.id, at, zone, ids }
  const { word } = said
  if (word === 'finding_right' || word === 'finding_wrong') return finding(place, said, found.matter, staff, context)
  if (word === 'confirm' && (await isAsked(casework, matter, staff)))
    return finding(place, { ...said, word: 'finding_right' }, matter, staff, context)
  if (word === 'verify' || word === 'timeline')
    return plain({ key: 'cases:staff.unknown_number', params: { number } }, true)
  const on = word === 'notice' ? dayIn(said.reason, at, zone) : null
  if (on === 'impossible') {
    return plain({ key: 'stages:refused.date_impossible', params: { number, said: said.reason ?? '' } })
  }
  const remedy = word === 'done' && said.reason !== null ? remedyIn(said.reason, known.remedies) : null
  const reason = on === null ? said.reason : null
  const result = await runStep(place, matter, { ...said, word, on, reason, remedy })
  if (result.kind === 'refused') {
    return plain(
      refusedWords(number, { ...result, params: { from: matter.stage, ...result.params } }, `${said.form} ${number}`),
    )
  }
  const next = context.group ? null : await nextSteps(casework, result.matter, staff.id, at, zone, result.changes)
  const { stageDueOn } = result.matter
  const due: readonly Say[] =
    result.matter.stage !== matter.stage && stageDueOn !== null && stageDueOn >= dateAt(at, zone)
      ? [{ text: { key: 'stages:moved.by', params: { by: stageDueOn } } }]
      : []
  return {
    changes: result.changes,
    notices: result.notices,
    say: withChoices([{ text: result.say }, ...due], next?.choices ?? []),
    matter: markOf(result.matter),
  }
}

/** Whoever is asked to confirm a finding means that. */
const isAsked = async ({ progress }: Casework, { id, stage }: CaseRecord, staff: StaffSpeaker): Promise<boolean> =>
  stage === 'verifying' &&
  (await progress.confirmationsOf(id)).some(({ state, staffId }) => state === 'waiting' && staffId === staff.id)

/** The reminder of a finding that waits has a number of its own. */
async function numberMeant({ tasks, cases }: Casework, number: string): Promise<string> {
  const task = await tasks.taskByNumber(number)
  if (task?.kind !== 'second_confirm' || task.caseId === null) return number
  return (await cases.cases([task.caseId]))[0]?.number ?? number
}

/** Under the last sentence. */
const withChoices = (say: readonly Say[], choices: Say['choices'] & object): readonly Say[] =>
  say.map((sentence, place) =>
    place === say.length - 1 && choices.length > 0 ? { ...sentence, choices, numbered: false } : sentence,
  )

/** In a group it is said that it is noted, and nothing of what was found. */
async function finding(
  place: StepPlace,
  said: StageSaid,
  matter: Parameters<typeof answerFinding>[1],
  staff: StaffSpeaker,
  context: CommandContext,
): Promise<Answer> {
  if (said.word === 'finding_wrong' && said.reason === null) {
    const example = `${said.form} ${matter.number}`
    return plain(refusedWords(matter.number, { reason: 'reason_missing', params: {} }, example))
  }
  const wrong = said.word === 'finding_wrong' ? said.reason : null
  const answer = await answerFinding({ ...place, staffName: staff.name }, matter, wrong)
  if (answer.kind === 'refused') return plain(answer.say)
  const say = context.group ? answer.say.slice(0, 1) : answer.say
  return {
    changes: answer.changes,
    notices: answer.notices,
    say: say.map((text) => ({ text })),
    matter: markOf(answer.matter),
  }
}
