/**
 * The sounds and words that people, and the machines that write down what they say, put around an answer. They are taken out
 * only after a text was not understood as it is; what is stored as said is never changed.
 */
import { unspaced } from './normalise.ts'

/** Longer texts tell something. */
const LONGEST = 200

const SOUND =
  '嗯|呃|啊|哎呀|哎哟|哎|唉|诶|欸|喔|哦|噢|唔|呵|哈|咳|呐|哼|嘶|嗨|喂|额|耶|咦|呀|哟|em+|uh+|um+|hmm*|er+|ah+|well|like'

const PHRASE =
  "那个|这个|那什么|那么|就是说|就是讲|就是|也就是|这样子?|怎么说呢?|怎么讲呢?|咋说呢?|我想想看?|想一想|想一下|想想|等一下|等下|等等|让我想想看?|容我想想|我看看啊|我想一下|我跟你[讲说]|我给你[讲说]|跟你[讲说]|我告诉你|你听我[讲说]|我[讲说]|我是[讲说]|我意思是|意思是|不瞒你[讲说]|老实[讲说]|说实话|讲实话|说真的|然后呢?|反正|其实|的话|你[讲说]|你看|你晓得不?|晓得吧|知道吧|同志|领导|干部|老师|师傅|你好|您好|麻烦你?|谢谢你?|you know|i mean|let me see|let me think|actually|please|thanks?|thank you|it is|it\\'s|i think|i guess"

/** What makes a number “about”: left to the types that keep it. */
const ABOUT =
  '大概是|大概|好像是|好像|应该是|应该|可能是|可能|估计是|估计|差不多是|差不多|算是|怕是|我觉得是?|我看是?|我想是?'

const GAP = '[\\s,;:、。.!?~…·-]*'
const at = (words: string): { lead: RegExp; trail: RegExp } => ({
  lead: new RegExp(`^(?:${words})${GAP}`),
  trail: new RegExp(`${GAP}(?:${words})$`),
})
const EDGE = { all: at(`${PHRASE}|${ABOUT}|${SOUND}|吧|嘛|呢|了|的`), exact: at(`${PHRASE}|${SOUND}|吧|嘛|呢`) }
/** In the middle only what can be nothing else. */
const INSIDE = /嗯+|呃+|哎呀|哎哟|[唉诶欸噢喔]|就是说|我想想看?|想一下|怎么说呢?|怎么讲呢?|\b(?:um+|uh+|hmm*|er)\b/g
const INSIDE_BETWEEN = /(?<=[\s,、…。.])(?:那个|这个|啊|哦|额|就是|然后)(?=[\s,、…。.])/g

const COUNTS = /^[\d零一二三四五六七八九十百千万亿两幺.]+$/

/** 三口人三口人, 生病 生病, 我家我家: once. */
function once(text: string): string {
  const [first, second, ...more] = text.split(/[,、。…]+/)
  if (first !== undefined && first.length > 1 && first === second && more.length === 0) return first
  const pieces = text.split(/[\s,、。.…]+/)
  const parted = pieces.filter((piece, place) => piece !== pieces[place - 1] || COUNTS.test(piece))
  const even = parted.length < pieces.length ? parted.join(' ') : text
  return even.replace(/([\u4E00-\u9FFF\d]{2,8})\1+/g, (run, part: string) => (COUNTS.test(part) ? run : part))
}

function trimmed(text: string, { lead, trail }: { lead: RegExp; trail: RegExp }): string {
  let rest = text
  for (let turn = 0; turn < 8; turn++) {
    const next = rest.replace(lead, '').replace(trail, '')
    // A whole answer may sound like noise: 嗯, 是的.
    if (next === '' || next === rest) break
    rest = next
  }
  return rest
}

/**
 * @param text normalised
 * @param keepsAbout leaves 大概 and its like, which change what a number or a day means
 * @returns the text without its noise; null where there is none in it
 */
export function quiet(text: string, keepsAbout: boolean): string | null {
  if (text.length > LONGEST) return null
  const edge = keepsAbout ? EDGE.exact : EDGE.all
  const outer = trimmed(text, edge)
  const inner = once(
    outer
      .replace(INSIDE_BETWEEN, '')
      .replace(INSIDE, '')
      .replace(/([,、。])[\s,、。]+/g, '$1'),
  )
  const left = trimmed(inner.replace(/^[\s,、。.…]+|[\s,、。.…]+$/g, ''), edge)
  return left === '' || unspaced(left) === unspaced(text) ? null : left
}
