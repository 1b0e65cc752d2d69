/**
 * Understanding one answer, type by type: microseconds by the clock (and of the processor) after a warm-up, for answers as villages give them, and the
 * worst of what is made to hurt (4,000 characters of one piece of an answer; each text three times, the fastest counts, so that
 * a neighbour on the machine does not). Places are looked up among the villages of a whole prefecture.
 */
import { parseInstant } from '../../dist/base/time.js'
import { readVillages } from '../../dist/cli/demo/seed-files.js'
import { indexPlaces, searchPlaces } from '../../dist/flow/answers/place.js'
import { understand } from '../../dist/flow/answers/understand.js'
import { ADVERSARIAL_PIECES } from '../flow/answers/adversarial.mjs'
import { realWords } from './built.mjs'
import { median, quantile, report } from './stats.mjs'

const WARM_UP = 4_000
const CALLS = 20_000
const LONGEST = 4_000
/** Where patterns for short texts end. */
const SHORT = 120
const TRIES = 3
const SAID = { at: parseInstant('2026-11-23T12:00:00+08:00'), zone: 'Asia/Shanghai', language: 'zh-CN' }

const choices = [
  ['illness', '家里有人生病', '住院 看病 大病'],
  ['schooling', '供孩子读书', '上学 学费'],
  ['disaster', '遭了灾', '涨水 滑坡'],
  ['job_loss', '没活干', '失业 没事做'],
  ['unsold', '东西卖不掉', '滞销 没人要'],
  ['housing', '房子有问题', '漏雨 危房 墙裂'],
  ['water', '吃水有问题', '停水 没水'],
  ['other', '别的', '其他'],
].map(([name, label, also]) => ({ name, label, also: also.split(' ') }))

const village = ({ county, township, village: name }) => ({ path: [county, township, name].join('/'), name })
const villages = indexPlaces(readVillages().map(village))
const { words } = realWords()

const split = (texts) => texts.split('|')
const QUESTIONS = [
  ['count', { type: 'integer', unit: 'person' }, '3|三口人|我和老伴|6口人，在外打工2个|老两口|就我一个|两大一小|三四个|大概五个人吧|没得|光棍一个|不晓得|五口人撒|你猜'],
  ['number', { type: 'integer' }, '12|三千五|一百零五|廿五|3,500|十几个|三到四千|twelve hundred|很多|第三'],
  ['money', { type: 'integer', unit: 'yuan' }, '3500|三千五百块|一万二千多|几百块|三四千|一个月一百六|一分没有|万把块|打工三万，低保三千|欠债三万|1.2w|看病花了3500，报了2000|够用'],
  ['quantity', { type: 'decimal', unit: 'jin' }, '300|三百来斤|半斤|5公斤|两担|茶叶三百斤|两斤三两|三五百斤|没收|三亩'],
  ['duration', { type: 'decimal', unit: 'day' }, '3|三天|两三天|半个月|十天半月|大半年|一个星期|还能放几天|三天三夜|三天两头'],
  ['date', { type: 'date' }, '2026-03-05|昨天|大前天|前几天|上个月初八|上周三|去年腊月|腊月二十三|八月十五|前年冬天|七五年三月|国庆前|立秋|三月五六号|赶场天|3 days ago|属龙'],
  ['time', { type: 'time' }, '15:00|下午三点半|8点|后晌三点|八九点|差一刻九点|3pm|天亮'],
  ['moment', { type: 'dateTime' }, '昨天下午3点|明早八点|上周三晚上八点|3月5号下午两点|现在|八月十五上午10点'],
  ['yes or no', { type: 'select_one', yesNo: true }, '是|有|要得|莫得|不晓得|没饭吃了|嗯嗯|行|不是没有|👍|没有，就是没钱看戏'],
  ['one choice', { type: 'select_one', choices }, '1|家里有人生病|住院|漏雨|第三个|fangzi|屋头漏得厉害|没活路|什么都难'],
  ['several choices', { type: 'select_multiple', choices }, '1 3|1和6|生病，没活干|除了第一个都有|都有|屋头漏雨，又住院|娃儿上学没钱|没有'],
  ['ranking', { type: 'rank', choices: choices.slice(0, 3) }, '1 2 3|3、1、2|先看病再上学'],
  ['consent', { type: 'acknowledge' }, '1|同意|好的，同意|不愿意|什么'],
  ['phone', { type: 'phone' }, '13800138000|138 0013 8000|+86 138-0013-8000|幺三八零零幺三八零零零|没有电话|我屋里的13800138000|0743-8222222|12345'],
  ['identity number', { type: 'id_number' }, '11010519491231002X|11010519491231002x|110105 19491231 002X|11010519491231002|不晓得'],
  ['place', { type: 'territory' }, '吉首市/矮寨镇/阳孟村|阳孟村|阳孟|yangmeng|ym|矮寨阳孟|团结村|我是阳孟村的|羊孟村|矮寨镇|不晓得'],
  ['location', { type: 'geopoint' }, '28.31,109.73|北纬28.31 东经109.73|在屋后头'],
  ['text', { type: 'text' }, '屋头漏雨，又住院|没有|菜单|停水三天了，村里的井也干了|不知道'],
].map(([name, asked, texts]) => ({ name, asked, texts: split(texts) })) // prettier-ignore

