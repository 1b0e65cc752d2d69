/** Made-up people: the same for the same seed. */
import type { Random } from '../../base/random.ts'

export interface People {
  name(): string
  /** 161 is given to no carrier: nobody is called by mistake. Each number once. */
  phone(): string
  pick<Item>(items: readonly Item[]): Item
  /** Whole, both ends included. */
  between(min: number, max: number): number
  chance(share: number): boolean
}

const UNASSIGNED_PREFIX = '1610000'

export function people(random: Random, surnames: readonly string[], given: readonly string[]): People {
  let phones = 0
  const pick = <Item>(items: readonly Item[]): Item => items[Math.floor(random() * items.length)] as Item
  return {
    pick,
    name: () => pick(surnames) + pick(given) + (random() < 0.75 ? pick(given) : ''),
    phone: () => UNASSIGNED_PREFIX + String(phones++).padStart(4, '0'),
    between: (min, max) => min + Math.floor(random() * (max - min + 1)),
    chance: (share) => random() < share,
  }
}
