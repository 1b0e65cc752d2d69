import { cases } from './ask.ts'

cases('whole numbers', { type: 'integer' }, [
  ['3', 3], ['３', 3], ['三', 3], ['参', 'NOT UNDERSTOOD'], ['叁', 3], ['③', 3], ['十', 10], ['十二', 12], ['二十', 20], ['廿', 20], ['廿五', 25], ['卅', 30], ['卅六', 36], ['卌', 40], ['一百', 100], ['百', 100], ['一百零五', 105], ['一百五', 150], ['一百五十', 150], ['一百一十', 110], ['两百', 200], ['二百', 200], ['俩百', 200],
  ['二百二', 220], ['三千', 3000], ['三千零五', 3005], ['三千零五十', 3050], ['三千五', 3500], ['三千五百', 3500], ['3千5', 3500], ['3千五百', 3500], ['一万', 10000], ['一万二', 12000], ['一万零八', 10008], ['一万零五十', 10050], ['1万2千5', 12500], ['十万', 100000], ['十万零五', 100005], ['百万', 1000000], ['一百零五万', 1050000], ['1.2万', 12000],
  ['三点五万', 35000], ['1亿', 100000000], ['两亿', 200000000], ['幺', 1], ['幺百', 100], ['仨', 3], ['俩', 2], ['两', 2], ['二', 2], ['零', 0], ['〇', 0], ['0', 0], ['007', 7], ['３５００', 3500], ['3,500', 3500], ['3，500', 3500], ['10 000', 10000], ['3 万', 30000], ['壹仟贰佰叁拾肆', 1234], ['三仟五佰', 3500], ['二〇二六', 2026],
  ['二零二六', 2026], ['一三八', 138], ['3.0', 3], ['3k', 3000], ['1w2', 12000], ['3.5k', 3500], ['十几', { about: 10 }], ['十来个', { about: 10 }], ['三百多', { about: 300 }], ['千把', { about: 1000 }], ['万把', { about: 10000 }], ['上千', { about: 1000 }], ['三四千', { ask: [3000, 4000] }], ['七八百', { ask: [700, 800] }],
  ['三到四千', { ask: [3000, 4000] }], ['3-4千', { ask: [3000, 4000] }], ['三五个', { ask: [3, 5] }], ['几百', { ask: [200, 300, 400, 500, 600, 700, 800, 900] }], ['好几十', { ask: [30, 40, 50, 60, 70, 80, 90] }], ['第三次三', 'NOT UNDERSTOOD'], ['three', 3], ['twenty-five', 25], ['a hundred', 100],
  ['twelve hundred', 1200], ['three thousand five hundred', 3500], ['three hundred and five', 305], ['a dozen', 12], ['zero', 0], ['about 5', { about: 5 }], ['5 or 6', { ask: [5, 6] }], ['三次', 3], ['三回', 3], ['3户', 3], ['3期', 3], ['两趟', 2], ['五棵', 5], ['45岁', 45], ['三天', 3], ['12个', 12],
  ['一打', 12], ['十个指头', 'NOT UNDERSTOOD'],
]) // prettier-ignore

cases('no whole numbers', { type: 'integer' }, [
  ['二两百', 'NOT UNDERSTOOD'], ['百千', 'NOT UNDERSTOOD'], ['十百', 'NOT UNDERSTOOD'], ['千万百', 'NOT UNDERSTOOD'], ['一点', 'NOT UNDERSTOOD'], ['一点点', 'NOT UNDERSTOOD'], ['点', 'NOT UNDERSTOOD'], ['半', 'NOT UNDERSTOOD'], ['一半', 'NOT UNDERSTOOD'], ['2.5', { refused: 'whole' }], ['三个半', { refused: 'whole' }],
  ['-3', { refused: 'negative' }], ['负三', { refused: 'negative' }], ['1/2', 'NOT UNDERSTOOD'], ['三分之一', 'NOT UNDERSTOOD'], ['30%', 'NOT UNDERSTOOD'], ['百分之三十', 'NOT UNDERSTOOD'], ['1e5', 'NOT UNDERSTOOD'], ['0x10', 'NOT UNDERSTOOD'], ['NaN', 'NOT UNDERSTOOD'], ['Infinity', 'NOT UNDERSTOOD'],
  ['--3', 'NOT UNDERSTOOD'], ['3--', 'NOT UNDERSTOOD'], ['+', 'NOT UNDERSTOOD'], ['3.14.15', 'NOT UNDERSTOOD'], ['1,5', 'NOT UNDERSTOOD'], ['三千五千', 'NOT UNDERSTOOD'], ['很多', 'NOT UNDERSTOOD'], ['不少', 'NOT UNDERSTOOD'], ['若干', 'NOT UNDERSTOOD'], ['好多', 'NOT UNDERSTOOD'], ['几个', 'NOT UNDERSTOOD'],
  ['多少', 'NOT UNDERSTOOD'], ['第一名', 'NOT UNDERSTOOD'], ['三年级', 'NOT UNDERSTOOD'], ['a lot', 'NOT UNDERSTOOD'], ['many', 'NOT UNDERSTOOD'], ['12345678901234567890', { refused: 'too_big' }], ['九百九十九亿', { refused: 'too_big' }], ['½', { refused: 'whole' }], ['你好', 'NOT UNDERSTOOD'],
  ['。。。', 'NOT UNDERSTOOD'], ['一一得一', 'NOT UNDERSTOOD'], ['第三', 'NOT UNDERSTOOD'],
]) // prettier-ignore

cases('decimals', { type: 'decimal' }, [
  ['3.5', 3.5], ['三点五', 3.5], ['两点五', 2.5], ['零点五', 0.5], ['点五', 0.5], ['.5', 0.5], ['0.50', 0.5], ['½', 0.5], ['1½', 1.5], ['2¾', 2.75], ['三个半', 3.5], ['两个半', 2.5], ['一百二十三点四五', 123.45], ['1,234.5', 1234.5], ['12.50', 12.5], ['１２．５', 12.5], ['3。5', 'NOT UNDERSTOOD'], ['三点零五', 3.05],
  ['二点一四', 2.14], ['1万2', 12000], ['3.5万', 35000], ['two and a half', 2.5], ['2 and a half', 2.5], ['half', 'NOT UNDERSTOOD'], ['about 2.5', { about: 2.5 }],
]) // prettier-ignore
