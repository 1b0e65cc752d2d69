/** What was understood is said back with the next question; 改 right behind it opens that answer again. */
import type { TextRef } from './effects.ts'
import { labelOf, linesOf, type Line } from './lines.ts'
import { pathOf, type Place } from './place.ts'
import type { AskRow } from './program.ts'
import type { Run } from './run.ts'
import { shown } from './spoken.ts'

export interface SaidBack {
  readonly value: string
  readonly approximate?: boolean
  /** As the understanding shows it, where a type has no way of its own. */
  readonly echo?: string | null
}

/** Says one answer back. @returns where in the effects */
export function sayBack(run: Run, row: AskRow, place: Place, answer: SaidBack): number {
  noteSaidBack(run, [place])
  return run.effects.push(echoOf(valueShown(run, row, place, answer))) - 1
}

/** Says several answers of one message back, each with its name. @returns where in the effects */
export function sayAllBack(
  run: Run,
  answers: readonly { readonly row: AskRow; readonly place: Place; readonly answer: SaidBack }[],
): number {
  noteSaidBack(
    run,
    answers.map(({ place }) => place),
  )
  const lines = linesOf(run)
  const parts = answers.map(({ row, place, answer }): TextRef => {
    const value = valueShown(run, row, place, answer)
    const line = lines.find(({ place: at }) => isSame(at, place))
    return line ? { key: 'flow:echo_part', params: { short: labelOf(run, line), value } } : value
  })
  const [first, ...rest] = parts
  const said = rest.reduce<TextRef>(
    (before, part) => ({ key: 'flow:and', params: { first: before, rest: part } }),
    first ?? { literal: '' },
  )
  return run.effects.push(echoOf(said)) - 1
}

const echoOf = (value: TextRef) => ({ kind: 'say', text: { key: 'flow:echo', params: { value } } }) as const

const isSame = (one: Place, other: Place): boolean =>
  one.row === other.row && one.position.join() === other.position.join()

function valueShown(run: Run, row: AskRow, place: Place, { value, approximate, echo }: SaidBack): TextRef {
  const isPicked = row.type === 'territory' || row.type === 'household' || row.type === 'staff'
  const said: TextRef =
    row.list || row.unit || row.type === 'date' || row.type === 'dateTime' || isPicked
      ? shown(run, row, place.position, value)
      : { literal: echo ?? value }
  return approximate ? { key: 'flow:about', params: { value: said } } : said
}

/** How to put it right is said once, and only where there is still something to put right. */
export function sayHowToMend(run: Run, echoAt: number): void {
  const effect = run.effects[echoAt]
  const isOver = run.phase !== 'asking' && run.phase !== 'review'
  if (run.more.echoed === 1 || isOver || effect?.kind !== 'say' || !('key' in effect.text)) return
  run.more = { ...run.more, echoed: 1 }
  run.effects[echoAt] = { ...effect, text: { ...effect.text, key: 'flow:echo_first' } }
}

function noteSaidBack(run: Run, places: readonly Place[]): void {
  const paths = places.map((place) => pathOf(run.program, place))
  run.more = { ...run.more, saidBack: { paths, revision: run.revision + 1 } }
}

/** The answers that were said back in the very message before this one, as lines to edit. */
export function linesSaidBack(run: Run): readonly Line[] {
  const { saidBack } = run.more
  if (saidBack === undefined || saidBack.revision !== run.revision) return []
  return linesOf(run).filter(({ path }) => saidBack.paths.includes(path))
}
