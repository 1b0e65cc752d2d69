import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { readVoices } from '../../src/cli/read-voices.ts'
import { loadText } from '../../src/text/text.ts'
import { voiceFile } from '../../src/text/voices.ts'

const folder = mkdtempSync(join(tmpdir(), 'bangfu-voices-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))
for (const file of [
  'zh-CN/voice/hens/sick.mp3',
  'zh-CN/voice/hens/people.name.mp3',
  'zh-CN/voice/who/name.mp3',
  'zh-CN/voice/hens/name.mp3',
  'en/voice/hens/hens.mp3',
  'en/voice/hens/notes.txt',
  'en/voice/hens/deep/er.mp3',
]) {
  mkdirSync(dirname(join(folder, file)), { recursive: true })
  writeFileSync(join(folder, file), 'x')
}
const { voices, strange } = readVoices(folder, ['zh-CN', 'en', 'hmn'])

const resources = {
  'zh-CN': {
    'flows/hens': { questions: { sick: { label: '病了几只？' }, hens: { label: '几只鸡？' } } },
    'blocks/who': { questions: { name: { label: '怎么称呼您？' }, phone: { label: '电话？' } } },
  },
  en: { 'flows/hens': { questions: { hens: { label: 'How many hens?' } } } },
}
const text = loadText({ resources, defaultLocale: 'zh-CN', voices })
const asked = (question: string, namespace = 'flows/hens', flow = 'hens') => ({
  flow,
  question,
  key: `${namespace}:questions.${question}.label`,
})

describe('recorded prompts', () => {
  it('are found beside the words of their language', () => {
    expect(voices).toEqual(
      new Map([
        ['zh-CN', new Set(['hens/name', 'hens/people.name', 'hens/sick', 'who/name'])],
        ['en', new Set(['hens/hens'])],
      ]),
    )
    expect(strange).toEqual(['en/voice/hens/deep/er.mp3', 'en/voice/hens/notes.txt'])
  })

  it('are those of the language in which the sentence is shown', () => {
    expect(text.voice(asked('sick'), 'zh-CN')).toBe('zh-CN/hens/sick.mp3')
    // Not translated: shown, and so heard, in Chinese.
    expect(text.voice(asked('sick'), 'en')).toBe('zh-CN/hens/sick.mp3')
    expect(text.voice(asked('hens'), 'en')).toBe('en/hens/hens.mp3')
    // Shown in Chinese, spoken in English only: silence.
    expect(text.voice(asked('hens'), 'zh-CN')).toBeUndefined()
    expect(text.voice(asked('no_such'), 'zh-CN')).toBeUndefined()
  })

  it('of a block serve every flow, unless the flow has its own', () => {
    expect(text.voice(asked('name', 'blocks/who'), 'zh-CN')).toBe('zh-CN/hens/name.mp3')
    expect(text.voice(asked('name', 'blocks/who', 'ducks'), 'zh-CN')).toBe('zh-CN/who/name.mp3')
    expect(text.voice(asked('phone', 'blocks/who'), 'zh-CN')).toBeUndefined()
  })

  it('of a flow that carries its own words go by the language of these', () => {
    expect(text.voice({ ...asked('hens'), language: 'en' }, 'zh-CN')).toBe('en/hens/hens.mp3')
    expect(text.voice({ ...asked('sick'), language: 'en' }, 'zh-CN')).toBeUndefined()
  })

  it.each([
    ['zh-CN/hens/sick.mp3', 'zh-CN/voice/hens/sick.mp3'],
    ['zh-CN/hens/sick', null],
    ['en/hens/sick.mp3', null],
    ['en/hens/notes.txt', null],
    ['../zh-CN/hens/sick.mp3', null],
    ['zh-CN/../../etc/passwd', null],
    ['zh-CN/hens/../hens/sick.mp3', null],
    ['', null],
  ])('%s is the file %s', (name, file) => expect(voiceFile(voices, name)).toBe(file))
})
