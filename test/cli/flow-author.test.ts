import { PassThrough, Readable } from 'node:stream'
import { describe, expect, test } from 'vitest'
import { instant } from '../../src/base/time.ts'
import { readDefinitions } from '../../src/cli/definitions.ts'
import { runFlowCheck } from '../../src/cli/flow/check.ts'
import { runFlowPlay } from '../../src/cli/flow/play.ts'
import { plainRender } from '../../src/cli/flow/render.ts'
import { runFlowShow } from '../../src/cli/flow/show.ts'
import { flowWords } from '../../src/text/flow-words.ts'
import { loadText } from '../../src/text/text.ts'
import { flowOf } from '../flow/fixtures/load.ts'

const { resources } = readDefinitions({ flowsDir: 'flows', localesDir: 'locales' })
const text = loadText({ resources, defaultLocale: 'zh-CN' })
const words = flowWords(text, resources)

const collected = async (run: (output: PassThrough) => unknown): Promise<string> => {
  const output = new PassThrough()
  await run(output)
  output.end()
  return (await output.toArray()).join('')
}

const SMALL = `flow: small
submit: case
menu: 9
title: 小
questions:
  - { name: members, type: integer, required: true, label: 几口人 }
  - { name: danger, type: select_one yn, relevant: "\${members} > 3", label: 危险吗 }
  - { name: people, type: begin_repeat, label: 家里人, questions: [{ name: who, type: text, label: "谁 \\"x\\"" }] }
`

describe('flow check', () => {
  const check = (yaml: string, files: readonly string[] = []) => {
    let code = -1
    const sources = [{ file: 'flows/small.yaml', yaml, digest: 'd' }]
    return collected((output) => {
      code = runFlowCheck({ sources, blocks: [], words, files, text, language: 'zh-CN', output })
    }).then((out) => ({ out, code }))
  }

  test('writes file, line, question and what is wrong in words; an error is exit code 1', async () => {
    const { out, code } = await check(
      SMALL.replace('${members} > 3', '${membres} > 3').replace('type: text', 'type: txt'),
    )
    expect(code).toBe(1)
    expect(out).toMatch(/^flows\/small\.yaml:8 error who: .*txt/m)
    const expression = await check(SMALL.replace('${members} > 3', '${membres} > 3'))
    expect(expression.out).toMatch(/^flows\/small\.yaml:7 error danger: .*membres/m)
  })

  test('advice alone is exit code 0, and only the files asked for are told', async () => {
    expect((await check(SMALL)).code).toBe(0)
    const { out, code } = await check(SMALL.replace('type: text', 'type: txt'), ['flows/other.yaml'])
    expect(code).toBe(0)
    expect(out).not.toContain('small.yaml')
  })
})

describe('flow show', () => {
  const show = (as: 'mermaid' | 'list') =>
    collected((output) => runFlowShow({ flow: flowOf(SMALL), as, text, language: 'zh-CN', output }))

  test('as a list of what a person may meet', async () => {
    expect(await show('list')).toBe(
      '1. members * integer: 几口人\n2. danger select_one: 危险吗  [${members} > 3]\n3. people repeat: 家里人\n  4. who text: 谁 "x"\n',
    )
  })

  test('as a Mermaid diagram: conditions on the arrows, and an arrow around what they keep out', async () => {
    const diagram = await show('mermaid')
    expect(diagram.split('\n')[0]).toBe('flowchart TD')
    expect(diagram).toContain('q0 -->|"${members} > 3"| q1')
    expect(diagram).toContain('q0 -->|"not ${members} > 3"| q2')
    expect(diagram).toContain('谁 #quot;x#quot;')
    expect(diagram.trimEnd().endsWith('q3 --> finish')).toBe(true)
  })
})

describe('flow play', () => {
  test('talks, and keeps what was said as a story', async () => {
    let story = ''
    const out = await collected((output) =>
      runFlowPlay({
        flow: flowOf(SMALL),
        at: instant(Date.UTC(2026, 10, 23, 1)),
        zone: 'Asia/Shanghai',
        language: 'zh-CN',
        seed: 1,
        find: () => [],
        text,
        render: plainRender(text),
        input: Readable.from(['三口人\n', '没有\n', '1\n', 'never read\n']),
        output,
        keep: (kept) => (story = kept),
      }),
    )
    expect(out).toContain('几口人')
    expect(story.split('\n').filter((line) => line.startsWith('> '))).toEqual(['> 三口人', '> 没有', '> 1'])
    expect(story).toContain('(submit case)\n  members = 3\n')
  })
})
