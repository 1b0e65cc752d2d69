/** What an answer is followed by when it was not quite clear: said back, asked back, narrowed down. */
import { describe, expect, test } from 'vitest'
import { HARDSHIP } from './fixtures/flows.ts'
import { flowOf, turnAt } from './fixtures/load.ts'
import { Talk } from './fixtures/talk.ts'

const facts = (
  [
    ['consent', 'OK', 'OK'],
    ['village', '吉首市/矮寨镇/阳孟村', '阳孟村'],
  ] as const
).map(([name, value, label]) => [name, { value, label, confirmed: true }] as const)
const hardship = (known = 2) =>
  new Talk(flowOf(HARDSHIP), turnAt({ known: new Map<string, (typeof facts)[number][1]>(facts.slice(0, known)) }))

test('how to put right what was understood is said the first time, not every time', () => {
  const talk = hardship().say('三口人')
  expect(talk.said[0]).toBe('flow:echo_first')
  talk.say('生病', '一个')
  expect(talk.said[0]).toBe('flow:echo')
  const short = `flow: f\nsubmit: s\nreview: false\nquestions:\n  - { name: q, type: integer, label: 问 }\n`
  expect(new Talk(flowOf(short)).say('三口人').said[0]).toBe('flow:echo')
})

describe('one candidate', () => {
  test('is a question to say yes to', () => {
    const talk = hardship().say('我和老伴')
    expect(talk.said).toEqual(['flow:confirm'])
    expect(talk.say('是').log.at(-1)).toMatchObject({ question: 'members', value: '2' })
  })

  test('no asks openly, and another answer is taken instead', () => {
    expect(hardship().say('我和老伴', '不是').said).toEqual(['几口人'])
    expect(hardship().say('我和老伴', '五口人').log.at(-1)).toMatchObject({ question: 'members', value: '5' })
  })
})

test('what was offered is narrowed down by a part of it', () => {
  const labels = ['团结村(吉首市马颈坳镇)', '团结村(永顺县万坪镇)', '团结村(永顺县两岔乡)']
  const found = new Map([
    ['territory/village/团结村', labels.map((label, at) => ({ value: `v${at}`, label, exact: true }))],
  ])
  const talk = hardship(1)
  const asked = () => {
    const again = hardship(1)
    again.turn = { ...again.turn, found } as typeof again.turn
    return again.say('团结村')
  }
  expect(talk.open).toBe('village')
  expect(asked().choices).toEqual(['v0', 'v1', 'v2'])
  expect(asked().say('永顺').choices).toEqual(['v1', 'v2'])
  expect(asked().say('永顺', '万坪').log.at(-1)).toMatchObject({ question: 'village', value: 'v1' })
  expect(asked().say('吉首的').log.at(-1)).toMatchObject({ question: 'village', value: 'v0' })
})

test('1 hands in where a photo is wanted and nothing else is owed', () => {
  const talk = hardship().say('3', '生病', '1', '1', '家里困难')
  expect(talk.open).toBe('photo')
  expect(talk.say('1').phase).toBe('review')
})

test('what is no answer to the review is said to be none', () => {
  const talk = hardship().say('3', '生病', '1', '1', '家里困难', '跳过', '八千')
  expect(talk.said[0]).toBe('flow:not_understood.review')
  expect(talk.phase).toBe('review')
})
