import type { More } from './more.ts'
import { pathOf, type Place } from './place.ts'
import type { Run } from './run.ts'

type Kept = NonNullable<More['kept']>[string]

/** Keeps what belongs to an answer and is not its value; replaces what was kept for it before. */
export function keep(run: Run, place: Place, kept: Kept | null): void {
  if (kept === null && run.more.kept === undefined) return
  const path = pathOf(run.program, place)
  const { [path]: before, ...others } = run.more.kept ?? {}
  if (kept === null && before === undefined) return
  run.more = { ...run.more, kept: kept === null ? others : { ...others, [path]: kept } }
}

export const keptFor = (run: Run, place: Place): Kept | undefined =>
  run.more.kept === undefined ? undefined : run.more.kept[pathOf(run.program, place)]

/** Without what belonged to the question that was open until now. */
export function forgetOpen(run: Run): void {
  const { offered, confirming, gathering } = run.more
  if (!offered && !confirming && !gathering) return
  const { offered: _offered, confirming: _confirming, gathering: _gathering, ...rest } = run.more
  run.more = rest
}
