/** `bangfu bind STAFF`: a one-time code for a chat account. */
import type { Writer } from '../../base/change.ts'
import { AppError } from '../../base/errors.ts'
import type { IdSource } from '../../base/ids.ts'
import { dateAt, HOUR, type Clock } from '../../base/time.ts'
import type { RegistryReads } from '../../domain/registry/ports.ts'
import { giveBindCode, spaced } from '../../messaging/bind/code.ts'
import type { BindReads } from '../../messaging/bind/ports.ts'
import type { DigitSource } from '../../messaging/move/digits.ts'
import type { PeoplePolicy } from '../../messaging/speaker/policy.ts'
import type { Text } from '../../text/text.ts'
import { placesOf, staffMeant } from '../staff/meant.ts'

export interface BindOptions {
  readonly staff: string
  readonly registry: RegistryReads
  readonly binding: BindReads
  readonly writer: Writer
  readonly policy: PeoplePolicy['bind']
  readonly digits: DigitSource
  readonly ids: IdSource
  readonly clock: Clock
  readonly zone: string
  readonly text: Text
  readonly language: string
  readonly out: { write(text: string): unknown }
}

/** Times that a code is made anew because somebody else gave one to the same person, or the same code, in that moment. */
const TRIES = 5

/** @throws AppError STAFF_UNKNOWN, STAFF_AMBIGUOUS, STAFF_LEFT, WRITE_CONFLICT */
export async function runBind(options: BindOptions): Promise<void> {
  const { policy, clock, text, language } = options
  const at = clock.now()
  const staff = await staffMeant(options.registry, options.staff, dateAt(at, options.zone), false)
  for (let tries = 0; tries < TRIES; tries++) {
    const given = await giveBindCode(staff.id, 'operator', { ...options, reads: options.binding }, at)
    if ((await options.writer.commit(given.changes)).kind !== 'committed') continue
    const params = { name: staff.name, places: placesOf(staff), code: spaced(given.code), hours: policy.validMs / HOUR }
    const lines = [
      text.say({ key: 'registry:cli.code', params }, language),
      ...(given.replaced > 0 ? [text.say({ key: 'registry:cli.code_replaces' }, language)] : []),
    ]
    options.out.write(`${lines.join('\n')}\n`)
    return
  }
  throw new AppError('WRITE_CONFLICT', { table: 'BindCode' })
}
