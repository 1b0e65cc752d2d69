/** Ends of sentences and lines, best first. */
const ENDS = [/\n+/g, /[。！？!?；;]+/g, /[，,、 ]+/g]

/** Shorter than that nothing is too long: the platform means something else. Bytes. */
const SHORTEST = 300

/** The two halves of a text that the platform called too long, cut at an end near the middle; null when it is short. */
export function halvesOf(text: string): readonly [string, string] | null {
  if (Buffer.byteLength(text, 'utf8') <= SHORTEST) return null
  const at = cutOf(text)
  return [text.slice(0, at).trimEnd(), text.slice(at).trimStart()]
}

function cutOf(text: string): number {
  const middle = text.length / 2
  for (const ends of ENDS) {
    const places = [...text.matchAll(ends)].map((match) => match.index + match[0].length)
    const near = places.filter((at) => at > text.length / 4 && at < (text.length * 3) / 4)
    if (near.length > 0) return near.reduce((best, at) => (Math.abs(at - middle) < Math.abs(best - middle) ? at : best))
  }
  const first = [...new Intl.Segmenter(undefined, { granularity: 'grapheme' }).segment(text)].find(
    ({ index }) => index >= middle,
  )
  return first?.index ?? Math.ceil(middle)
}
