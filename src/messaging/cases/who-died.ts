/** Of a household of several: who has died is asked, with a button for each. */
import type { MemberRecord } from '../../domain/measures/ports.ts'
import type { Choice } from '../../flow/effects.ts'
import type { Casework } from '../casework.ts'
import type { Say } from '../handlers.ts'
import type { Bereaved, Died } from './record-death.ts'

/** What a tap carries: `died:<household>:<member>`. */
export const DIED_TAP = 'died:'
/** In place of a member: the head, whom the roster has no row for. */
export const HEAD = 'head'

export interface Living {
  readonly member: MemberRecord | null
  readonly name: string
  readonly isHead: boolean
}

/** The living, the head first. */
export async function livingIn({ deaths }: Pick<Casework, 'deaths'>, household: Bereaved): Promise<readonly Living[]> {
  const members = await deaths.membersOf(household.id)
  const head = members.find(({ name }) => name === household.head) ?? null
  const others = members.filter((member) => member !== head && member.diedOn === null)
  return [
    ...(head?.diedOn ? [] : [{ member: head, name: household.head, isHead: true }]),
    ...others.map((member) => ({ member, name: member.name, isHead: false })),
  ]
}

export const diedOf = (household: Bereaved, { member, name, isHead }: Living): Died => ({
  household,
  member,
  name,
  relation: isHead ? HEAD : null,
})

export async function whoDied(casework: Pick<Casework, 'deaths'>, household: Bereaved): Promise<Say> {
  const living = await livingIn(casework, household)
  const choices = living.map(({ member, name, isHead }): Choice => ({
    id: `${DIED_TAP}${household.id}:${member?.id ?? HEAD}`,
    label: { key: isHead ? 'referrals:death.head' : 'referrals:death.member', params: { name } },
  }))
  return { text: { key: 'referrals:death.who', params: { head: household.head } }, choices, numbered: true }
}
