/**
 * A message as it may be read: no control characters, no broken characters, nothing that turns the direction of what stands
 * after it (a name must not rewrite the sentence around it); line ends and tabs stay.
 */
export function cleanText(text: string): string {
  return PLAIN.test(text) ? text : text.replace(CONTROL, '').replace(HALVES, '\uFFFD')
}

const PLAIN = /^[\u0020-\u007e\u3000-\u303f\u4e00-\u9fff\uff01-\uff5e]*$/
const CONTROL = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069]/g
/** Halves of a character that is written as two units. */
const HALVES = /[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g
