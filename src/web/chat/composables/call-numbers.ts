/** Telephone numbers that stand in a message, so that they can be called by a tap. */

/** Mobile and fixed numbers; emergency numbers where they end a clause or stand beside another one. */
const NUMBERS = /(?:^|\D)(1[3-9]\d{9}|0\d{2,3}-?\d{7,8})(?!\d)/g
const EMERGENCY = /(?:^|\D)(110|119|120)(?!\d)/g
const EMERGENCY_ALONE = /(?:^|\D)(110|119|120)(?=[。，！；.!,;]|\s*$)/

export function callNumbers(text: string): readonly string[] {
  const emergency = unique(text, EMERGENCY)
  return [...(emergency.length > 1 || EMERGENCY_ALONE.test(text) ? emergency : []), ...unique(text, NUMBERS)]
}

const unique = (text: string, pattern: RegExp): string[] => [
  ...new Set([...text.matchAll(pattern)].map((match) => match[1] as string)),
]
