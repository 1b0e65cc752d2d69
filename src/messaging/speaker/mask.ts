/** Names and numbers as they may be shown to whoever holds the phone. */
const HIDDEN = '×'

const hide = (count: number): string => HIDDEN.repeat(Math.max(1, count))

/**
 * The surname and nothing else; where two people would look the same, their last character too, or alone.
 * @returns one mask for each name, in order, no two alike where the names differ enough
 */
export function masksOf(names: readonly string[]): readonly string[] {
  const letters = names.map((name) => [...name.replace(/\s+/gu, '')])
  const ways: ((one: readonly string[]) => string)[] = [
    (one) => `${one[0] ?? ''}${hide(2)}`,
    (one) => (one.length > 2 ? `${one[0]}${HIDDEN}${one.at(-1)}` : `${one[0] ?? ''}${HIDDEN}`),
    (one) => (one.length > 1 ? `${HIDDEN}${one.at(-1)}` : HIDDEN),
  ]
  for (const way of ways) {
    const masks = letters.map(way)
    if (new Set(masks).size === masks.length) return masks
  }
  return letters.map((one, place) => `${one[0] ?? ''}${hide(2)} (${place + 1})`)
}

/** 138****5678 */
export const maskedPhone = (phone: string): string => `${phone.slice(0, 3)}****${phone.slice(-4)}`
