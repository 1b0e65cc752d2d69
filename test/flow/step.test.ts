import { expect, test } from 'vitest'
import { flowOf } from './fixtures/load.ts'
import { Talk } from './fixtures/talk.ts'

const SMALL = `
flow: small
submit: case
questions:
  - { name: members, type: integer, required: true, constraint: ". >= 1 and . <= 20", label: 几口人 }
  - { name: urgent, type: select_one yn, required: true, label: 急不急 }
  - { name: earners, type: integer, constraint: ". >= 0 and . <= \${members}", label: 几人挣钱 }
  - { name: story, type: text, required: true, label: 说说 }
case: { urgent: "\${urgent} = 'yes'" }
`

test('a conversation straight through: asked, reviewed, submitted', () => {
  const talk = new Talk(flowOf(SMALL))
  expect(talk.open).toBe('members')
  talk.say('三口人')
  expect(talk.open).toBe('urgent')
  expect(talk.said[0]).toBe('flow:echo_first')
  talk.tap('yes')
  expect(talk.open).toBe('earners')
  talk.say('2', '房子漏雨')
  expect(talk.phase).toBe('review')
  expect(talk.choices).toEqual(['submit', 'edit:members', 'edit:urgent', 'edit:earners', 'edit:story'])
  talk.say('1')
  expect(talk.kinds).toEqual(['submit', 'end'])
  expect(talk.submission?.answers).toEqual({
    members: '3',
    urgent: 'yes',
    earners: '2',
    story: '房子漏雨',
    'case.urgent': 'true',
  })
})
