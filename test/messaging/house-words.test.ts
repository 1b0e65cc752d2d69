import { expect, test } from 'vitest'
import { readResources } from '../../src/cli/definitions.ts'
import { ACCOUNT_WORDS, houseWords, PERSON_WORDS } from '../../src/messaging/house-words.ts'
import { loadText } from '../../src/text/text.ts'

const text = loadText({ resources: readResources('locales'), defaultLocale: 'zh-CN' })
const words = houseWords(text)

/** Every form of every list, with the kind it stands for. */
const forms = text.languages.flatMap((language) =>
  [
    ...PERSON_WORDS.map((kind) => [kind, `people:words.${kind}`] as const),
    ...ACCOUNT_WORDS.map((kind) => [kind, `registry:commands.${kind}`] as const),
    ['hello', 'messaging:small_talk.hello'] as const,
    ['thanks', 'messaging:small_talk.thanks'] as const,
  ].flatMap(([kind, key]) => {
    const list = text.object(language, key)
    return Array.isArray(list) ? list.map((form) => [String(form), kind] as const) : []
  }),
)

test('every word of the locales is found, also among blanks, punctuation and capitals', () => {
  expect(forms.length).toBeGreaterThan(50)
  for (const [form] of forms)
    for (const said of [form, `  ${form}。`, `“${form}”！`, form.toUpperCase(), form.split('').join(' ')])
      expect(words.find(said), said).toEqual(words.find(form))
  for (const [form, kind] of forms) expect(words.find(form)?.kind, form).toBe(kind)
})

test('a number behind the words that take one', () => {
  for (const [form, kind] of forms)
    if (kind === 'link' && form.length > 1 && !/\d/.test(form))
      expect(words.find(`${form} 12345678`), form).toMatchObject({ kind, digits: '12345678' })
})

test('what only begins like one is none', () => {
  for (const [form] of forms) expect(words.find(`${form}石二妹家里的人呢`)).toBeUndefined()
})
