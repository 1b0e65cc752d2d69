/** Who hears of it: looked up at the moment of sending. */
import type { PlainDate } from '../base/time.ts'
import { isAway } from '../domain/registry/cover.ts'
import type { CoverRecord, GroupRecord, RegistryReads, StaffAccount, StaffRecord } from '../domain/registry/ports.ts'
import {
  answererIn,
  isThere,
  leadIn,
  reachableIn,
  readChain,
  responsibleIn,
  type Chain,
} from '../domain/registry/responsible.ts'
import { whoseTurn, type TurnReads } from '../messaging/cases/turn-holder.ts'
import type { Recipient, Rule } from './policy.ts'
import { assigneeOf, territoryOf, type Subject } from './subjects.ts'

export interface Directory {
  /** Whom it is owed by, away or not: for a stage whoever acts in it. */
  owner(rule: Rule, subject: Subject): Promise<string | null>
  /** Staff ids, nearest first, each once. Empty when nobody is left to ask. */
  people(rule: Rule, to: readonly Recipient[], subject: Subject): Promise<readonly string[]>
  /** Groups of staff of that purpose for the subject's place. */
  groups(to: readonly Recipient[], subject: Subject): Promise<readonly GroupRecord[]>
  staff(id: string): Promise<StaffRecord | null>
  account(staffId: string): Promise<StaffAccount | null>
}

/** Remembers what it read: made anew for each run. */
export function directory(registry: RegistryReads, on: PlainDate, turns?: TurnReads): Directory {
  const chains = new Map<string, Promise<Chain>>()
  const people = new Map<string, Promise<StaffRecord | null>>()
  const addresses = new Map<string, Promise<StaffAccount | null>>()
  const groups = new Map<string, Promise<readonly GroupRecord[]>>()
  let away: Promise<readonly CoverRecord[]> | undefined

  const chainOf = (territoryId: string) => kept(chains, territoryId, () => readChain(registry, territoryId))
  const staff = (id: string) => kept(people, id, async () => (await registry.staff([id]))[0] ?? null)
  const account = (id: string) => kept(addresses, id, async () => heardLast(await registry.accounts([id])))

  const owner = async (rule: Rule, subject: Subject): Promise<string | null> => {
    if (!turns || rule.on !== 'case_stage' || subject.kind !== 'case') return assigneeOf(subject)
    const acting = await whoseTurn(turns, await chainOf(territoryOf(subject)), subject.matter, on)
    return acting ?? assigneeOf(subject)
  }

  /** Somebody who left, or is away without anybody who may stand in, is answered for by the place. */
  const assignee = async (rule: Rule, subject: Subject): Promise<string | null> => {
    const id = await owner(rule, subject)
    const person = id === null ? null : await staff(id)
    if (person && isThere(person.leftOn, on)) {
      const covers = await (away ??= registry.coversOn(null, on))
      if (!isAway(person.id, covers, on)) return person.id
      return answererIn(await chainOf(territoryOf(subject)), person.id, on, covers, seenFromOf(subject))
    }
    const chain = await chainOf(territoryOf(subject))
    const level = seenFromOf(subject)
    return level === null ? responsibleIn(chain, on) : leadIn(chain, level, on)
  }

  return {
    owner,
    staff,
    account,
    async people(rule, to, subject) {
      const found: string[] = []
      for (const each of to) {
        if (each.kind === 'group') continue
        const id =
          each.kind === 'assignee'
            ? await assignee(rule, subject)
            : leadIn(await chainOf(territoryOf(subject)), atLeast(each.level, seenFromOf(subject)), on)
        if (id !== null && !found.includes(id)) found.push(id)
      }
      if (rule.on !== 'urgent_case' && rule.on !== 'danger_case') return found
      // An alarm that nobody can hear goes to the nearest person who can.
      const heard = await Promise.all(found.map(account))
      if (heard.some((each) => each !== null)) return found
      return [...found, ...reachableIn(await chainOf(territoryOf(subject)), on).slice(0, 1)]
    },
    async groups(to, subject) {
      const purposes = to.flatMap((each) => (each.kind === 'group' ? [each.purpose] : []))
      const { lineage } = await chainOf(territoryOf(subject))
      const places = lineage.map((place) => place.id)
      const all = await kept(groups, places.join(' '), () => registry.groupsIn(places))
      return all.filter((group) => isForStaff(group) && purposes.some((purpose) => group.purposes.includes(purpose)))
    },
  }
}

/** Lowest level whose staff may know of it; null = everybody in scope. */
const seenFromOf = (subject: Subject): string | null =>
  subject.kind === 'visit' ? null : subject.kind === 'task' ? subject.task.seenFrom : subject.matter.seenFrom

const LEVELS = ['village', 'township', 'county']

const atLeast = (level: string, seenFrom: string | null): string =>
  seenFrom !== null && LEVELS.indexOf(seenFrom) > LEVELS.indexOf(level) ? seenFrom : level

/** Of several accounts of one person the one that was heard last; of those never heard the first. */
const heardLast = (accounts: readonly StaffAccount[]): StaffAccount | null =>
  [...accounts].sort((a, b) => (b.heardAt ?? 0) - (a.heardAt ?? 0))[0] ?? null

/** Unknown counts as public: nothing about matters is said there. */
export const isForStaff = (group: GroupRecord): boolean => group.audience === 'staff'

function kept<T>(cache: Map<string, Promise<T>>, key: string, read: () => Promise<T>): Promise<T> {
  let found = cache.get(key)
  if (!found) cache.set(key, (found = read()))
  return found
}
