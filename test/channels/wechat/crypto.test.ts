import fc from 'fast-check'
import { expect, test } from 'vitest'
import { messageCipher } from '../../../src/channels/wechat/crypto.ts'

/** All of one key: `openssl enc -aes-256-cbc -nopad` over content put together by hand, random bytes 0 to 15. */
const KEY = 'abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG'
const APP = 'wx0123456789abcdef'
const COUNTED = () => Uint8Array.from({ length: 16 }, (_, byte) => byte)
const SHORT = 'IG+0eOkLdhYW9kHtuT3HY3du8ldnL1ihGkSsJt8W'

const cipher = messageCipher(KEY, APP, COUNTED)

const COMPUTED = [
  [
    '<xml><Content>粮</Content></xml>',
    'IG+0eOkLdhYW9kHtuT3HY5bHCSR3FN7KpsMrzQ9AtIe91+crzxRKx0vFYfpVFLKjfr5Auw3PZVzuHQr5txwkX4PEu1WYhpFZhNXkaUOtXyzeEGR4HodbGGQi8UQVSwsI',
  ],
  ['', 'IG+0eOkLdhYW9kHtuT3HY5s5R8VpZ61LmCDi4+DNC7eAWW4fPc/VAJbmcyEEpyySz5LRxN/urzDKLiElJZAnzA=='],
  // What fills its blocks gets a whole one of padding.
  [
    'x'.repeat(26),
    'IG+0eOkLdhYW9kHtuT3HY0O5yvzAk38uH0gPybMa9buiEB1FUwFwqLgyHbni+0/NaFLKLbvuUaLR6Sl45F5YD7LsBFHyQZKMm75WS8TvY7z/ZG9NMsQ2c5mPhvqIgwpT',
  ],
] as const

test.each(COMPUTED)('what another implementation enclosed: %s', (message, enclosed) => {
  expect(cipher.seal(message)).toBe(enclosed)
  expect(cipher.open(enclosed)).toEqual({ message })
})

test('the sample that the platform publishes', () => {
  const sample = messageCipher(KEY, 'wxb11529c136998cb6', () => Buffer.from('aaaabbbbccccdddd'))
  const enclosed = 'jn1L23DB+6ELqJ+6bruv21Y6MD7KeIfP82D6gU39rmkgczbWwt5+3bnyg5K55bgVtVzd832WzZGMhkP72vVOfg=='
  expect(sample.seal('我是中文abcd123')).toBe(enclosed)
  expect(sample.open(enclosed)).toEqual({ message: '我是中文abcd123' })
})

test.each([
  ['a length of 4 GB', 'length', 'IG+0eOkLdhYW9kHtuT3HYyR6V1U1j9yjrrB8/uzYXerAQDt/fxIzRapv3Uejz/aMM2nE5DdbA+MO+u1OXJGQkA=='],
  ['a length too long by one', 'receiver', 'IG+0eOkLdhYW9kHtuT3HYxoJot4X2e5OAYDRQXb5iKtjR+Mx1Q6YM6XiNlNVZEwptj3sggV0SFCdnaF/K155/g=='],
  ['a length too short by one', 'receiver', 'IG+0eOkLdhYW9kHtuT3HYx95cDcKaSzmfvb1eO8xdjGqws7tUPYHWRokDYa8o/ePbqPwA2Fugw5UofQJLCJDGg=='],
  ['another app id', 'receiver', `${SHORT}It/PCh3l1vqmoqZgg3DzJQ6IbKRxwSbSm3wfoEbDgcoIRw==`],
  ['something behind the app id', 'receiver', `${SHORT}It9deRURCD7SAGbGgsMBcwAwXSyHtRmxAuUsmy4FWBbpwQ==`],
  ['padding of 0', 'padding', `${SHORT}It9Z4YrAZ1icXowEO+T53i4TCdL5H0+9JDVOJBHzEqKVEA==`],
  ['padding of 33', 'padding', `${SHORT}It/YZ8DMBHiTddjMJEuY8iWooftsFwSUbKkWHo4ShfYZzg==`],
  ['uneven padding', 'padding', `${SHORT}It9WrMnt/OOt8hHlNsdWl44wqfoXTMqpJXBF+5XhAn/tRw==`],
  ['words that are no UTF-8', 'utf8', 'IG+0eOkLdhYW9kHtuT3HY+DVJ5IAKeOaAf/D/ROQi5R/bee7pwVusF9RX9vfvbwPLursKLnYbZ1I+3d1Azjo4A=='],
  ['nothing', 'size', ''],
  ['half a block', 'size', 'IG+0eOkLdhYW9kHtuT3HYw=='],
  ['no base64', 'base64', 'IG+0eOkLdhYW9kHtuT3HY*=='],
  ['base64 without its end', 'base64', 'IG+0eOkLdhYW9kHtuT3HYw'],
] as const)('%s is refused', (_, refused, enclosed) => {
  expect(cipher.open(enclosed)).toEqual({ refused })
}) // prettier-ignore

test('whatever was sealed opens again, and with no other key or receiver', () => {
  const mine = messageCipher(KEY, APP)
  const others = [messageCipher(KEY.replace('a', 'b'), APP), messageCipher(KEY, `${APP}0`), messageCipher(KEY, '')]
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', maxLength: 300 }), (message) => {
      const enclosed = mine.seal(message)
      expect(mine.open(enclosed)).toEqual({ message })
      for (const other of others) expect(other.open(enclosed)).not.toHaveProperty('message')
    }),
  )
})

test('what was cut off or changed on the way never opens as something else', () => {
  const message = '<xml><Content>粮食够吃到明年</Content></xml>'
  const whole = Buffer.from(cipher.seal(message), 'base64')
  for (let end = 0; end < whole.length; end++) {
    expect(cipher.open(whole.subarray(0, end).toString('base64'))).toHaveProperty('refused')
  }
  // The end of the content is the app id and the padding: any change there is found.
  for (let place = whole.length - 48; place < whole.length; place++) {
    const changed = Buffer.from(whole)
    changed[place] = (changed[place] as number) ^ 1
    expect(cipher.open(changed.toString('base64'))).not.toEqual({ message })
  }
})

test('nothing that is enclosed makes it throw', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
      cipher.open(Buffer.from(bytes).toString('base64'))
      cipher.open(Buffer.from(bytes).toString('latin1'))
    }),
  )
})
