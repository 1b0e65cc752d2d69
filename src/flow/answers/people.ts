/** People counted one by one: 我和老伴, 我、儿子和两个孙子. Who they are is clear, that nobody was left out is not. */
import type { Token } from './quantity-tokens.ts'

/** @returns how many people were named, or null when the tokens are no list of people. */
export function peopleNamed(tokens: readonly Token[]): number | null {
  let named = 0
  let number = 1
  let persons = false
  for (const token of tokens) {
    switch (token.kind) {
      case 'self':
      case 'kin':
        named += number
        number = 1
        persons = true
        break
      case 'number':
        if (token.values.length !== 1 || number !== 1) return null
        number = token.values[0] as number
        break
      case 'unit':
        if (!token.meanings.some((meaning) => meaning.dimension === 'person')) return null
        if (token.meanings.some((meaning) => meaning.kind === true)) {
          named += number
          number = 1
          persons = true
        }
        break
      case 'and':
        break
      default:
        return null
    }
  }
  const [first, second, third] = tokens
  const alone = named === 1 && first?.kind === 'self' && second?.kind === 'number' && second.values[0] === 1
  if (alone && (third === undefined || third.kind === 'unit') && tokens.length <= 3) return 1
  return persons && number === 1 && Number.isInteger(named) ? named : null
}

/** 我跟老婆两个人: named one by one and counted, and both agree. */
export function peopleCounted(tokens: readonly Token[]): number | null {
  const unit = tokens.at(-1)
  const end = unit?.kind === 'unit' && unit.meanings.some((meaning) => meaning.dimension === 'person') ? -1 : undefined
  const list = tokens.slice(0, end)
  const number = list.at(-1)
  if (number?.kind !== 'number' || list.length < 3) return null
  const named = peopleNamed(list.slice(0, -1))
  return named !== null && named === number.values[0] && number.values.length === 1 ? named : null
}
