/** The one of the staff whom a command line names. */
import { AppError } from '../../base/errors.ts'
import type { PlainDate } from '../../base/time.ts'
import type { RegistryReads } from '../../domain/registry/ports.ts'
import { isThere } from '../../domain/registry/responsible.ts'
import { staffCalled, type CalledStaff } from '../../domain/registry/staff-called.ts'

/**
 * @param said name, phone, or a place before the name
 * @param evenLeft whoever has left may be meant too; among namesakes those who are there come first
 * @throws AppError STAFF_UNKNOWN, STAFF_AMBIGUOUS with the places of each, STAFF_LEFT
 */
export async function staffMeant(
  reads: RegistryReads,
  said: string,
  on: PlainDate,
  evenLeft: boolean,
): Promise<CalledStaff> {
  const called = await staffCalled(reads, said)
  const present = called.filter(({ leftOn }) => isThere(leftOn, on))
  const fit = present.length === 0 && evenLeft ? called : present
  const [only] = fit
  if (!only) throw new AppError(called.length > 0 ? 'STAFF_LEFT' : 'STAFF_UNKNOWN')
  if (fit.length > 1) throw new AppError('STAFF_AMBIGUOUS', { people: fit.map(labelOf).join(', ') })
  return only
}

/** `石建国 (吉首市/矮寨镇/阳孟村)` */
const labelOf = (one: CalledStaff): string => `${one.name} (${placesOf(one)})`

export const placesOf = ({ roles }: CalledStaff): string => [...new Set(roles.map(({ path }) => path))].join(' ')
