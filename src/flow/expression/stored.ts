import { numberText } from './numbers.ts'
import type { Compiled, Environment } from './environment.ts'

/**
 * The text that a calculation or default leaves in the answers: string(), but nothing at all for what is no number,
 * because people are never shown "NaN".
 */
export function storedText(compiled: Compiled, environment: Environment): string {
  const value = compiled.value(environment)
  switch (typeof value) {
    case 'number':
      return Number.isFinite(value) ? numberText(value) : ''
    case 'boolean':
      return value ? 'true' : 'false'
    case 'string':
      return value
    default:
      return value[0] ?? ''
  }
}
