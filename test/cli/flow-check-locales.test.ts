import { PassThrough } from 'node:stream'
import { describe, expect, it } from 'vitest'
import { readDefinitions } from '../../src/cli/definitions.ts'
import { runFlowCheck } from '../../src/cli/flow/check.ts'
import { localeProblems, type LocaleFiles } from '../../src/cli/flow/check-locales.ts'
import { loadFlows } from '../../src/flow/definition/load.ts'
import { flowWords } from '../../src/text/flow-words.ts'
import { loadText } from '../../src/text/text.ts'

const { flows: sources, blocks, resources } = readDefinitions({ flowsDir: 'flows', localesDir: 'locales' })
const text = loadText({ resources, defaultLocale: 'zh-CN' })
const words = flowWords(text, resources)
const { flows } = loadFlows({ sources, blocks, words })
const NONE = { voices: new Map<string, ReadonlySet<string>>(), strange: [] }
const problems = (over: Partial<LocaleFiles>) =>
  localeProblems(flows, { folder: 'locales', resources, recordings: NONE, ...over }).map(
    ({ file, code, severity }) => `${severity} ${file} ${code}`,
  )

describe('flow check beside the flows', () => {
  it('finds nothing in what ships', () => expect(problems({})).toEqual([]))

  it('names recordings that no question plays, and files that are no recordings', () => {
    const recordings = {
      voices: new Map([
        ['zh-CN', new Set(['hardship_report/members', 'who/name', 'hardship_report/name', 'hardship_report/gone'])],
      ]),
      strange: ['en/voice/hardship_report/members.wav'],
    }
    expect(problems({ recordings })).toEqual([
      'warning locales/zh-CN/voice/hardship_report/gone.mp3 voice_without_question',
      'warning locales/en/voice/hardship_report/members.wav voice_name',
    ])
  })

  it('names words of sheets, posters and figures that a language lacks; a place’s own sheet may be in one language', () => {
    const { offer: _, ...sheets } = resources['en']?.['sheets'] ?? {}
    const lacking = {
      'zh-CN': { ...resources['zh-CN'], 'sheets/吉首市': { help: { lines: ['一'] } } },
      en: { ...resources['en'], sheets },
    }
    expect(problems({ resources: lacking })).toEqual(['warning locales/en/sheets.json words_missing'])
  })

  it('says so in words, and only where the flows themselves can be read', () => {
    const checked = (yaml: string) => {
      const output = new PassThrough()
      const recordings = { voices: new Map([['zh-CN', new Set(['small/gone'])]]), strange: [] }
      const code = runFlowCheck({
        sources: [{ file: 'flows/small.yaml', yaml, digest: 'd' }],
        blocks: [],
        words,
        files: [],
        text,
        language: 'zh-CN',
        output,
        beside: (all) => localeProblems(all, { folder: 'locales', resources, recordings }),
      })
      return { code, out: String(output.read()) }
    }
    const small =
      'flow: small\nsubmit: case\nmenu: 9\ntitle: 小\nquestions:\n  - { name: members, type: integer, label: 几口人 }\n'
    const { code, out } = checked(small)
    expect(code).toBe(0)
    expect(out).toContain('locales/zh-CN/voice/small/gone.mp3 warning: 没有哪个流程问这个问题，录音没人听得到。')
    expect(checked(small.replace('integer', 'intger')).out).not.toContain('gone.mp3')
  })
})
