import { cleanText } from './clean.ts'
import type { Input } from './input.ts'

/** What an input says in words, as the engine reads it; null when it says nothing in words. */
export function textIn(input: Input): string | null {
  if (input.kind === 'text') return cleanText(input.text)
  return input.kind === 'voice' && input.transcript !== null ? cleanText(input.transcript) : null
}
