import { pinyin } from 'pinyin-pro'
import { expect, test } from 'vitest'
import { readingsOf, sameSound, soundKey, soundMatches, soundsOfWords } from '../../../src/flow/answers/pinyin.ts'
import { PINYIN_TABLE } from '../../../src/flow/answers/pinyin-table.ts'

test('the main readings are the package’s', () => {
  for (const line of PINYIN_TABLE.trim().split('\n')) {
    const [sound, main] = line.split(' ')
    for (const char of main ?? '') expect(pinyin(char, { toneType: 'none', v: true }), char).toBe(sound)
  }
})

test('a name may be read in several ways', () => {
  expect(readingsOf('重阳').map((way) => way.join(' '))).toEqual(['zhong yang', 'chong yang'])
  expect(readingsOf('A村')).toEqual([['A', 'cun']])
  expect(soundKey('阳孟')).toBe('yangmeng')
})

test('letters match whole pinyin before initials before beginnings', () => {
  const labels = ['生病', '上班', '生意'].map((label) => soundsOfWords([label]))
  expect(soundMatches('shengbing', labels)).toEqual([0])
  expect(soundMatches('sb', labels)).toEqual([0, 1])
  expect(soundMatches('sheng', labels)).toEqual([0, 2])
  expect(soundMatches('x', labels)).toEqual([])
  expect(sameSound('声病', labels)).toEqual([0])
  expect(sameSound('病', labels)).toEqual([])
})
