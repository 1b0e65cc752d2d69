/** A message as it may be read: no control characters, no broken characters; line ends and tabs stay. */
export function cleanText(text: string): string {
  return PLAIN.test(text) ? text : text.replace(CONTROL, '').replace(HALVES, '\uFFFD')
}

const PLAIN = /^[\u0020-\u007e\u4e00-\u9fff]*$/
const CONTROL = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f]/g
/** Halves of a character that is written as two units. */
const HALVES = /[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g
