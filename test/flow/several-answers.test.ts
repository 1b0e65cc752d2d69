/** One message that answers the next question too; what was understood is said back, and 改 opens it again. */
import { describe, expect, test } from 'vitest'
import type { Flow } from '../../src/flow/flow.ts'
import { indexPlaces, searchPlaces } from '../../src/flow/answers/place.ts'
import { lookups } from '../../src/flow/find-lookups.ts'
import { step } from '../../src/flow/step.ts'
import { storyFlows } from '../stories/story.ts'
import { flowOf, turnAt } from './fixtures/load.ts'
import { Talk } from './fixtures/talk.ts'

const hardship = storyFlows.find(({ id }) => id === 'hardship_report') as Flow
const places = ['阳孟村', '坪朗村', '坪年村'].map((name) => ({ path: `吉首市/矮寨镇/${name}`, name }))
const index = indexPlaces(places)

/** Talks with a registry of three villages. */
class Chat extends Talk {
  override say(...texts: readonly string[]): this {
    for (const text of texts) {
      const input = { kind: 'text', text } as const
      const found = new Map(
        lookups(this.flow, this.state, input).map(({ key, text: said }) => [key, searchPlaces(index, said)]),
      )
      this.take(step(this.flow, this.state, input, { ...this.turn, found }))
    }
    return this
  }
  get answers(): Record<string, string> {
    return Object.fromEntries(this.log.map(({ question, value }) => [question, value]))
  }
}

const atVillage = () => new Chat(hardship).say('1')
const atName = () => atVillage().say('阳孟村')
const atPhone = () => atName().say('石二妹')

describe('name and phone in one message', () => {
  test.each([
    '石二妹 13812345678',
    '石二妹13812345678',
    '13812345678 石二妹',
    '石二妹，电话13812345678',
    '我叫石二妹，电话是138 1234 5678',
    '石二妹 一三八一二三四五六七八',
    '嗯，我叫石二妹，13812345678。',
    '石二妹１３８１２３４５６７８',
  ])('%s answers both', (text) => {
    const chat = atName().say(text)
    expect(chat.answers).toMatchObject({ name: '石二妹', phone: '13812345678' })
    expect(chat.log.findLast(({ question }) => question === 'name')?.raw).toBe(text)
    expect(chat.open).toBe('members')
    const [echo] = chat.effects
    expect(echo?.kind === 'say' && JSON.stringify(echo.text)).toContain('石二妹')
    expect(echo?.kind === 'say' && JSON.stringify(echo.text)).toContain('138 1234 5678')
  })

  test('a number alone where the name is asked for is kept, and the name is asked again', () => {
    const chat = atName().say('13812345678')
    expect(chat.open).toBe('name')
    expect(chat.answers).toMatchObject({ phone: '13812345678' })
    expect(chat.say('石二妹').open).toBe('members')
  })

  test('two numbers, and a number that is none, answer the name only where there is one', () => {
    expect(atName().say('13812345678 13912345678').open).toBe('name')
    expect(atName().say('石二妹 138123').answers['phone']).toBeUndefined()
  })

  test('a name that is known already is left as it is', () => {
    const chat = atPhone().say('13812345678 石老二')
    expect(chat.answers).toMatchObject({ name: '石二妹', phone: '13812345678' })
  })
})

describe('village and name', () => {
  test.each(['阳孟村 石二妹', '阳孟村，石二妹', '我叫石二妹，阳孟村的', '阳孟村石二妹', '阳孟村的石二妹'])(
    '%s',
    (text) => {
      const chat = atVillage().say(text)
      expect(chat.answers).toMatchObject({ village: '吉首市/矮寨镇/阳孟村', name: '石二妹' })
      expect(chat.open).toBe('phone')
    },
  )

  test('and the phone', () => {
    const chat = atVillage().say('阳孟村，石二妹，13812345678')
    expect(chat.answers).toMatchObject({ village: '吉首市/矮寨镇/阳孟村', name: '石二妹', phone: '13812345678' })
  })

  test.each(['阳孟村三组', '矮寨镇 阳孟村', '阳孟村来的亲戚', '阳孟村，坪朗村', '坪'])('%s fills no name', (text) => {
    expect(atVillage().say(text).answers['name']).toBeUndefined()
  })
})

describe('more of a report', () => {
  const atMembers = () => atPhone().say('没有')
  test('people and troubles', () => {
    const chat = atMembers().say('三口人，生病')
    expect(chat.answers).toMatchObject({ members: '3', causes: 'illness' })
  })
  test.each(['三口人 四', '3 1', '三口人，一个小孩', '3，你好'])('%s fills nothing else', (text) => {
    expect(atMembers().say(text).answers['causes']).toBeUndefined()
  })
})

describe('改', () => {
  const form = flowOf(
    `flow: f\nsubmit: s\nquestions:\n  - { name: a, type: integer, unit: yuan, label: 甲 }\n  - { name: b, type: integer, required: true, label: 乙 }\n  - { name: c, type: select_one yn, required: true, label: 丙 }\n`,
  )
  test('behind what was said back opens that answer', () => {
    const talk = new Talk(form).say('三千五')
    expect(talk.said[0]).toBe('flow:echo_first')
    expect(talk.say('改').open).toBe('a')
    expect(talk.say('三千').log.findLast(({ question, kind }) => question === 'a' && kind === 'answered')?.value).toBe(
      '3000',
    )
    expect(talk.open).toBe('b')
  })

  test.each(['不对', '错了', '记错了', '不是', '搞错了'])('%s does so too where it answers nothing', (text) => {
    expect(new Talk(form).say('三千五', text).open).toBe('a')
  })

  test('a clear no at a yes-no question is a no, 错了 is not', () => {
    expect(new Talk(form).say('1', '三个', '不是').phase).toBe('review')
    expect(new Talk(form).say('1', '三个', '记错了').open).toBe('b')
  })

  test('later it asks which', () => {
    const talk = new Talk(form).say('三千五', '3', '改')
    expect(talk.said.at(-1)).toBe('flow:edit_which')
    expect(new Talk(form, turnAt()).say('3500', '改').said.at(-1)).toBe('flow:edit_which')
  })

  test('behind several answers it asks which of them', () => {
    const chat = atName().say('石二妹 13812345678', '改')
    expect(chat.said).toEqual(['flow:show.line', 'flow:show.line', 'flow:edit_which'])
  })
})
