/**
 * What holds for every channel, whatever the platform: one suite over stand-ins that behave as the platforms' documentation says.
 * What a platform hasn't (groups, buttons …) its stand-in names in `skips` with the reason, by the name of the check.
 */
import { describe, expect, test } from 'vitest'
import { FAULTS } from './contract-faults.ts'
import { LIFE } from './contract-life.ts'
import { RECEIVING } from './contract-receiving.ts'
import { SENDING } from './contract-sending.ts'
import { openWorld, type Limits, type World } from './contract-world.ts'
import type { Lent } from './lent.ts'
import type { StandIn } from './stand-in.ts'

/** Names are what `skips` names. */
export const CHECKS: Readonly<Record<string, (world: World) => Promise<void>>> = {
  ...RECEIVING,
  ...SENDING,
  ...FAULTS,
  ...LIFE,
}

/** Opens a platform's stand-in with a channel that is not started, which is lent what is given: `lent.hooks` may be filled in. */
export type Open = (lent: Lent) => Promise<StandIn>

/** @returns the reason where the stand-in leaves the check out, else null when it held. @throws when it did not */
export async function runCheck(name: string, open: Open, limits: Limits = {}): Promise<string | null> {
  const check = CHECKS[name]
  if (!check) throw new Error(`no such check: ${name}`)
  const world = await openWorld(open, limits)
  try {
    const reason = world.standIn.skips[name]
    if (reason !== undefined) return reason
    await check(world)
    const told = [world.standIn.log(), ...world.lent.logged].join('\n')
    for (const secret of world.standIn.secrets) expect(told, 'a secret is in the log').not.toContain(secret)
    return null
  } finally {
    await world.close()
  }
}

export function channelContract(name: string, open: Open, limits: Limits = {}): void {
  describe(`${name}: what every channel does`, () => {
    test('what is left out is known, each with a reason', async () => {
      const world = await openWorld(open, limits)
      try {
        const { skips } = world.standIn
        expect(Object.keys(skips).filter((skipped) => !(skipped in CHECKS))).toEqual([])
        expect(Object.values(skips).filter((reason) => reason.trim().length < 5)).toEqual([])
      } finally {
        await world.close()
      }
    })
    test.for(Object.keys(CHECKS))('%s', async (check, { skip }) => {
      const reason = await runCheck(check, open, limits)
      if (reason !== null) skip(reason)
    })
  })
}
