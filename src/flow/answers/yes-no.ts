/** Yes, no and “I can't say”, as people here say them. */
import { dontKnowAmong, placeSaid } from './choice-forms.ts'
import { looseChoice, chosen, mentioned } from './choice.ts'
import { unspaced } from './normalise.ts'
import { bare, isUnknown } from './silence.ts'
import type { Asked, ChoiceOption, Understanding } from './understanding.ts'

const words = (text: string): ReadonlySet<string> => new Set(text.split(' '))

const YES = words(
  '是 有 要得 对 嗯 嗯嗯 好 行 可以 中 成 是的 有的 对的 好的 行的 可以的 对头 得行 得 要 要的 会 能 能够 肯 没错 不错 冇错 没问题 冇问题 当然 当然是 当然有 ' +
    '肯定 肯定是 肯定有 必须 必须的 确实 确实是 确实有 真的 是这样 就是 就是的 就是有 愿意 同意 够 够了 交了 交过 办了 急 很急 好急 着急 紧急 非常急 急得很 特别急 ' +
    '想 来了 来过 去了 去过 知道 晓得 晓得了 住人 住 住着 有人 有人住 有急事 有危险 危险 很危险 有病 有呢 是滴 是嘞 好嘛 好嘞 好滴 哎 诶 昂 恩 恩恩 唔 喔 哦 要的嘛 阔以 口以 欧了 ' +
    '👍 👌 ✅ ✔ ☑ √ 🙆 💯 🆗 🙋 ⭕ o yes y yeah yea yep yup yess yes! ok okay okey sure right correct true certainly ofcourse absolutely ido itis yesitis thereis iam wehave',
)
const NO = words(
  '不是 没 没有 不 不要 莫得 冇得 不行 否 无 没得 冇 冇有 不用 不对 不会 不能 不好 不可以 不中 不成 不得 不得行 要不得 不肯 没有的 不是的 不是滴 不要的 没有没有 没了 没有了 ' +
    '不够 不愿意 不愿 不同意 没交 没办 未办 还没 还没有 没来 没来过 没去 没去过 不急 不着急 不想 没人 没人住 没有人 不住人 不住 没急事 没有急事 没事 没危险 没有危险 不危险 不存在 ' +
    '冒得 冒 木有 莫 弗是 勿是 唔系 算了 不了 不需要 不必 否定 从来没有 从没 没过 不呢 非 哪有 哪里有 没病 没有病 免了 甭 别 ' +
    "👎 ❌ ✖ ✗ ✘ × x 🙅 🚫 no n nope nah not false never none noidont itisnot itisn't therearenone notreally wrong idont idon't",
)
const UNSURE = words(
  '可能 也许 好像 大概 大概是 可能是 可能有 好像有 好像是 应该 看情况 不一定 差不多 一般 maybe perhaps possibly 🤷 🤷♂ 🤷♀ dk',
)

/** 没交, 不够大, 未办: a denied verb. What begins so and means yes, or nothing, is in the lists above or below. */
const DENIED =
  /^(?:都|也|还|从来|一直|目前|现在|暂时|家里)*(?:没有?|不|冇|莫|未|无)(?:[\u4E00-\u9FFF]{1,3})?(?:了|过|的)?$/
const NOT_A_NO =
  /^(?:不得不|没错|不错|无所谓|不过|没准|不仅|不只|不光|不止|不但|没想到|不好意思|不客气|没关系|不要紧|没听|不懂|没懂|不明白|没明白|不认识|不告诉|不想说|不方便)/
/** 不是没有 denies a denial. */
const TWICE = /[没不冇莫无未].*[没不冇莫无未]/
const CLAUSES = /[\s,;:。.!?、~]+/

type Answer = 'yes' | 'no' | 'dk'

/** 是是是, 好好, 没有没有: said more than once is said once. */
function once(text: string): string {
  return text.replace(/^(.{1,3}?)\1+$/u, '$1')
}

function plain(text: string): Answer | null {
  if (isUnknown(text)) return 'dk'
  for (const said of new Set([text, once(text), bare(text), once(bare(text))])) {
    if (YES.has(said)) return 'yes'
    if (NO.has(said)) return 'no'
    if (UNSURE.has(said)) return 'dk'
  }
  return null
}

/** What one clause says; null when it says neither. @param text without blanks */
function heard(text: string): Answer | null {
  const core = bare(text)
  const simple = plain(text) ?? plain(core)
  if (simple) return simple
  if (text.length <= 12 && DENIED.test(core) && !NOT_A_NO.test(core) && !TWICE.test(core)) return 'no'
  const stripped = core.replace(/^(?:应该|可能|大概|好像|肯定|确实|一直|现在|目前|家里|屋里|都|也|还)+/, '')
  return stripped !== core && stripped !== '' ? plain(stripped) : null
}

/** @param text normalised */
export function readYesNo(text: string): Answer | null {
  if (text.length > 60) return null
  const whole = heard(unspaced(text))
  if (whole) return whole
  const clauses = text.split(CLAUSES).filter((clause) => clause !== '')
  const first = clauses[0] === undefined ? null : heard(clauses[0])
  const others = clauses.slice(1).map((clause) => plain(clause))
  if (!first || clauses.length < 2) return null
  return others.every((other) => other === null || other === first) ? first : null
}

/** select_one over yes, no and perhaps dk. @param text normalised, known not to be literal */
export function parseYesNo(text: string, asked: Asked, language: string): Understanding {
  const choices = asked.choices ?? yesNoChoices(language)
  const place = placeSaid(bare(text), choices.length)
  const option = place === null ? undefined : choices[place]
  if (option) return chosen(option, false)
  const answer = readYesNo(text)
  const told = toldBy(text, choices)
  if (told) return chosen(told, false)
  if (answer === 'dk') {
    const unknown = choices.find(({ name }) => name === 'dk') ?? dontKnowAmong(choices)
    if (unknown) return chosen(unknown, false)
    return isUnknown(text) ? { result: 'unanswered' } : { result: 'not_understood' }
  }
  const meant = answer && choices.find(({ name }) => name === answer)
  if (meant) return chosen(meant, false)
  const loose = answer === null && text.length > 1 ? looseChoice(text, choices) : null
  return loose?.result === 'understood' && !/[没不冇莫无未]/.test(text) ? loose : { result: 'not_understood' }
}

/**
 * What a question's own words for yes or no say, where somebody tells it instead of answering: 没饭吃 at “anything that can't
 * wait?” is a yes, although it begins like a no. Only words of several characters, and only of one of the choices.
 */
function toldBy(text: string, choices: readonly ChoiceOption[]): ChoiceOption | null {
  if (plain(unspaced(text)) !== null || plain(text.split(CLAUSES)[0] as string) !== null) return null
  const told = mentioned(
    text,
    choices.map(({ name, also = [] }) => ({
      name,
      label: '',
      also: also.filter((word) => word.length > 1 && plain(unspaced(word)) === null),
    })),
  )
  const [only] = told
  return only && told.length === 1 ? (choices.find(({ name }) => name === only.name) ?? null) : null
}

/** Where a yes-no question came without choices. */
export const yesNoChoices = (language: string): readonly ChoiceOption[] =>
  language.startsWith('en') ? ENGLISH : CHINESE

const CHINESE: readonly ChoiceOption[] = [
  { name: 'yes', label: '是' },
  { name: 'no', label: '不是' },
  { name: 'dk', label: '说不清' },
]
const ENGLISH: readonly ChoiceOption[] = [
  { name: 'yes', label: 'Yes' },
  { name: 'no', label: 'No' },
  { name: 'dk', label: 'Not sure' },
]
