/** Which round a row belongs to: what the command says, else what the row says. */
import type { Refusal } from '../../domain/registry/import/row.ts'

export interface RoundName {
  readonly round: string
  readonly source: string
  /** risk_cause */
  readonly kind: string
}

/** What the command line says in place of the columns; null = the rows say it. */
export type GivenName = { readonly [Part in keyof RoundName]: string | null }

/** As somebody types it in a chat: width and blanks make no other round. */
export const tidyRound = (name: string): string => name.normalize('NFKC').replace(/\s+/gu, ' ').trim()

export function roundNameOf(
  given: GivenName,
  cells: ReadonlyMap<string, string>,
  kinds: (said: string) => string | null,
): { readonly name: RoundName } | { readonly refusal: Refusal } {
  const part = (column: keyof RoundName) => given[column] ?? tidyRound(cells.get(column) ?? '')
  const said = { round: part('round'), source: part('source'), kind: part('kind') }
  for (const [column, value] of Object.entries(said))
    if (value === '') return { refusal: { column, reason: 'round_missing', params: { column } } }
  const kind = kinds(said.kind)
  if (kind === null) return { refusal: { column: 'kind', reason: 'unknown_kind', params: { value: said.kind } } }
  return { name: { ...said, kind } }
}
