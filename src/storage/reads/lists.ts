/** Databases limit how many values one query may name. */
const LIST_LIMIT = 500

/** Runs `read` for at most 500 values at a time and joins what it gives, in the order of the values. */
export async function inParts<Value, Found>(
  values: readonly Value[],
  read: (part: readonly Value[]) => Promise<readonly Found[]>,
): Promise<Found[]> {
  const found: Found[] = []
  for (let start = 0; start < values.length; start += LIST_LIMIT) {
    found.push(...(await read(values.slice(start, start + LIST_LIMIT))))
  }
  return found
}

/** By code unit, as databases order texts. */
export const byText =
  <Item>(...texts: ((item: Item) => string)[]) =>
  (a: Item, b: Item): number => {
    for (const text of texts) {
      const [left, right] = [text(a), text(b)]
      if (left !== right) return left < right ? -1 : 1
    }
    return 0
  }

export const byId = byText<{ readonly id: string }>((row) => row.id)

/** Blank-separated words as stored. */
export const wordsOf = (text: string): string[] => text.split(' ').filter((word) => word !== '')
