/** What a file is, by its first bytes; names and what senders claim are not asked. */
type Test = (bytes: Uint8Array) => boolean

const starts =
  (...signature: readonly number[]): Test =>
  (bytes) =>
    signature.every((byte, index) => bytes[index] === byte)

const says =
  (text: string, offset = 0): Test =>
  (bytes) =>
    [...text].every((character, index) => bytes[offset + index] === character.charCodeAt(0))

const both =
  (first: Test, second: Test): Test =>
  (bytes) =>
    first(bytes) && second(bytes)

const KINDS: readonly (readonly [string, Test])[] = [
  ['image/jpeg', starts(0xff, 0xd8, 0xff)],
  ['image/png', starts(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a)],
  ['image/gif', says('GIF8')],
  ['image/webp', both(says('RIFF'), says('WEBP', 8))],
  ['image/heic', both(says('ftyp', 4), (bytes) => ['heic', 'heix', 'mif1'].some((brand) => says(brand, 8)(bytes)))],
  ['audio/amr', says('#!AMR')],
  ['audio/silk', (bytes) => says('#!SILK')(bytes) || says('#!SILK', 1)(bytes)],
  ['audio/mp4', both(says('ftyp', 4), says('M4A', 8))],
  ['audio/mpeg', (bytes) => says('ID3')(bytes) || (bytes[0] === 0xff && ((bytes[1] ?? 0) & 0xe6) === 0xe2)],
  ['audio/aac', (bytes) => bytes[0] === 0xff && ((bytes[1] ?? 0) & 0xf6) === 0xf0],
  ['audio/ogg', says('OggS')],
  ['audio/wav', both(says('RIFF'), says('WAVE', 8))],
  ['video/quicktime', both(says('ftyp', 4), says('qt', 8))],
  ['video/mp4', says('ftyp', 4)],
  ['video/webm', starts(0x1a, 0x45, 0xdf, 0xa3)],
  ['application/pdf', says('%PDF-')],
]

/** @returns null for anything else: no archives, documents with macros, pages or programs. */
export function mediaType(bytes: Uint8Array): string | null {
  return KINDS.find(([, fits]) => fits(bytes))?.[0] ?? null
}
