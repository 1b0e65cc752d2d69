/** Who of the roster a row means, and what becomes of it before anything is released. */
import type { CaseRecord } from '../cases/ports.ts'
import type { ComparedPerson } from './row.ts'
import type { RosterHousehold, RosterPerson, RowState } from './ports.ts'

/** The kind of matter that a comparison opens, whatever the cause: the household is what is looked at. */
export const LEAD_KIND = 'hardship'

export interface MatchFacts {
  /** Who has the ID number. */
  readonly byId: RosterPerson | null
  /** People of that name within the village that the row names; empty where it names none. */
  readonly namesakes: readonly RosterPerson[]
  readonly households: ReadonlyMap<string, RosterHousehold>
  /** Open matters of a household, of the kind that a comparison opens. */
  openCase(householdId: string): CaseRecord | null
  /** Yuan, at the household's place; null = every match counts. */
  threshold(territoryId: string): number | null
}

export interface Match {
  readonly state: RowState
  readonly householdId: string | null
  readonly memberId: string | null
  readonly caseId: string | null
}

const NOBODY: Match = { state: 'unknown', householdId: null, memberId: null, caseId: null }

/** A sum below the threshold is recorded only; without a sum or without a threshold every match counts. */
export function matchRow(person: ComparedPerson, facts: MatchFacts): Match {
  const found = facts.byId && facts.households.get(facts.byId.householdId)
  if (facts.byId && found && found.closedOn === null) {
    const who = { householdId: found.id, memberId: facts.byId.memberId }
    if (isBelow(person, facts.threshold(found.territoryId))) return { ...who, state: 'below', caseId: null }
    // The entry on the timeline waits for the release too.
    const isKnown = found.monitoredType !== null || facts.openCase(found.id) !== null
    return { ...who, state: isKnown ? 'known' : 'matched', caseId: null }
  }
  // Two people who both have an ID number, and not the same one, are two people.
  const namesakes = facts.namesakes.filter(
    ({ householdId, hasIdNumber }) =>
      facts.households.get(householdId)?.closedOn === null && !(hasIdNumber && person.idNumber !== null),
  )
  const [first] = namesakes
  const place = first && facts.households.get(first.householdId)
  if (!first || !place) return NOBODY
  const state = isBelow(person, facts.threshold(place.territoryId)) ? 'below' : 'candidate'
  return { ...NOBODY, state, householdId: namesakes.length === 1 ? first.householdId : null }
}

const isBelow = ({ amount }: ComparedPerson, threshold: number | null): boolean =>
  amount !== null && threshold !== null && amount < threshold
