import { cruise } from 'dependency-cruiser'
import { expect, test } from 'vitest'
import { forbidden } from './rooms.mjs'

test('every import goes along an arrow of the house', { timeout: 60_000 }, async () => {
  const { output } = await cruise(['src'], {
    ruleSet: { forbidden: forbidden as never },
    validate: true,
    tsPreCompilationDeps: true,
    doNotFollow: { path: ['node_modules', 'src/storage/generated'] },
  })
  if (typeof output === 'string') throw new Error(output)
  expect(output.summary.violations.map((v) => `${v.rule.name}: ${v.from} -> ${v.to}`)).toEqual([])
})
