/** Links the audit entries of a group to the end of the chain. The end is read in the transaction that appends to it. */
import { auditHash, CHAIN_START } from '../audit.ts'
import type { InsertStep } from './plan.ts'

/** Fills `chain`, `previous` and `hash`. @param head hash of the chain's last entry, null for none. @returns the new head */
export function link(step: InsertStep, chain: string, head: string | null): string {
  if (!step.audit) return head ?? CHAIN_START
  const previous = head ?? CHAIN_START
  const hash = auditHash(chain, previous, step.audit)
  const fill = { chain, previous, hash } as const
  for (const [name, value] of Object.entries(fill)) {
    step.values[step.table.inserted.findIndex((column) => column.name === name)] = value
  }
  return hash
}
