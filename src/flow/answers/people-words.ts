/** People as families say them, in plain counts: 老两口带个孙子, 母子俩, 两爷崽, 两大一小, 光棍一条, 连我五个. */

const FEW = '两二三四五六七八九俩仨\\d'
const PAIR =
  '母子|母女|父子|父女|爷孙|婆孙|祖孙|姐弟|姐妹|姊妹|兄弟|兄妹|弟兄|婆媳|夫妻|夫妇|公婆|妯娌|爷崽|娘母|爷子|娘崽|娘儿|爷儿'
const LONER = '(?:老?光棍汉?|单身汉?|孤老(?:头子|婆子|汉|太婆|人)?|孤寡老人|孤儿|鳏夫|寡妇|五保户?|独居老?人?|独人)'
const CHILD = '小孩子?|孩子|细伢[子崽]?|细人|伢[子崽]|娃娃?|娃儿|崽崽?|妹[崽子]|小'

const COUNT = '[零一二两三四五六七八九十\\d]'
const SELF_INCLUDED = '(?:连|带|包括|算上|加上?|连同)(?:起)?'

const RULES: readonly (readonly [pattern: RegExp, plain: string])[] = [
  [new RegExp(`^(?:我?家?就?是?|我)${LONER}(?:一[个条人位]|独?一个人)?了?$`), '就我一个'],
  [new RegExp(`^(?:我是?)?${LONER}[,，、](?=就?(?:我|一个))`), ''],
  [/^(?:就|只有|只|独|就剩|只剩)我(?:自己|独自|独一个|一人)?(?:了|的)?$/, '就我一个'],
  [/^(?:just|only) (?:me|myself|one)$/, '1'],
  [/^(?:我|就我)?(?:孤身)?一个?人(?:过|住|生活|单过|独过)日?子?(?:的|了)?$/, '就我一个'],
  [new RegExp(`^.*[,，、]${SELF_INCLUDED}我(?:自己)?(?=(?:一共|总共|共|有|是)?${COUNT}+[个口]?人?$)`), ''],
  [new RegExp(`(^|[,，、。;；])${SELF_INCLUDED}(?:我|娃儿?|孩子|细伢子|老的|小的|老人)(?:自己)?(?:一起|在内|一块)?(?=(?:一共|总共|共|有|是)?${COUNT})`, 'g'), '$1'],
  [/一个孤?(?:老婆子|老头子|老太婆|老太太|老汉|老人家|寡妇|孤老)/g, '一个人'],
  [/孤(?:老婆子|老头子|老太婆|老汉)(?=一个)/g, ''],
  [/二老(?!人)|两老(?![人一二两三])/g, '两个老人'],
  [/三代同堂|四世同堂|祖孙[三四]代|[三四]代人/g, ''],
  [new RegExp(`(?:${PAIR})(?=(?:[俩仨]|[${FEW}]个?人?))`, 'g'), ''],
  [new RegExp(`([${FEW}])(?:${PAIR})(?![俩仨])`, 'g'), '$1个人'],
  [/娘(?=[俩仨])|爷(?=[俩仨])/g, ''],
  [/[老小](?:两口子?|夫妻俩?|公婆俩?)|(?:夫妻|夫妇|公婆|父母|爹妈|爸妈|爹娘|爷爷奶奶|外公外婆|岳父母)(?:俩|两个|二人|两人)?/g, '两个大人'],
  [/两口子/g, '两个大人'],
  [new RegExp(`([${FEW}一])大([${FEW}一])小`, 'g'), '$1个大人$2个小孩'],
  [new RegExp(`([${FEW}一])老([${FEW}一])小`, 'g'), '$1个老人$2个小孩'],
  [new RegExp(`(?:大大小小|老老小小|老老少少|男女老少|大小|老幼|拢总|通共|满打满算)(?=${COUNT}|一?共)`, 'g'), ''],
  [new RegExp(`一大家子(?=${COUNT})`, 'g'), ''],
] // prettier-ignore

const KIND_FIRST = new RegExp(`(?<=^|[,，、])(?:(?:大人|老人|${CHILD}|劳力)[${FEW}一]个?)+(?=$|[,，、])`, 'g')
const KIND_AND_COUNT = new RegExp(`(大人|老人|${CHILD}|劳力)([${FEW}一])个?`, 'g')

/** A status rather than a count: 光棍. It says one, and is asked back. */
const STATUS = new RegExp(`^(?:我是?)?${LONER}$`)

export const isLoner = (text: string): boolean => STATUS.test(text)

/** @param text normalised, short */
export const plainPeople = (text: string): string =>
  RULES.reduce((rest, [pattern, words]) => rest.replace(pattern, words), text).replace(KIND_FIRST, (list) =>
    list.replace(KIND_AND_COUNT, '$2个$1'),
  )
