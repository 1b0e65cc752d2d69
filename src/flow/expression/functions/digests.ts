import { ofString } from '../code.ts'
import type { Code } from '../code.ts'
import { base64, hexadecimal, utf8 } from '../digest/bytes.ts'
import { md5 } from '../digest/md5.ts'
import { sha1 } from '../digest/sha1.ts'
import { sha256 } from '../digest/sha256.ts'
import { sha384, sha512 } from '../digest/sha512.ts'
import { arg, badArgument } from './definition.ts'
import type { CallSite, Definitions } from './definition.ts'

const ALGORITHMS: ReadonlyMap<string, (bytes: Uint8Array) => Uint8Array> = new Map([
  ['MD5', md5],
  ['SHA-1', sha1],
  ['SHA-256', sha256],
  ['SHA-384', sha384],
  ['SHA-512', sha512],
])

const ENCODINGS: ReadonlyMap<string, (bytes: Uint8Array) => string> = new Map([
  ['base64', base64],
  ['hex', hexadecimal],
])

export const DIGESTS: Definitions = { digest: { least: 2, most: 3, make: digest } }

/** digest(text, algorithm, encoding): base64 unless said; "" for an algorithm or encoding that turns out unknown. */
function digest(args: readonly Code[], call: CallSite): Code {
  const [text, algorithm] = [arg(args, 0).string, arg(args, 1)]
  const encoding = args[2]
  if (algorithm.constant !== null && !ALGORITHMS.has(String(algorithm.constant)))
    throw badArgument(call, 1, { expected: [...ALGORITHMS.keys()] })
  if (encoding && encoding.constant !== null && !ENCODINGS.has(String(encoding.constant)))
    throw badArgument(call, 2, { expected: [...ENCODINGS.keys()] })
  return ofString((environment, frame) => {
    const apply = ALGORITHMS.get(algorithm.string(environment, frame))
    const encode = ENCODINGS.get(encoding ? encoding.string(environment, frame) : 'base64')
    return apply && encode ? encode(apply(utf8(text(environment, frame)))) : ''
  })
}
