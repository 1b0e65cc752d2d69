/** 待办: what the staff member who asks has to do, what is overdue first. Names and places, so in private only. */
import { dateAt } from '../../base/time.ts'
import { normalise, unspaced } from '../../flow/answers/normalise.ts'
import type { Choice, TextRef } from '../../flow/effects.ts'
import type { Text } from '../../text/text.ts'
import type { Casework } from '../casework.ts'
import type { CommandContext, CommandHandler, HandlerResult, StaffSpeaker } from '../handlers.ts'
import { listOf } from '../visits/line-words.ts'
import { lastShown, noteShown } from '../visits/shown-list.ts'
import { toDoList, type ToDo } from '../visits/to-do-list.ts'

/** Items of one answer. */
const MOST_LINES = 20
/** Buttons under it: what can be answered with a tap. */
const MOST_BUTTONS = 6

const MORE_TAP = 'todo:more'
/** Under a reminder of several. */
const LIST_TAP = 'todo'

export function toDoCommand(casework: Casework, text: Text): CommandHandler {
  const formsOf = (key: string) => new Set(listOf(text, key).map((form) => unspaced(normalise(form))))
  const [words, more] = [formsOf('cases:commands.todo'), formsOf('visits:commands.more')]
  return async (context) => {
    const { staff } = context.speaker
    const said = unspaced(normalise(context.text))
    const goesOn = context.choice === null ? more.has(said) : context.choice === MORE_TAP
    const begins = context.choice === null ? words.has(said) : context.choice === LIST_TAP
    if (!staff || !(goesOn || begins)) return null
    if (context.group) return says([{ key: 'visits:todo.private' }])
    return shown(casework, staff, goesOn, context)
  }
}

/** One message, a sentence a line. */
const says = (sentences: readonly TextRef[], choices: readonly Choice[] = []): HandlerResult => ({
  changes: [],
  say: sentences.map((text, place) => ({
    text,
    ...(choices.length > 0 && place === sentences.length - 1 && { choices, numbered: false }),
  })),
  notices: [],
  matter: null,
})

/** The numbers go on where the list that was shown before ends, so that every one of them means one thing. */
async function shown(
  casework: Casework,
  staff: StaffSpeaker,
  goesOn: boolean,
  { speaker, at, zone }: CommandContext,
): Promise<HandlerResult> {
  const list = await toDoList(casework, staff, dateAt(at, zone))
  const before = (goesOn ? await lastShown(casework.visits, speaker.identityId) : null) ?? []
  const seen = new Set(before.map(({ kind, id }) => `${kind} ${id}`))
  const left = list.filter(({ kind, id }) => !seen.has(`${kind} ${id}`))
  const page = left.slice(0, MOST_LINES)
  if (page.length === 0) return says([{ key: 'visits:todo.none' }])
  const rest = left.length - page.length
  const places = new Set(list.map(({ where }) => where))
  const lines = page.flatMap((item, place): TextRef[] => [
    ...(places.size > 1 && headed(item, page[place - 1])
      ? [{ key: 'visits:todo.group', params: { where: item.where } }]
      : []),
    lineOf(item, before.length + place + 1),
  ])
  const choices = [
    ...page.flatMap(({ actions }) => actions).slice(0, MOST_BUTTONS),
    ...(rest > 0 ? [{ id: MORE_TAP, label: { key: 'visits:todo.more_label' } }] : []),
  ]
  return {
    ...says(
      [
        ...(goesOn ? [] : [{ key: 'visits:todo.title', params: { count: list.length } }]),
        ...lines,
        ...(page.some(({ kind }) => kind === 'visit') ? [{ key: 'visits:todo.foot' }] : []),
        ...(rest > 0 ? [{ key: 'visits:todo.more', params: { count: rest } }] : []),
      ],
      choices,
    ),
    changes: [noteShown(speaker.identityId, staff.id, [...before, ...page], { at })],
  }
}

const headed = (item: ToDo, before: ToDo | undefined): boolean =>
  !before || before.where !== item.where || before.isOverdue !== item.isOverdue

const lineOf = ({ number, what }: ToDo, n: number): TextRef =>
  // A visit has no number before its first reminder.
  number === ''
    ? { key: 'visits:todo.line_unnumbered', params: { n, what } }
    : { key: 'visits:todo.line', params: { n, number, what } }
