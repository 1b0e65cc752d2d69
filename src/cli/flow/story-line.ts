/** Input lines of a story: words as they are, and in brackets everything that is no text. */
import { DAY, HOUR, MINUTE } from '../../base/time.ts'
import type { Input } from '../../flow/input.ts'

export type StoryLine =
  | { readonly kind: 'input'; readonly input: Input }
  /** Milliseconds in which nobody says anything; null = until the clock does something. */
  | { readonly kind: 'silence'; readonly milliseconds: number | null }
  /** Before the first message: facts and answers that are known. */
  | { readonly kind: 'known'; readonly confirmed: boolean; readonly facts: ReadonlyMap<string, string> }
  | { readonly kind: 'given'; readonly answers: ReadonlyMap<string, string> }
  | { readonly kind: 'language'; readonly language: string }

const UNITS: Readonly<Record<string, number>> = { m: MINUTE, h: HOUR, d: DAY }

/** @returns the text itself for brackets that mean nothing here */
export function storyLine(line: string): StoryLine {
  const match = /^\((\w+)(?::\s*|\s+|\))(.*?)\)?$/s.exec(line)
  const special = match && bracketed(match[1] as string, (match[2] as string).trim())
  return special ?? { kind: 'input', input: { kind: 'text', text: line } }
}

const media = (name: string, type: string) => ({ id: name, name, type, bytes: 1 })

function bracketed(word: string, rest: string): StoryLine | null {
  const input = (value: Input): StoryLine => ({ kind: 'input', input: value })
  switch (word) {
    case 'tap':
      return input({ kind: 'choice', id: rest })
    case 'photo':
      return input({ kind: 'media', what: 'image', media: media(rest || 'photo.jpg', 'image/jpeg') })
    case 'video':
      return input({ kind: 'media', what: 'video', media: media(rest || 'video.mp4', 'video/mp4') })
    case 'file':
      return input({ kind: 'media', what: 'file', media: media(rest || 'file.pdf', 'application/pdf') })
    case 'voice':
      return input({ kind: 'voice', media: media('voice.amr', 'audio/amr'), transcript: rest === '' ? null : rest })
    case 'location': {
      const [latitude, longitude] = rest.split(/[\s,]+/).map(Number)
      return input({ kind: 'location', latitude: latitude ?? Number.NaN, longitude: longitude ?? Number.NaN })
    }
    case 'sticker':
      return input({ kind: 'other' })
    case 'silence': {
      if (rest === '') return { kind: 'silence', milliseconds: null }
      const time = /^(\d+)([mhd])$/.exec(rest)
      return time && { kind: 'silence', milliseconds: Number(time[1]) * (UNITS[time[2] as string] as number) }
    }
    case 'known':
    case 'believed':
      return { kind: 'known', confirmed: word === 'known', facts: pairs(rest) }
    case 'given':
      return { kind: 'given', answers: pairs(rest) }
    case 'language':
      return { kind: 'language', language: rest }
    default:
      return null
  }
}

const pairs = (text: string): ReadonlyMap<string, string> =>
  new Map([...text.matchAll(/([\w-]+)=(\S+)/g)].map((match) => [match[1] as string, match[2] as string]))