function hear({ asked }, text) {
  const found = asked.type === 'territory' ? searchPlaces(villages, text) : undefined
  return understand(found ? { ...asked, found } : asked, text, SAID, words.forms)
}

function timed(question, text) {
  const began = performance.now()
  hear(question, text)
  return performance.now() - began
}

const clock = () => performance.now() * 1000

/** Of this process, its collector included: what a neighbour on the machine does not lengthen. */
function processor() {
  const { user, system } = process.cpuUsage()
  return user + system
}

/** Microseconds of each call, the answers of a question in turn. */
function calls(question, count, now = clock) {
  const spent = new Float64Array(count)
  for (let call = 0; call < count; call++) {
    const text = question.texts[call % question.texts.length]
    const began = now()
    hear(question, text)
    spent[call] = now() - began
  }
  return spent
}

const repeated = (piece, length) => piece.repeat(Math.ceil(length / piece.length)).slice(0, length - 1) + 'x'

/** Milliseconds of the slowest text, and which it was. */
function worst(question) {
  let slowest = { milliseconds: 0, piece: '' }
  for (const piece of ADVERSARIAL_PIECES)
    for (const length of [SHORT, LONGEST]) {
      const text = repeated(piece, length)
      let fastest = Infinity
      for (let turn = 0; turn < TRIES; turn++) fastest = Math.min(fastest, timed(question, text))
      if (fastest > slowest.milliseconds) slowest = { milliseconds: fastest, piece: JSON.stringify(piece) }
    }
  return slowest
}

for (const question of QUESTIONS) calls(question, WARM_UP)
const places = (value, digits) => Number(value.toFixed(digits))
const all = []
const allWorked = []
const rows = QUESTIONS.map((question) => {
  const spent = calls(question, CALLS)
  const worked = calls(question, CALLS, processor)
  all.push(...spent)
  allWorked.push(...worked)
  const { milliseconds, piece } = worst(question)
  return {
    answers: question.name,
    medianMicroseconds: places(median(spent), 1),
    percentile99: places(quantile(spent, 0.99), 1),
    percentile99OfProcessor: places(quantile(worked, 0.99), 1),
    worstMilliseconds: places(milliseconds, 2),
    worstPiece: piece,
  }
})
report({
  what: 'answers',
  rows,
  medianOfAllMicroseconds: places(median(all), 1),
  percentile99OfAll: places(quantile(all, 0.99), 1),
  percentile99OfProcessorOfAll: places(quantile(allWorked, 0.99), 1),
  worstOfAllMilliseconds: Math.max(...rows.map(({ worstMilliseconds }) => worstMilliseconds)),
  villages: villages.places.length,
})
