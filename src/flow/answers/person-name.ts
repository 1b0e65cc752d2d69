/** What somebody is called, out of the sentence that says it: 我叫石二妹 → 石二妹. The words as said stay in the log. */
import { spokenDigits } from './spoken-digits.ts'

/** The hundred and fifty family names that most people here have; those of two characters first. */
const FAMILY_NAMES =
  '欧阳|司马|上官|诸葛|皇甫|令狐|慕容|东方|尉迟|公孙|长孙|宇文|夏侯|' +
  '[石吴龙麻廖施时向彭田张王李刘陈杨赵黄周徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟汪任姜范方姚谭邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟万段雷钱汤尹黎易常武乔贺赖龚文庞樊兰殷洪翟安颜倪严牛温芦季俞章鲁葛伍韦申尤毕聂丛焦滕覃瞿舒宿符欧冉莫蒙岑卜杜滚潘杜蓝雷盘包奉邝鲍柳阳阙邢单卓车符尚甘古官管贵桂裴齐骆全冷莫岳梅盛苗卿屈戚池涂艾宁仇柯桑祝游项庹隆粟禹代付闫肖仲班但褚褟]'

const FAMILY = new RegExp(`^(?:${FAMILY_NAMES})`)
const FULL = new RegExp(`^(?:${FAMILY_NAMES})[\\u4E00-\\u9FFF\\u3400-\\u4DBF]{1,3}$`)

const SOUNDS = /^(?:(?:嗯|呃|额|啊|哎|喔|哦|那个|这个|就是|你好|您好|喂|同志|领导)+[\s,，、。.…]*)+/
const FRAMES: readonly RegExp[] = [
  /^(?:我|俺|咱|本人|他|她|娃儿|孩子)?(?:的)?(?:免贵)?姓([\u4E00-\u9FFF]{1,2})[,，\s]*(?:名字?叫?|叫做?|单名一?个?|名)([\u4E00-\u9FFF]{1,3})$/,
  /^(?:我|俺|咱|本人|他|她|这里|这边|我们?家?(?:户主|当家的)?|户主|家长|娃儿|孩子|老人)?(?:的)?(?:大名|全名|姓名|名字|真名)?(?:就?是叫?|叫做?|叫作|名叫|喊做?|唤作?|是|:|：|为)+(?:我|他|她)?[\s,，:：]*(.+)$/,
  /^(?:你|您|大家|都|别人|他们|村里人?|屋里)*(?:就|都)?(?:叫|喊|称呼|唤)(?:我|俺|他|她)(?:是|做)?[\s,，:：]*(.+?)(?:就(?:行|可以|好|要得|得行|是)了?)?$/,
  /^(?:my name(?: i|')s|i am|i'm|call me|name ?[:：]?|this is)\s+(.+)$/i,
]
const FAMILY_ONLY = /^(?:我|俺|本人|他|她)?(?:免贵)?(姓[\u4E00-\u9FFF]{1,2})$/
/** 石二妹，石头的石: how it is written, how old she is. */
const EXPLAINED =
  /^(.{2,12}?)[\s,，、（(。.]+(?:[^\s,，、的]{1,4}的[\u4E00-\u9FFF]{1,2}[\s,，、）)]*|[男女]\s*[,，]?|(?:今年)?[\d一二三四五六七八九十]{1,4}岁了?|就是我|是我|本人|的名字)+[)）]?$/
const AFTER = /(?:[\s,，。.!！~]|这样子?|就这样|就是了|就行了?|的嘛|的啦|[啊呀哦嘛嘞吧哟咯呢])+$/

const LONGEST = 40
/** Words that no name has in it. */
const TALK = /[?？!！]|什么|怎么|为什么|为啥|多少|哪个|哪里|不想|不告诉|不知道|不晓得|不说|没有|电话|手机|身份证/

/** @returns the name said; the whole text where it holds none that stands out. @param text as it was said */
export function readName(text: string): string {
  const kept = text.trim()
  if (kept.length > LONGEST || TALK.test(kept)) return kept
  const said = kept.replace(SOUNDS, '').replace(AFTER, '')
  const family = FAMILY_ONLY.exec(said)?.[1]
  if (family !== undefined) return family
  for (const frame of FRAMES) {
    const found = frame.exec(said)
    if (!found) continue
    const [family = '', given = ''] = found.slice(1)
    const name = given.startsWith(family) ? given : family + given
    const plain = (EXPLAINED.exec(name)?.[1] ?? name).replace(AFTER, '').trim()
    if (isNameLike(plain)) return plain
  }
  const explained = EXPLAINED.exec(said)?.[1]
  if (explained !== undefined && FULL.test(explained)) return explained
  return said !== '' && isNameLike(said) ? said : kept
}

const isNameLike = (name: string): boolean =>
  /^[\u4E00-\u9FFF\u3400-\u4DBF\u{20000}-\u{2FA1F}·•・]{1,15}$/u.test(name) || /^[\p{L} .'·-]{2,40}$/u.test(name)

/** 石二妹, 我叫阿依古丽: nothing but a name, so that it may be told from a part of something else. @param text a part of an answer */
export function isPersonName(text: string): boolean {
  const said = text.trim()
  if (said === '' || said.length > LONGEST || TALK.test(said)) return false
  const name = readName(said)
  if (WORDS.has(name)) return false
  if (FULL.test(name)) return true
  return name !== said && name.length >= 2 && isNameLike(name) && FAMILY.test(name)
}

/** Words that begin like a name. */
const WORDS = new Set(
  '马上 马路 高兴 高中 高血压 安全 任何 方便 方法 常常 石头 石山 田地 田里 田土 江西 江边 温饱 时候 时间 单身 单位 车子 车祸 毛病 黄牛 黄瓜 白天 白米 金银花 林地 林场 梁上 罗列 贺喜 温度 祝福 苗族 苗话 古丈 龙山 龙潭 柳州 岳阳 桑植 向阳 万一 万多 易碎 余下 余粮 钱不够 钱少 江苏 康复 武汉 武装 何时 何况 方案 于是 陈旧 严重 严重了 洪水 洪灾 雷打 雷击 段时间 毛猪 牛羊 牛马 牛栏 羊肉 鱼塘 山羊 谷子 柏树 桂花 梅子 梅花 莫得 莫得钱 莫急 莫要 莫来 莫问'.split(
    ' ',
  ),
)

const DIGITS = /(?:\+|00)?\d(?:[\d\s\-–—.·()（）]*\d)?/g
const ABOUT_PHONE =
  /(?:我|他|她)?的?(?:联系)?(?:电话|手机|号码|手机号|电话号码|tel|phone)(?:号码?)?(?:是|就是|[:：])*|打我?(?:的)?(?:电话)?$/gi

/** What is left of a message that holds a phone number: 石二妹，电话13812345678 → 石二妹. */
export function withoutPhone(text: string): string {
  const rest = spokenDigits(text.normalize('NFKC')).replace(DIGITS, ' ').replace(ABOUT_PHONE, ' ')
  return rest.replace(/[\s,，、。.;；:：/]+/g, ' ').trim()
}
