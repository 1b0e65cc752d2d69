/** Numbers as they are written and said in Chinese: 3500, 3,500, 1万2, 三千五, 两三百, 十几, 壹贰叁, 三点五. */

const DIGITS: Readonly<Record<string, number>> = {
  一: 1, 二: 2, 三: 3, 四: 4, 五: 5, 六: 6, 七: 7, 八: 8, 九: 9,
  壹: 1, 贰: 2, 叁: 3, 肆: 4, 伍: 5, 陆: 6, 柒: 7, 捌: 8, 玖: 9,
  弌: 1, 弍: 2, 弎: 3, 貳: 2, 參: 3, 叄: 3, 陸: 6,
  两: 2, 俩: 2, 仨: 3, 幺: 1, 兩: 2, 倆: 2,
} // prettier-ignore

const MULTIPLIERS: Readonly<Record<string, number>> = {
  十: 10, 拾: 10, 百: 100, 佰: 100, 千: 1_000, 仟: 1_000, 万: 10_000, 萬: 10_000, 亿: 100_000_000, 億: 100_000_000,
} // prettier-ignore

/** One character for a multiple of ten. */
const TENS: Readonly<Record<string, number>> = { 廿: 2, 卅: 3, 卌: 4 }

const LETTER_MULTIPLIERS: Readonly<Record<string, number>> = { k: 1_000, w: 10_000 }
const VAGUE = '多余来几把'
/** What may follow 两 when it is the digit two and not the weight: 一两个, 一两百. */
const COUNTED =
  '个斤亩块元口人天年月只头件位公千分岁次户家担挑石吨筐车袋箱包条张把双套台辆副根瓶桶捆回趟遍棵株栋间处起班门期级匹羽小周礼钟刻星角毛床窝笼丘'
const ARABIC = /\d{1,3}(?:,\d{3})+(?:\.\d+)?(?!\d)|\d+(?:\.\d+)?|\.\d+/y

type Atom =
  | { readonly kind: 'digit'; readonly value: number; readonly char: string }
  | { readonly kind: 'arabic'; readonly value: number; readonly whole: boolean }
  | { readonly kind: 'times'; readonly value: number }
  | { readonly kind: 'zero' }
  | { readonly kind: 'point' }
  | { readonly kind: 'vague' }

/** What a decimal point may follow: 三点五, 十点五. */
const POINTED: ReadonlySet<Atom['kind']> = new Set(['digit', 'zero', 'times'])

export interface Numeral {
  /** One value, the two ends of 三四千, or each of 三四五天. Finite, never negative. */
  readonly values: readonly number[]
  /** 多, 来, 几: somewhat more. */
  readonly vague: boolean
  /** Where it ends in the text. */
  readonly end: number
}

const isDigit = (char: string | undefined): boolean => char !== undefined && (char in DIGITS || char === '零')

function atomsAt(text: string, from: number): { atoms: Atom[]; end: number } {
  const atoms: Atom[] = []
  let at = from
  while (at < text.length) {
    const char = text[at] as string
    const before = atoms.at(-1)
    const next = text[at + 1]
    if ((char >= '0' && char <= '9') || (char === '.' && atoms.length === 0)) {
      if (before?.kind === 'arabic' || before?.kind === 'vague') break
      ARABIC.lastIndex = at
      const found = ARABIC.exec(text)?.[0]
      if (found === undefined) break
      atoms.push({ kind: 'arabic', value: Number(found.replaceAll(',', '')), whole: !found.includes('.') })
      at += found.length
      continue
    }
    if (char in DIGITS) {
      const counts = next !== undefined && (next in MULTIPLIERS || COUNTED.includes(next))
      const weight =
        char === '两' && (before?.kind === 'digit' || before?.kind === 'arabic' || before?.kind === 'times')
      if (weight && !counts) break
      if (before?.kind === 'arabic' || before?.kind === 'vague') break
      atoms.push({ kind: 'digit', value: DIGITS[char] as number, char })
    } else if (char in TENS) {
      atoms.push({ kind: 'digit', value: TENS[char] as number, char }, { kind: 'times', value: 10 })
    } else if (char === '千' && next === '克') break
    else if (char in MULTIPLIERS) atoms.push({ kind: 'times', value: MULTIPLIERS[char] as number })
    else if (char in LETTER_MULTIPLIERS && before?.kind === 'arabic' && !/[a-z]/.test(next ?? ''))
      atoms.push({ kind: 'times', value: LETTER_MULTIPLIERS[char] as number })
    else if (char === '零') atoms.push({ kind: 'zero' })
    else if (char === '点' && before !== undefined && POINTED.has(before.kind) && isDigit(next))
      atoms.push({ kind: 'point' })
    else if (VAGUE.includes(char) && before !== undefined && before.kind !== 'vague') {
      if (char === '几' && before.kind !== 'times') break
      if (char === '把' && before.kind !== 'times') break
      atoms.push({ kind: 'vague' })
    } else break
    at++
  }
  return { atoms, end: at }
}

/** 三四, 三五, 三两, 仨俩 name two numbers; 三七 does not. */
function isPair(a: Atom | undefined, b: Atom | undefined): boolean {
  if (a?.kind !== 'digit' || b?.kind !== 'digit') return false
  const few = a.value === 3 && (b.char === '两' || b.char === '俩')
  return b.value === a.value + 1 || (a.value === 3 && b.value === 5) || few
}

