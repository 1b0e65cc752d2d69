/** What the build has read of flows and policies is what the files hold. */
import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { READ_BEFORE, readBefore } from '../../src/cli/read-before.ts'
import { locate, plainOf, type Located } from '../../src/flow/definition/located.ts'
import type { Packed } from '../../src/flow/definition/packed-form.ts'
import { packed, unpacked } from '../../src/flow/definition/packed.ts'
import { Complaints } from '../../src/flow/definition/problems.ts'
import { readPolicy } from '../../src/domain/policy.ts'
import { definitions } from './house.ts'
import { z } from 'zod'

const read = (file: string, yaml: string): Located => {
  const value = locate(file, yaml, new Complaints())
  if (!value) throw new Error(file)
  return { line: 1, value }
}

describe('what was read before', () => {
  test.each([...definitions.flows, ...definitions.blocks].map(({ file, yaml }) => [file, yaml]))(
    '%s comes back from JSON with every line',
    (file, yaml) => {
      const located = read(file, yaml)
      const back = unpacked(JSON.parse(JSON.stringify(packed(located))) as Packed)
      expect(back).toEqual(located)
      expect(plainOf(back)).toEqual(plainOf(located))
    },
  )

  test('is found by what a file says, and is empty where nothing was built', () => {
    const folder = mkdtempSync(join(tmpdir(), 'bangfu-read-'))
    expect(readBefore(folder)).toEqual({ flows: {}, policies: {} })
    const kept = { flows: { abc: [1, { map: [['flow', [1, 'x']]] }] }, policies: { def: { hush: '1h' } } }
    writeFileSync(join(folder, READ_BEFORE), JSON.stringify(kept))
    expect(readBefore(folder)).toEqual(kept)
  })

  test('is checked like what is read now, and a mistake still has its line', () => {
    const source = { file: 'flows/policy/x.yaml', yaml: 'a: 1\nb: two\n' }
    const schema = z.strictObject({ a: z.int(), b: z.int() })
    const mistake = expect.objectContaining({ details: expect.objectContaining({ line: 2 }) }) as Error
    expect(() => readPolicy(source, schema)).toThrow(mistake)
    expect(() => readPolicy({ ...source, value: { a: 1, b: 'two' } }, schema)).toThrow(mistake)
    expect(readPolicy({ ...source, value: { a: 1, b: 2 } }, schema).value).toEqual({ a: 1, b: 2 })
  })
})
