/** Short codes in addresses: Crockford base32 of a sha256, six characters, longer where another has them already. */

const ALPHABET = '0123456789abcdefghjkmnpqrstvwxyz'
const SHORTEST = 6

/** @param digest sha256 of the path of a territory, or of `<channel> <chat>` of a group: 32 bytes. */
export function pageCode(digest: Uint8Array, taken: (code: string) => boolean): string {
  const whole = base32(digest)
  for (let length = SHORTEST; length < whole.length; length++) {
    const code = whole.slice(0, length)
    if (!taken(code)) return code
  }
  return whole
}

function base32(bytes: Uint8Array): string {
  let text = ''
  let bits = 0
  let value = 0
  for (const byte of bytes) {
    value = (value << 8) | byte
    bits += 8
    while (bits >= 5) {
      bits -= 5
      text += ALPHABET[(value >>> bits) & 31]
    }
    value &= (1 << bits) - 1
  }
  return bits > 0 ? text + ALPHABET[(value << (5 - bits)) & 31] : text
}
