/** 措施, 加措施, 措施完成, 措施取消: the plan of a household (一户一策), line by line. Names and help are private. */
import { addDays, dateAt, instantOf } from '../../base/time.ts'
import type { CaseRecord } from '../../domain/cases/ports.ts'
import { matterNumber } from '../../domain/cases/matter-number.ts'
import { endMeasure, planMeasure } from '../../domain/measures/measures.ts'
import type { MeasureRecord } from '../../domain/measures/ports.ts'
import { suggestMeasures } from '../../domain/measures/suggest.ts'
import type { TextRef } from '../../flow/effects.ts'
import type { Text } from '../../text/text.ts'
import type { Casework } from '../casework.ts'
import type { CommandContext, CommandHandler, HandlerResult, StaffSpeaker } from '../handlers.ts'
import { listed } from '../report-case.ts'
import { colleagueNamed } from './colleague.ts'
import { answered, matterForStaff, told } from './matter-for-staff.ts'
import { measureWords, type MeasureWords } from './measure-said.ts'
import { notAMatter } from './not-a-matter.ts'
import { commandWords, type Typed } from './typed.ts'

/** When the clock looks at a day. */
const MORNING = '08:00'
const WORDS = ['plan', 'add', 'done', 'drop'] as const
type Word = (typeof WORDS)[number]

export function measuresCommand(casework: Casework, text: Text): CommandHandler {
  const words = commandWords(text, 'measures', WORDS)
  const said = measureWords(text, casework.measurePolicy.kinds)
  return async (context) => {
    const { staff } = context.speaker
    const typed = context.choice === null ? words.read(context.text) : null
    if (!typed || !staff) return null
    const [number] = typed.numbers
    if (number === undefined) return typed.rest === '' ? answered('measures:usage.plan') : null
    if (context.group) return answered('measures:private')
    const found = await matterForStaff(casework, number, staff)
    if (found.kind === 'refused') return (await notAMatter(casework, number, staff, context)) ?? found.answer
    const act: Act = { casework, said, matter: found.matter, staff, typed, context }
    switch (typed.word) {
      case 'plan':
        return showPlan(act)
      case 'add':
        return add(act)
      case 'done':
      case 'drop':
        return end(act, typed.word)
    }
  }
}

interface Act {
  readonly casework: Casework
  readonly said: MeasureWords
  readonly matter: CaseRecord
  readonly staff: StaffSpeaker
  readonly typed: Typed<Word>
  readonly context: CommandContext
}

async function showPlan({ casework, matter, context }: Act): Promise<HandlerResult> {
  const { measures, measurePolicy, registry } = casework
  const [plan, circumstances] = await Promise.all([measures.measuresOf([matter.id]), measures.circumstances(matter)])
  const owners = await registry.staff([...new Set(plan.flatMap(({ ownerId }) => ownerId ?? []))])
  const lines = plan.map((measure, place): TextRef => lineOf(measure, place + 1, owners))
  const planned = plan.filter(({ state }) => state !== 'dropped').map(({ kind }) => kind)
  const suggestions = suggestMeasures(circumstances, planned, measurePolicy).map(({ by, id, kinds }): TextRef => ({
    key: `measures:because.${by}.${id}`,
    params: { measures: listed(kinds.map((kind) => ({ key: `measures:kind.${kind}` }))) },
  }))
  const { number } = matter
  const sentences: TextRef[] = [
    { key: lines.length > 0 ? 'measures:plan.title' : 'measures:plan.empty', params: { number } },
    ...lines,
    ...(suggestions.length > 0 ? [{ key: 'measures:plan.suggested' }, ...suggestions] : []),
    { key: 'measures:plan.how', params: { number, by: dateAt(context.at, context.zone) } },
  ]
  return { changes: [], say: sentences.map((each) => ({ text: each })), notices: [], matter: null }
}

function lineOf(
  { kind, state, ownerId, dueOn, doneOn, amount, proof, note }: MeasureRecord,
  n: number,
  owners: readonly { readonly id: string; readonly name: string }[],
): TextRef {
  const owner = owners.find(({ id }) => id === ownerId)?.name
  return {
    key: `measures:line.${state === 'planned' && dueOn !== null ? 'due' : state}`,
    params: {
      n,
      kind: { key: `measures:kind.${kind}` },
      owner: owner ?? { key: 'measures:line.nobody' },
      due: dueOn ?? '',
      done: doneOn ?? '',
      amount: amount === null ? '' : { key: 'measures:line.amount', params: { amount } },
      photo: proof === null ? '' : { key: 'measures:line.photo' },
      note: note === null ? '' : { key: 'measures:line.note', params: { note } },
    },
  }
}

