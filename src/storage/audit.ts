/**
 * The audit log as a chain: each entry's hash covers the entry and the hash of the one before it, so that an entry can be
 * neither changed nor taken out without all later ones giving it away.
 */
import { createHash } from 'node:crypto'
import type { Row } from '../base/change.ts'
import type { Json } from '../base/json.ts'

export const AUDIT_TABLE = 'AuditEntry'

/** `previous` of the first entry of a chain. */
export const CHAIN_START = '0'.repeat(64)

export interface AuditFacts {
  /** Milliseconds. */
  readonly at: number
  readonly actor: string
  readonly action: string
  readonly subject: string
  readonly detail: Json
}

export const auditFacts = (row: Row): AuditFacts => ({
  at: Number(row['at']),
  actor: String(row['actor']),
  action: String(row['action']),
  subject: String(row['subject']),
  detail: (row['detail'] ?? null) as Json,
})

/** @returns sha256, hex */
export function auditHash(chain: string, previous: string, facts: AuditFacts): string {
  const text = canonical([chain, previous, facts.at, facts.actor, facts.action, facts.subject, facts.detail])
  return createHash('sha256').update(text).digest('hex')
}

/** @returns the index of the first entry that does not follow from the one before it, or null. Entries of one chain, by id. */
export function brokenAt(
  chain: string,
  entries: readonly (AuditFacts & { readonly previous: string; readonly hash: string })[],
): number | null {
  let previous = CHAIN_START
  for (const [index, entry] of entries.entries()) {
    if (entry.previous !== previous || entry.hash !== auditHash(chain, previous, entry)) return index
    previous = entry.hash
  }
  return null
}

/** JSON with sorted keys: databases may give the keys back in another order. */
function canonical(value: Json): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join()}]`
  if (typeof value !== 'object' || value === null) return JSON.stringify(value)
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1))
  return `{${entries.map(([key, inner]) => `${JSON.stringify(key)}:${canonical(inner as Json)}`).join()}}`
}
