/**
 * What a free-text answer means for a question. Pure and total: any text of any length gives an Understanding.
 * The order is the same for every type: literal answer, word that works anywhere, the type's own reading, constraint; and the
 * same once more without the noise around the answer, where it was not understood with it;
 * at questions for free text and media the words that work anywhere come first, because every text is an answer there.
 * Not here: finding registry rows (they arrive as `asked.found`), choosing words, counting attempts.
 */
import type { WordForms } from '../words.ts'
import { parseAcknowledge } from './acknowledge.ts'
import { literalChoices, parseChoice, parseChoices, parseRank } from './choices.ts'
import { literalChoice } from './choice.ts'
import { literalDate, parseDate } from './date.ts'
import { parseGeopoint } from './geopoint.ts'
import { findGlobalWord } from './global-word.ts'
import { parseIdNumber } from './id-number.ts'
import { normalise } from './normalise.ts'
import { quiet } from './noise.ts'
import { literalNumber, parseNumber } from './number.ts'
import { literalPhone, parsePhone } from './phone.ts'
import { readName } from './person-name.ts'
import { parsePicker } from './picker.ts'
import { REASONS } from './reasons.ts'
import { isNone, isUnknown } from './silence.ts'
import { literalTime, parseDateTime, parseTime } from './time.ts'
import { PICKERS, storedOf } from './understanding.ts'
import type { Asked, Said, Understanding } from './understanding.ts'
import { parseYesNo, yesNoChoices } from './yes-no.ts'

const NOT_UNDERSTOOD: Understanding = { result: 'not_understood' }

/** Longer texts are read for choices that they mention and kept as free text; no other type reads them. */
const LONGEST_TYPED = 4_000

/** An answer said just as it is stored or shown. */
function literal(text: string, asked: Asked, said: Said): Understanding | null {
  switch (asked.type) {
    case 'integer':
    case 'decimal':
    case 'range':
      return literalNumber(text, asked, said)
    case 'select_one':
      return literalChoice(text, asked.choices ?? (asked.yesNo ? yesNoChoices(said.language) : []))
    case 'select_multiple':
      return literalChoices(text, asked.choices ?? [])
    case 'date':
      return literalDate(text)
    case 'time':
      return literalTime(text)
    case 'phone':
      return literalPhone(text)
    case 'territory':
    case 'household':
    case 'staff':
    case 'course':
    case 'posting':
    case 'matter':
      return literalChoice(text, asked.choices ?? [])
    default:
      return null
  }
}

function typed(text: string, asked: Asked, said: Said): Understanding {
  switch (asked.type) {
    case 'integer':
    case 'decimal':
    case 'range':
      return parseNumber(text, asked, said)
    case 'select_one':
      return asked.yesNo ? parseYesNo(text, asked, said.language) : parseChoice(text, asked)
    case 'select_multiple':
      return parseChoices(text, asked)
    case 'rank':
      return parseRank(text, asked)
    case 'acknowledge':
      return parseAcknowledge(text, asked)
    case 'date':
      return parseDate(text, asked, said)
    case 'time':
      return parseTime(text, said)
    case 'dateTime':
      return parseDateTime(text, asked, said)
    case 'geopoint':
      return parseGeopoint(text)
    case 'phone':
      return parsePhone(text)
    case 'id_number':
      return parseIdNumber(text, said)
    case 'territory':
    case 'household':
    case 'staff':
    case 'course':
    case 'posting':
    case 'matter':
      return parsePicker(text, asked)
    case 'image':
    case 'audio':
    case 'video':
    case 'file':
      return isNone(text) || isUnknown(text) ? { result: 'unanswered' } : NOT_UNDERSTOOD
    case 'text':
      return NOT_UNDERSTOOD
  }
}

/** “About” belongs to the answer. */
const COUNTS_ABOUT: ReadonlySet<string> = new Set(['integer', 'decimal', 'range', 'date', 'time', 'dateTime'])

/** Types whose own reading of 不知道 is a choice, or which offer one. */
const SAYS_UNKNOWN_ITSELF: ReadonlySet<string> = new Set(['select_one', 'select_multiple', 'rank', ...PICKERS])

function constrained(understood: Understanding, asked: Asked): Understanding {
  const { allows } = asked
  if (!allows) return understood
  const refused: Understanding = { result: 'not_allowed', why: asked.why ?? REASONS.constraint }
  if (understood.result === 'understood') {
    const declined = asked.type === 'acknowledge'
    return declined || allows(storedOf(understood.value)) ? understood : refused
  }
  if (understood.result !== 'ambiguous') return understood
  const candidates = understood.candidates.filter(({ value }) => allows(storedOf(value)))
  return candidates.length > 0 ? { result: 'ambiguous', candidates } : refused
}

function freeText(text: string, asked: Asked, said: Said, words: WordForms): Understanding {
  const kept = text.trim()
  const even = kept.length <= 60 ? normalise(kept) : ''
  const word = even === '' ? null : findGlobalWord(even, words, said.language)
  if (word) return { result: 'global', ...word }
  if (kept === '') return NOT_UNDERSTOOD
  if (even !== '' && !asked.required && (isUnknown(even) || isNone(even))) return { result: 'unanswered' }
  const value = asked.isName ? readName(kept) : kept
  return constrained({ result: 'understood', value, literal: value === kept, echo: value }, asked)
}

/**
 * @param text as it arrived; for `text` it is kept so, trimmed
 * @param words the words that work anywhere, of all languages
 */
export function understand(asked: Asked, text: string, said: Said, words: WordForms): Understanding {
  if (asked.type === 'text') return freeText(text, asked, said, words)
  if (text.length > LONGEST_TYPED) return NOT_UNDERSTOOD
  const even = normalise(text)
  if (even === '') return text.trim() !== '' && isUnknown(text.trim()) ? { result: 'unanswered' } : NOT_UNDERSTOOD
  const plainly = meaning(even, asked, said, words)
  const isDigits = plainly.result === 'not_allowed' && (asked.type === 'phone' || asked.type === 'id_number')
  if (plainly.result === 'ambiguous') return saidTwice(plainly, even, asked, said, words) ?? plainly
  if (plainly.result !== 'not_understood' && !isDigits) return plainly
  const core = quiet(even, COUNTS_ABOUT.has(asked.type))
  if (core === null) return plainly
  const quietly = meaning(core, asked, said, words)
  if (quietly.result === 'understood') return { ...quietly, literal: false }
  return isDigits ? plainly : quietly
}

/** 三千五，三千五 may look like two numbers; it is one of what was found. */
function saidTwice(
  { candidates }: Extract<Understanding, { result: 'ambiguous' }>,
  even: string,
  asked: Asked,
  said: Said,
  words: WordForms,
): Understanding | null {
  const core = quiet(even, true)
  const once = core === null ? null : meaning(core, asked, said, words)
  if (once?.result !== 'understood') return null
  const stored = storedOf(once.value)
  return candidates.some(({ value }) => storedOf(value) === stored) ? { ...once, literal: false } : null
}

/** @param even normalised */
function meaning(even: string, asked: Asked, said: Said, words: WordForms): Understanding {
  const shown = literal(even, asked, said)
  if (shown) return constrained(shown, asked)
  const word = findGlobalWord(even, words, said.language)
  if (word) return { result: 'global', ...word }
  if (!SAYS_UNKNOWN_ITSELF.has(asked.type) && isUnknown(even)) return { result: 'unanswered' }
  return constrained(typed(even, asked, said), asked)
}
