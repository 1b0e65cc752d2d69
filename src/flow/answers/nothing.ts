/** Zero in more words than “none”: 颗粒无收, 没喂猪, 一分地都没有, 没有在挣钱的. */
import { unspaced } from './normalise.ts'
import { bare, isNone } from './silence.ts'

const OPENING = '(?:我们?|俺们?|咱们?|家里|屋头|屋里|家头|今年|这一年|目前|现在|一直|根本|啥|什么|都|也|还)*'
const NOT = '(?:没有?|没得|莫得|莫有|冇得?|冒得|无)'
const THING = '(?:猪|牛|羊|鸡|鸭|鹅|鱼|兔子?|马|蜂|牲口|牲畜|家禽|田地?|土地?|地|庄稼|粮食|账|钱|人|东西|林地?|山)'
const ALL = new RegExp(
  `^${OPENING}(?:` +
    [
      '颗粒[无冇]收|绝收|分文(?:皆无|没有|没得|冇得|无|没)|一无所有|死完了?|死光了?|都死了|卖完了?|卖光了?',
      `${NOT}(?:进账|进项|收成|出产|存款|欠账|借账|外债|债)`,
      '没(?:挣|赚|得|收|卖|打)(?:着|下|到|成)(?:一分)?钱?',
      `没(?:喂|养|种|栽|花|用|租|包|买)(?:过|到|得|着)?(?:什么|啥)?${THING}?`,
      `${NOT}(?:养|喂|种|包)?(?:什么|啥)?${THING}`,
      `${NOT}一[分文个亩斤头只毛](?:钱|地|田|人)?`,
      `(?:一[分文个亩斤头只毛两]|半[分亩斤])(?:钱|地|田|土|人|猪|牛|鸡)?[都也]?(?:${NOT}|没(?:收|卖|打|种|养|喂|挣|赚|花)(?:到|着|成|下)?)`,
      `${NOT}在?(?:挣钱|赚钱|打工|上班|干活|做工|外面)的?人?`,
    ].join('|') +
    ')(?:了|的|过|咯|哦|啊)?$',
)

/** Longer texts tell something. */
const LONGEST = 24

/** @param text normalised */
export function isNothing(text: string): boolean {
  if (isNone(text)) return true
  if (text.length > LONGEST) return false
  const tight = unspaced(text)
  return ALL.test(tight) || ALL.test(bare(tight))
}
