const SECONDS: Readonly<Record<string, number>> = { m: 60, h: 3_600, d: 86_400, w: 604_800 }

/** `20h`, `7d`, `90m`, `2w` → seconds. @returns null for anything else. */
export function secondsOf(text: string): number | null {
  const match = /^(\d{1,4})\s*([mhdw])$/.exec(text.trim())
  return match ? Number(match[1]) * (SECONDS[match[2] as string] as number) : null
}
