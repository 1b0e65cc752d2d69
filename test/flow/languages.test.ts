/** Languages switched in the middle of a flow, and a locale that has only some sentences yet. */
import { describe, expect, test } from 'vitest'
import { readDefinitions } from '../../src/cli/definitions.ts'
import { loadFlows } from '../../src/flow/definition/load.ts'
import type { Flow } from '../../src/flow/flow.ts'
import { flowWords } from '../../src/text/flow-words.ts'
import { loadText } from '../../src/text/text.ts'
import { storyFlows } from '../stories/story.ts'
import { turnAt } from './fixtures/load.ts'
import { Talk } from './fixtures/talk.ts'

const definitions = readDefinitions({ flowsDir: 'flows', localesDir: 'locales' })
/** Some sentences of Miao, as a translator begins: one question, one choice, one sentence of the engine. */
const resources = {
  ...definitions.resources,
  hmn: {
    'flows/hardship_report': { questions: { members: { label: 'Koj tsev muaj pes tsawg leej?' } } },
    lists: { risk_cause: { illness: { label: 'Mob nkeeg', also: ['mob'] } } },
    flow: { skipped: 'Zoo.' },
    words: { skip: ['hla'] },
  },
}
const text = loadText({ resources, defaultLocale: 'zh-CN' })
const { flows, problems } = loadFlows({
  sources: definitions.flows,
  blocks: definitions.blocks,
  words: flowWords(text, resources),
})
const hardship = flows.find(({ id }) => id === 'hardship_report') as Flow

const known = new Map(
  [
    ['consent', 'OK'],
    ['village', '吉首市/矮寨镇/阳孟村'],
    ['name', '石二妹'],
    ['phone', '13812345678'],
  ].map(([fact, value]) => [fact as string, { value: value as string, label: value as string, confirmed: true }]),
)
const turn = (language: string) => turnAt({ language, known })

/** What a person reads of the last turn. */
const read = (talk: Talk): string =>
  talk.effects
    .flatMap((effect) =>
      effect.kind === 'say' ? [effect.text, ...(effect.choices ?? []).map(({ label }) => label)] : [],
    )
    .map((ref) => text.say(ref, talk.turn.language))
    .join('\n')

describe('a locale of a few sentences', () => {
  test('loads without an error', () => {
    expect(problems.filter(({ severity }) => severity === 'error')).toEqual([])
    expect(text.languages).toContain('hmn')
  })

  test('says what it has and falls back sentence by sentence', () => {
    const talk = new Talk(hardship, turn('hmn'))
    expect(read(talk)).toContain('Koj tsev muaj pes tsawg leej?')
    talk.say('3')
    expect(read(talk)).toContain('家里有什么难处')
    expect(read(talk)).toContain('Mob nkeeg')
    expect(read(talk)).toContain('有人残疾')
    expect(read(talk)).not.toMatch(/flow:|lists:|questions\./)
  })

  test('understands its own words and those that it falls back to', () => {
    const own = new Talk(hardship, turn('hmn')).say('3', 'Mob nkeeg')
    expect(own.log.at(-1)).toMatchObject({ question: 'causes', value: 'illness' })
    expect(new Talk(hardship, turn('hmn')).say('3', 'mob').log.at(-1)).toMatchObject({ value: 'illness' })
    const lent = new Talk(hardship, turn('hmn')).say('三口人', '有人残疾', '没有')
    expect(lent.log.map(({ value }) => value)).toEqual(expect.arrayContaining(['3', 'disability', 'no']))
    expect(lent.open).toBe('earners')
    expect(lent.say('hla').log.at(-1)).toMatchObject({ question: 'earners', kind: 'skipped' })
    expect(lent.say('跳过').log.at(-1)).toMatchObject({ question: 'income', kind: 'skipped' })
  })
})

describe('another language in the middle', () => {
  test.each(['en', 'hmn'])('%s: no answer is lost, and the submission is the same', (other) => {
    const straight = new Talk(hardship, turn('zh-CN')).say('3', '1 10', '3', '2', '1', '12000', '3500', '漏雨', '没有', '1') // prettier-ignore
    const mixed = new Talk(hardship, turn('zh-CN'))
    const said = ['3', '1 10', '3', '2', '1', '12000', '3500', '漏雨', '没有', '1']
    for (const [at, word] of said.entries()) {
      mixed.turn = turn(at % 2 === 0 ? other : 'zh-CN')
      mixed.say(word)
    }
    expect(straight.phase).toBe('submitted')
    expect(mixed.submission?.answers).toEqual(straight.submission?.answers)
  })

  test('labels of one language are understood in the other', () => {
    const talk = new Talk(hardship, turn('en')).say('3')
    expect(read(talk)).toContain('Somebody is ill')
    talk.turn = turn('zh-CN')
    expect(talk.say('家里有人生病').log.at(-1)).toMatchObject({ question: 'causes', value: 'illness' })
    expect(talk.say('看看').said).toContain('flow:show.line')
    expect(read(talk)).toContain('家里有人生病')
    talk.turn = turn('en')
    expect(read(talk.say('show'))).toContain('Somebody is ill')
  })

  test('what was offered to choose from, and what is being confirmed, stays so', () => {
    const offered = new Talk(hardship, turn('zh-CN')).say('3', '1', '2', '1', '三四千')
    expect(offered.choices.slice(0, 2)).toEqual(['3000', '4000'])
    offered.turn = turn('en')
    expect(offered.say('2').log.at(-1)).toMatchObject({ question: 'income', value: '4000' })
    const confirmed = new Talk(hardship, turn('zh-CN')).say('我和老伴')
    confirmed.turn = turn('en')
    expect(confirmed.say('yes').log.at(-1)).toMatchObject({ question: 'members', value: '2' })
  })

  test('every shipped flow speaks every language that there is', () => {
    for (const flow of storyFlows)
      for (const language of ['zh-CN', 'en'])
        expect(
          new Talk(flow, turn(language)).effects.some(({ kind }) => kind === 'fault'),
          flow.id,
        ).toBe(false)
  })
})
