/** Who is called when the level above wants to hear for itself: never one household alone, so that nobody can tell who said something. */
import type { Random } from '../../base/random.ts'

/**
 * @param others households of the same village; the one that is meant may be among them
 * @param count how many beside it
 * @returns in an order that tells nothing; null when the village has too few to hide among
 */
export function drawSpotCheck(
  householdId: string,
  others: readonly string[],
  count: number,
  random: Random,
): readonly string[] | null {
  const pool = others.filter((id) => id !== householdId)
  if (pool.length < count) return null
  return shuffled([householdId, ...shuffled(pool, random).slice(0, count)], random)
}

/** Fisher and Yates. */
function shuffled<One>(all: readonly One[], random: Random): One[] {
  const cards = [...all]
  for (let place = cards.length - 1; place > 0; place -= 1) {
    const other = Math.floor(random() * (place + 1))
    const card = cards[place] as One
    cards[place] = cards[other] as One
    cards[other] = card
  }
  return cards
}
