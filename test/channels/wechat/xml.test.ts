import fc from 'fast-check'
import { expect, test } from 'vitest'
import { fieldsOf, xmlOf } from '../../../src/channels/wechat/xml.ts'

const TEXT = `<xml>
  <ToUserName><![CDATA[gh_1]]></ToUserName>
  <CreateTime>1348831860</CreateTime>
  <Content><![CDATA[ 007 <b> & 1e5 ]]></Content>
  <MsgId>12345678901234567890</MsgId>
  <Recognition></Recognition>
</xml>`

test('fields are words as they were written', () => {
  expect(Object.fromEntries(fieldsOf(TEXT) ?? [])).toEqual({
    ToUserName: 'gh_1',
    CreateTime: '1348831860',
    Content: ' 007 <b> & 1e5 ',
    MsgId: '12345678901234567890',
    Recognition: '',
  })
  expect(fieldsOf(`\uFEFF<?xml version="1.0" encoding="UTF-8"?>\n${TEXT}`)).toEqual(fieldsOf(TEXT))
})

test('what is nested deeper is left out, even when it is said twice there', () => {
  const nested =
    '<xml><Event>pic_sysphoto</Event><SendPicsInfo><PicList><item>1</item><item>2</item></PicList></SendPicsInfo></xml>'
  expect([...(fieldsOf(nested) ?? [])]).toEqual([['Event', 'pic_sysphoto']])
})

test('a document that is cut off anywhere is refused', () => {
  for (let end = 0; end < TEXT.length; end++) expect(fieldsOf(TEXT.slice(0, end))).toBeNull()
})

test.each([
  ['a field that is said twice', '<xml><FromUserName>a</FromUserName><FromUserName>b</FromUserName></xml>'],
  ['two documents', '<xml><a>1</a></xml><xml><a>2</a></xml>'],
  ['another root', '<soap><a>1</a></soap>'],
  ['words alone', '<xml>hello</xml>'],
  ['a bare ampersand', '<xml><a>a & b</a></xml>'],
  ['a name that objects have', '<xml><__proto__>1</__proto__></xml>'],
  [
    'a document type',
    '<?xml version="1.0"?><!DOCTYPE xml [<!ENTITY x SYSTEM "file:///etc/passwd">]><xml><a>&x;</a></xml>',
  ],
  ['entities that grow', '<!DOCTYPE xml [<!ENTITY a "aa"><!ENTITY b "&a;&a;">]><xml><a>&b;</a></xml>'],
  ['JSON', '{"xml":{"a":"1"}}'],
  ['nothing', ''],
])('%s is refused', (_, document) => {
  expect(fieldsOf(document)).toBeNull()
})

test('nothing makes it throw, and no field is anything but words', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (noise) => {
      for (const document of [noise, `<xml>${noise}</xml>`, `<xml><a>${noise}</a></xml>`]) {
        for (const value of fieldsOf(document)?.values() ?? []) expect(typeof value).toBe('string')
      }
    }),
    { numRuns: 40 },
  )
})

test('whatever is written is read again, but for what XML has no place for', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), (words) => {
      const illegal = /[\u0000-\u0008\u000B\u000C\u000E-\u001F\uFFFE\uFFFF]/g
      expect(fieldsOf(xmlOf({ Content: words, CreateTime: 5 }))?.get('Content')).toBe(words.replace(illegal, ''))
    }),
  )
  expect(xmlOf({ a: ']]>\u0000x\uD800\n' })).toBe('<xml><a><![CDATA[]]]]><![CDATA[>x\n]]></a></xml>')
})
