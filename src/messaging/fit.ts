/** Long messages in parts that a platform takes. */
import type { Abilities } from './channel.ts'

export type TextLimit = Abilities['textLimit']

/** Where a message may be cut, best first: between paragraphs, lines, sentences, clauses, words. */
const SEAMS = [/\n\s*\n$/u, /\n$/u, /[。！？!?…]["”』）)]?$|\.\s$/u, /[；;]$/u, /[，、,：:]$/u, /\s$/u]

/** Bytes that the envelope of a platform takes where the limit is on the whole body. */
const ENVELOPE = 512

/** Marks that a channel may break with one more character that is not seen (U+200B), the beginnings of lines among them. */
const MARKS = /[@<&\]*_~`\n]/g
const INVISIBLE = { utf16: 1, bytes: 3, body: 3 } as const

/** Most that one UTF-16 unit can count: a control character in JSON. */
const MOST = 6

/** Not to be cut: addresses of pages, and mentions. */
const WHOLE = /https?:\/\/[!-~]+|<@[^>\s]{1,64}>|@[^\s@]{1,32}/g

/** What a text counts against the limit, with the room that a channel needs for making it harmless. */
export function lengthIn(text: string, limit: TextLimit): number {
  const marks = 1 + (text.match(MARKS)?.length ?? 0)
  return own(text, limit) + marks * INVISIBLE[limit.unit] + (limit.unit === 'body' ? ENVELOPE : 0)
}

function own(text: string, { unit }: TextLimit): number {
  if (unit === 'utf16') return text.length
  return Buffer.byteLength(unit === 'body' ? JSON.stringify(text) : text, 'utf8')
}

/**
 * The message in as many parts as the channel needs, each beginning with its place `(1/3) `; as it is when it fits.
 * Without the places, and but for white space where it was cut, the parts joined are the text. No part is empty.
 */
export function fit(text: string, limit: TextLimit): readonly string[] {
  if (text.length * MOST + ENVELOPE <= limit.max || lengthIn(text, limit) <= limit.max) return [text]
  for (let digits = 1; ; digits++) {
    const nine = '9'.repeat(digits)
    const parts = cut(text, limit, limit.max - lengthIn(counter(nine, nine), limit))
    if (String(parts.length).length > digits) continue
    if (parts.length === 1) return parts
    return parts.map((part, place) => counter(place + 1, parts.length) + part)
  }
}

const counter = (place: number | string, of: number | string): string => `(${place}/${of}) `

/** @param room that each part has */
function cut(text: string, limit: TextLimit, room: number): string[] {
  const parts: string[] = []
  let start = 0
  let end = 0
  let size = 0
  /** The best place to cut since `start`, and what lies behind it. */
  let seam = { rank: SEAMS.length, end: 0, size: 0 }

  const push = (to: number) => {
    const part = text.slice(start, to).trim()
    if (part !== '') parts.push(part)
  }

  for (const atom of atoms(text, limit, room)) {
    const counts = sizeOf(atom, limit)
    if (size + counts > room) {
      const at = seam.rank < SEAMS.length ? seam : { end, size }
      push(at.end)
      start = at.end
      size -= at.size
      seam = { rank: SEAMS.length, end: 0, size: 0 }
      if (size + counts > room) {
        push(end)
        start = end
        size = 0
      }
    }
    end += atom.length
    size += counts
    if (size < room / 2) continue
    const tail = text.slice(Math.max(start, end - 8), end)
    const rank = SEAMS.findIndex((mark) => mark.test(tail))
    if (rank >= 0 && rank <= seam.rank) seam = { rank, end, size }
  }
  push(text.length)
  return parts
}

const sizeOf = (atom: string, limit: TextLimit): number => lengthIn(atom, limit) - lengthIn('', limit)

/** What is never cut: what a reader sees as one character, addresses, mentions; unless it alone is too long. */
function* atoms(text: string, limit: TextLimit, room: number): Generator<string> {
  const segmenter = new Intl.Segmenter('zh', { granularity: 'grapheme' })
  const graphemes = function* (piece: string): Generator<string> {
    for (const { segment } of segmenter.segment(piece)) {
      if (sizeOf(segment, limit) <= room) yield segment
      else yield* segment
    }
  }
  let place = 0
  for (const { index, 0: whole } of text.matchAll(WHOLE)) {
    yield* graphemes(text.slice(place, index))
    if (sizeOf(whole, limit) <= room / 2) yield whole
    else yield* graphemes(whole)
    place = index + whole.length
  }
  yield* graphemes(text.slice(place))
}
