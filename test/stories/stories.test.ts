import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { runStory, storyFlows, storyProblems } from './story.ts'

const FOLDER = import.meta.dirname
const files = readdirSync(FOLDER).filter((file) => file.endsWith('.txt'))

/** What every flow must own: straight through, misspelt then right, back and edit, silence and return, cancel. */
const NEEDED = ['straight', 'misspelt', 'edit', 'silence', 'cancel']

test('the flows load without an error', () => {
  expect(storyProblems.filter(({ severity }) => severity === 'error')).toEqual([])
})

describe.each(storyFlows.map(({ id }) => id))('%s', (id) => {
  test('owns its five stories', () => {
    expect(files).toEqual(expect.arrayContaining(NEEDED.map((story) => `${id}.${story}.txt`)))
  })
})

test.each(files)('%s', async (file) => {
  const flow = storyFlows.find(({ id }) => file.startsWith(`${id}.`))
  if (!flow) throw new Error(`no flow for ${file}`)
  const path = join(FOLDER, file)
  await expect(runStory(flow, readFileSync(path, 'utf8'))).toMatchFileSnapshot(path)
})