async function add({ casework, said, matter, staff, typed, context }: Act): Promise<HandlerResult> {
  const { number } = matter
  if (matter.closedAt !== null) return answered('cases:staff.not_open', { number })
  const { at, zone, ids } = context
  const on = dateAt(at, zone)
  const { kind, ownerName, note, ...rest } = said.read(typed.rest, on)
  const kinds = listed(casework.measurePolicy.kinds.map((each) => ({ key: `measures:kind.${each}` })))
  if (kind === null) return answered('measures:which_kind', { number, kinds })
  if (rest.dueOn !== null && rest.dueOn < on) return answered('measures:day_past', { due: rest.dueOn })
  const owner = ownerName === null ? null : await colleagueNamed(casework, ownerName, matter, on)
  if (owner && owner.kind !== 'found') return answered(`measures:owner_${owner.kind}`, { name: ownerName ?? '' })
  const ownerId = owner?.staff.id ?? (await helperOf(casework, matter)) ?? staff.id
  const tasks = await casework.tasks.openTasksOfCases([matter.id])
  const own = rest.dueOn === null ? '' : matterNumber(on, await casework.sequence.take(on))
  const leave = casework.watching.mayLeave('task', at)
  const { remindDaysBefore } = casework.measurePolicy
  const remindFrom = rest.dueOn === null ? leave : instantOf(addDays(rest.dueOn, -remindDaysBefore), MORNING, zone)
  const facts = { watching: casework.watching, number: own, tasks, told: leave, remindFrom }
  const { changes } = await planMeasure(matter, { kind, ownerId, note, ...rest }, staff.id, facts, at, ids)
  const [person] = await casework.registry.staff([ownerId])
  const params = {
    number,
    kind: { key: `measures:kind.${kind}` },
    owner: person?.name ?? staff.name,
    due: rest.dueOn ?? '',
    by: staff.name,
  }
  const dated = rest.dueOn === null ? '' : '_due'
  return answered(`measures:added${dated}`, params, {
    changes,
    notices: told([ownerId], staff.id, [{ text: { key: `measures:told_owner${dated}`, params } }], matter, leave),
  })
}

/** Whoever helps the household, else who has the matter. */
async function helperOf({ registry }: Casework, matter: CaseRecord): Promise<string | null> {
  const [household] = matter.householdId === null ? [] : await registry.households([matter.householdId])
  return household?.helperId ?? matter.assigneeId
}

async function end(
  { casework, said, matter, staff, typed, context }: Act,
  word: 'done' | 'drop',
): Promise<HandlerResult & { readonly photoOf?: string }> {
  const { number } = matter
  const plan = await casework.measures.measuresOf([matter.id])
  if (plan.length === 0) return answered('measures:plan.empty', { number })
  const place = /^\D{0,1}(\d{1,3})(?!\d)\D{0,1}?(?=\s|$)/u.exec(typed.rest)
  const only = plan.filter(({ state }) => state === 'planned')
  const measure = place ? plan[Number(place[1]) - 1] : only.length === 1 ? only[0] : undefined
  if (!measure) return answered('measures:which', { number, count: plan.length })
  const words = place ? typed.rest.slice(place[0].length).trim() : typed.rest
  const kind: TextRef = { key: `measures:kind.${measure.kind}` }
  if (measure.state !== 'planned') return answered(`measures:already_${measure.state}`, { kind })
  if (word === 'drop' && words === '') return answered('measures:drop_reason', { number, kind })
  const [sum = ''] = words.split(' ')
  const amount = word === 'done' ? said.sum(sum) : null
  const reason = word === 'drop' ? words : amount === null ? words : words.slice(sum.length).trim()
  const facts = {
    watching: casework.watching,
    tasks: await casework.tasks.openTasksOfCases([matter.id]),
    zone: context.zone,
  }
  const state = word === 'drop' ? 'dropped' : 'done'
  const ended = { state, amount, reason: reason === '' ? null : reason } as const
  const changes = await endMeasure(matter, measure, ended, staff.id, facts, context.at, context.ids)
  const key = state === 'dropped' ? 'dropped' : amount === null ? 'done' : 'done_sum'
  const answer = answered(`measures:${key}`, { number, kind, amount: amount ?? 0 }, { changes })
  return state === 'done' ? { ...answer, photoOf: measure.id } : answer
}
