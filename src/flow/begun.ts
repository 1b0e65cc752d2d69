/** A text question that what was told before the first question began (told.ts): it is put once, for more. */
import type { AskRow } from './program.ts'
import type { Run } from './run.ts'

/** The open question has its beginning from what was told: more may be added. */
export const isBegun = (run: Run, row: AskRow): boolean => run.more.begun !== undefined && run.more.begun === row.path

/** Nothing more is added. */
export function closeBegun(run: Run, row: AskRow): void {
  if (!isBegun(run, row)) return
  const { begun: _begun, ...rest } = run.more
  run.more = rest
}