/** 三四五 (天): each of them. */
function listed(atoms: readonly Atom[]): number[] | null {
  if (atoms.length < 3) return null
  const values: number[] = []
  for (const atom of atoms) {
    if (atom.kind !== 'digit' || (values.length > 0 && atom.value !== (values.at(-1) as number) + 1)) return null
    values.push(atom.value)
  }
  return values
}

const clean = (value: number): number => Math.round(value * 1e6) / 1e6

/** 三五〇〇, 二零, 三点五: digits one by one. */
function positional(atoms: readonly Atom[]): number | null {
  let text = ''
  for (const atom of atoms) {
    if (atom.kind === 'digit') text += String(atom.value)
    else if (atom.kind === 'zero') text += '0'
    else if (atom.kind === 'point' && !text.includes('.')) text += '.'
    else return null
  }
  return text.length > 0 && text.length <= 20 ? Number(text) : null
}

interface Sum {
  total: number
  section: number
  /** The last multiplier: 三千五 is five hundred. */
  last: number
  /** Within the section multipliers fall. */
  ceiling: number
  zero: boolean
}

/** Sums 三千五百二 and the like; each of `choice` picks one digit where two were said. */
function summed(atoms: readonly Atom[], pair: number, choice: 0 | 1): number | null {
  const sum: Sum = { total: 0, section: 0, last: 0, ceiling: Infinity, zero: false }
  let run: Atom[] = []
  const skipped = pair < 0 ? -1 : pair + (choice === 0 ? 1 : 0)
  const value = (): number | null => {
    const only = run[0]
    if (run.length === 0) return null
    if (run.length === 1 && only?.kind === 'arabic') return only.value
    if (run.some((a) => a.kind === 'arabic')) return Number.NaN
    return (run.length > 1 && !run.some((a) => a.kind === 'point') ? null : positional(run)) ?? Number.NaN
  }
  for (const [index, atom] of atoms.entries()) {
    if (index === skipped || atom.kind === 'vague') continue
    if (atom.kind === 'zero' && run.length === 0 && sum.last > 0) {
      sum.zero = true
      continue
    }
    if (atom.kind !== 'times') {
      run.push(atom)
      continue
    }
    const said = value()
    if (Number.isNaN(said)) return null
    run = []
    if (atom.value >= 10_000) {
      const below = sum.section + (said ?? (sum.section > 0 || sum.total > 0 ? 0 : 1))
      sum.total = atom.value > 10_000 ? (sum.total + below) * atom.value : sum.total + below * atom.value
      sum.section = 0
      sum.ceiling = Infinity
    } else {
      if (atom.value >= sum.ceiling || (said === null && atom.value > 10 && sum.last > 0)) return null
      sum.section += (said ?? 1) * atom.value
      sum.ceiling = atom.value
    }
    sum.last = atom.value
    sum.zero = false
  }
  const said = value()
  if (Number.isNaN(said)) return null
  const rest = said ?? 0
  if (sum.last > 0 && rest >= sum.last) return null
  const short = sum.last >= 100 && !sum.zero && run.length === 1 && rest < 10 && Number.isInteger(rest)
  return sum.total + sum.section + (short ? (rest * sum.last) / 10 : rest)
}

/**
 * Reads the numeral that begins at `from`.
 * @returns null when none begins there. 几百 alone is none: it names no number.
 */
export function readNumeral(text: string, from = 0): Numeral | null {
  const { atoms, end } = atomsAt(text, from)
  const first = atoms[0]
  if (!first || first.kind === 'vague' || first.kind === 'point') return null
  const vague = atoms.some((atom) => atom.kind === 'vague')
  const said = vague ? atoms.filter((atom) => atom.kind !== 'vague') : atoms
  // 零十天, after a month: ten days.
  const solid = first.kind === 'zero' && said[1]?.kind === 'times' ? said.slice(1) : said
  const multiplied = solid.some((atom) => atom.kind === 'times')
  if (!multiplied && !(solid.length === 2 && isPair(solid[0], solid[1]))) {
    const each = listed(solid)
    if (each) return { values: each, vague, end }
    const value = solid.length === 1 && first.kind === 'arabic' ? first.value : positional(solid)
    return value === null ? null : { values: [value], vague, end }
  }
  const pair = solid.findIndex(
    (atom, index) => isPair(atom, solid[index + 1]) && !isNumberish(solid[index - 1]) && !isNumberish(solid[index + 2]),
  )
  const values = (pair < 0 ? [summed(solid, -1, 0)] : [summed(solid, pair, 0), summed(solid, pair, 1)]).map((value) =>
    value === null || !Number.isFinite(value) ? null : clean(value),
  )
  if (values.includes(null)) return null
  return { values: (values as number[]).sort((a, b) => a - b), vague, end }
}

const isNumberish = (atom: Atom | undefined): boolean =>
  atom?.kind === 'digit' || atom?.kind === 'arabic' || atom?.kind === 'point'

/** The whole text as one plain number in digits or Chinese numerals. @returns null for anything else or several values. */
export function wholeNumeral(text: string): number | null {
  const found = readNumeral(text)
  return found && found.end === text.length && !found.vague && found.values.length === 1
    ? (found.values[0] as number)
    : null
}
