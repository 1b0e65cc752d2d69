import type { Random } from '../../../base/random.ts'
import { ofNumber, ofString } from '../code.ts'
import type { Definitions } from './definition.ts'

const MAX_LENGTH = 1_000
const SIGNS = '0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ'
/** Version 4, variant 10 (RFC 9562 §5.4). */
const UUID = 'xxxxxxxx-xxxx-4xxx-yxxx-xxxxxxxxxxxx'

export const RANDOM: Definitions = {
  random: {
    least: 0,
    most: 0,
    make: (_args, { site }) => {
      site.notes.volatile = true
      return ofNumber((environment) => environment.random())
    },
  },
  uuid: {
    least: 0,
    most: 1,
    make: (args, { site }) => {
      site.notes.volatile = true
      const length = args[0]?.number
      if (!length) return ofString((environment) => uuid(environment.random))
      return ofString((environment, frame) => signs(environment.random, length(environment, frame)))
    },
  },
}

function uuid(random: Random): string {
  return UUID.replace(/[xy]/g, (place) => {
    const digit = Math.floor(random() * 16)
    return (place === 'x' ? digit : (digit & 3) | 8).toString(16)
  })
}

function signs(random: Random, length: number): string {
  const count = Math.min(MAX_LENGTH, Math.max(0, Math.trunc(length) || 0))
  return Array.from({ length: count }, () => SIGNS[Math.floor(random() * SIGNS.length)]).join('')
}
