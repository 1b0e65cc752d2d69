import { expect, test } from 'vitest'
import { isSigned, signatureOf } from '../../../src/channels/wechat/signature.ts'

// Computed with Python's hashlib over the sorted parts.
const PARTS = ['wxtoken', '1763800000', 'nonce7'] as const
const SIGNATURE = '725eb32b74c1115072e8c9d72c1f9abf1921c815'
const ENCLOSED =
  'IG+0eOkLdhYW9kHtuT3HY5bHCSR3FN7KpsMrzQ9AtIe91+crzxRKx0vFYfpVFLKjfr5Auw3PZVzuHQr5txwkX4PEu1WYhpFZhNXkaUOtXyzeEGR4HodbGGQi8UQVSwsI'

test('what another implementation signed', () => {
  expect(signatureOf(...PARTS)).toBe(SIGNATURE)
  expect(isSigned(SIGNATURE, ...PARTS)).toBe(true)
  expect(isSigned('a90fe49a396fddb5d6d89d1fc5bb48ca55713c87', ...PARTS, ENCLOSED)).toBe(true)
})

test('the push that the platform publishes as a sample', () => {
  const enclosed =
    'hyzAe4OzmOMbd6TvGdIOO6uBmdJoD0Fk53REIHvxYtJlE2B655HuD0m8KUePWB3+LrPXo87wzQ1QLvbeUgmBM4x6F8PGHQHFVAFmOD2LdJF9FrXpbUAh0B5GIItb52sn896wVsMSHGuPE328HnRGBcrS7C41IzDWyWNlZkyyXwon8T332jisa+h6tEDYsVticbSnyU8dKOIbgU6ux5VTjg3yt+WGzjlpKn6NPhRjpA912xMezR4kw6KWwMrCVKSVCZciVGCgavjIQ6X8tCOp3yZbGpy0VxpAe+77TszTfRd5RJSVO/HTnifJpXgCSUdUue1v6h0EIBYYI1BD1DlD+C0CR8e6OewpusjZ4uBl9FyJvnhvQl+q5rv1ixrcpCumEPo5MJSgM9ehVsNPfUM669WuMyVWQLCzpu9GhglF2PE='
  expect(isSigned('5d197aaffba7e9b25a30732f161a50dee96bd5fa', 'spamtest', '1409735669', '1320562132', enclosed)).toBe(
    true,
  )
})

test.each([
  ['none', undefined],
  ['empty', ''],
  ['cut off', SIGNATURE.slice(0, -1)],
  ['longer', `${SIGNATURE}0`],
  ['one digit other', SIGNATURE.replace(/5$/, '4')],
  ['in capitals', SIGNATURE.toUpperCase()],
  ['wide characters', '７'.repeat(40)],
])('a signature that is %s is refused', (_, given) => {
  expect(isSigned(given, ...PARTS)).toBe(false)
})

test('each part counts', () => {
  for (const place of PARTS.keys())
    expect(isSigned(SIGNATURE, ...PARTS.map((part, at) => (at === place ? `${part}x` : part)))).toBe(false)
})
