/** One spelling for what people type, so that tables need one entry a word. */

/** Invisible marks, emoji variation selectors and skin tones say nothing. */
const INVISIBLE =
  /[\u00AD\u034F\u061C\u115F\u1160\u17B4\u17B5\u180E\u200B-\u200F\u202A-\u202E\u2060-\u206F\uFE00-\uFE0F\uFEFF]|\uD83C[\uDFFB-\uDFFF]/g
const ZEROS = /[〇○◯]/g
const EDGE = /^[\s。.!~?,;、…·"'“”‘’「」]+|[\s。.!~?,;、…·"'“”‘’「」]+$/g
const AT_START = /^[\s。.!~?,;、…·"'“”‘’「」]/
const AT_END = /[\s。.!~?,;、…·"'“”‘’「」]$/
/** Characters that have one spelling but for their case. */
const COMMON = /^[\u0020-\u007e\u4E00-\u9FFF]*$/
/** The same with the punctuation and the wide letters of Chinese keyboards: nothing invisible, no blank but the plain one. */
const WRITTEN = /^[\u0020-\u007e\u3001\u3002\u4E00-\u9FFF\uFF01-\uFF5E]*$/
/** Already in the one spelling. */
const PLAIN = /^(?:[a-z0-9]+|[\u4E00-\u9FFF]+)$/
const LEADING_POINT = /^\.\d/

/**
 * NFKC, lower case, 〇 as 零, one blank for any run of blanks, no punctuation at either end.
 * Lower case: compare with words that went through here too.
 */
export function normalise(text: string): string {
  if (PLAIN.test(text)) return text
  const even = COMMON.test(text) ? oneBlank(text.toLowerCase()) : evenOut(text)
  const bare = AT_START.test(even) || AT_END.test(even.slice(-1)) ? even.replace(EDGE, '') : even
  return LEADING_POINT.test(even.trim()) ? `.${bare}` : bare
}

function evenOut(text: string): string {
  const narrow = text.normalize('NFKC')
  if (WRITTEN.test(text)) return oneBlank(narrow.toLowerCase())
  return narrow.replace(INVISIBLE, '').replace(ZEROS, '零').replace(/\s+/g, ' ').toLowerCase()
}

const oneBlank = (text: string): string => (text.includes('  ') ? text.replace(/ +/g, ' ') : text)

/** Without any blank: Chinese is written without, and people put them anywhere. */
export const unspaced = (text: string): string => (text.includes(' ') ? text.replaceAll(' ', '') : text)
