/** A number of one's own that the words around it don't fit, or a visit's or a task's alone: what it is, and how to answer it. */
import { isLikeMatterNumber, isMatterNumber } from '../../domain/cases/matter-number.ts'
import { normalise } from '../../flow/answers/normalise.ts'
import type { Casework } from '../casework.ts'
import { findMatter } from '../cases/find-matter.ts'
import type { CommandHandler } from '../handlers.ts'
import { answered } from './matter-for-staff.ts'
import { notAMatter } from './not-a-matter.ts'

/** Longer messages are talk. */
const LONGEST = 80

/** After every command that knows what to do with a number; before what villagers are asked about one. */
export function otherNumberCommand(casework: Casework): CommandHandler {
  return async (context) => {
    const { staff } = context.speaker
    if (!staff || context.group || context.choice !== null || context.text.length > LONGEST) return null
    const said = normalise(context.text)
    const number = (said.match(/\d{11,16}/g) ?? []).find((each) => isLikeMatterNumber(each))
    if (number === undefined) return null
    const other = await notAMatter(casework, number, staff, context)
    if (other) return other
    // A matter's number alone is answered elsewhere.
    if (said === number) return null
    if (!isMatterNumber(number)) return answered('cases:staff.bad_number', { number })
    const found = await findMatter(casework, number, staff)
    if (found.kind !== 'found') return { ...answered(''), say: [{ text: found.say }] }
    return answered('stages:other.case', { number, kind: { key: `cases:kind_staff.${found.matter.kind}` } })
  }
}
