import { cases } from './ask.ts'

cases('days, as people say them', { type: 'decimal', unit: 'day' }, [
  ['三天', 3], ['三日', 3], ['仨天', 3], ['天半', 1.5], ['一天半', 1.5], ['半天', 0.5], ['大半天', { about: 0.5 }], ['三天三夜', 3], ['一天一夜', 1], ['一昼夜', 1], ['已经三天', 3], ['有三天了', 3], ['停了三天', 3], ['三天多', { about: 3 }], ['快三天了', { about: 3 }], ['两三天', { ask: [2, 3] }], ['三五天', { ask: [3, 5] }],
  ['三四五天', { ask: [3, 4, 5] }], ['十天半月', { ask: [10, 15] }], ['十天半个月', { ask: [10, 15] }], ['半拉月', { about: 15 }], ['大半个月', { about: 15 }], ['个多月', { about: 30 }], ['个把月', { about: 30 }], ['一个来星期', { about: 7 }], ['个把礼拜', { about: 7 }], ['两三个星期', { ask: [14, 21] }], ['一星期零两天', 9],
  ['一个月零五天', { about: 35 }], ['一旬', 10], ['一个季度', { about: 90 }], ['百把天', { about: 100 }], ['年把', { about: 365 }], ['年半', { about: 548 }], ['大半年', { about: 183 }], ['一年多', { about: 365 }], ['两年', { about: 730 }], ['还能放三天', 3], ['放得三天', 3], ['一周', 7], ['72h', 3], ['48个小时', 2], ['三填', 3],
  ['３天', 3], ['a week', 7], ['half a month', { about: 15 }], ['about 3 days', { about: 3 }], ['2-3 days', { ask: [2, 3] }], ['a couple of days', 2], ['two and a half weeks', 17.5], ['没停', 0], ['三天撒', 3],
]) // prettier-ignore

cases('days, nothing of the kind', { type: 'decimal', unit: 'day' }, [
  ['几天', 'NOT UNDERSTOOD'], ['好几天', 'NOT UNDERSTOOD'], ['好些天', 'NOT UNDERSTOOD'], ['还能放几天', 'NOT UNDERSTOOD'], ['好久了', 'NOT UNDERSTOOD'], ['很久', 'NOT UNDERSTOOD'], ['一阵子', 'NOT UNDERSTOOD'], ['一段时间', 'NOT UNDERSTOOD'], ['三天两头', 'NOT UNDERSTOOD'], ['天天', 'NOT UNDERSTOOD'], ['隔天', 'NOT UNDERSTOOD'],
  ['三天一次', 'NOT UNDERSTOOD'], ['3月', 'NOT UNDERSTOOD'], ['一月', 'NOT UNDERSTOOD'], ['三月', 'NOT UNDERSTOOD'], ['三斤', 'NOT UNDERSTOOD'], ['三个人', 'NOT UNDERSTOOD'], ['今天', 'NOT UNDERSTOOD'], ['昨天起', 'NOT UNDERSTOOD'], ['刚刚', 'NOT UNDERSTOOD'], ['一学期', 'NOT UNDERSTOOD'], ['一辈子', 'NOT UNDERSTOOD'],
]) // prettier-ignore

cases('months', { type: 'decimal', unit: 'month' }, [
  ['三个月', 3], ['半年', 6], ['大半年', { about: 6 }], ['小半年', { about: 6 }], ['年半', 18], ['两年半', 30], ['一年零两个月', 14], ['一个半月', 1.5], ['两个半月', 2.5], ['月把', { about: 1 }], ['个多月', { about: 1 }], ['三五个月', { ask: [3, 5] }], ['八九个月', { ask: [8, 9] }], ['两个季度', 6], ['三年五载', { ask: [36, 60] }],
  ['六个来月', { about: 6 }], ['三个月零十天', { about: 3.333333 }], ['不到三个月', { about: 3 }], ['快一年了', { about: 12 }], ['一整年', 12], ['a year and a half', 18], ['half a year', 6], ['1.5 years', 18], ['3月', 'NOT UNDERSTOOD'], ['常年', 'NOT UNDERSTOOD'], ['农闲', 'NOT UNDERSTOOD'],
]) // prettier-ignore

cases('years, and ages', { type: 'decimal', unit: 'year' }, [
  ['三年', 3], ['年半', 1.5], ['三年多', { about: 3 }], ['十来年', { about: 10 }], ['三五年', { ask: [91, 90, 3, 5] }], ['两三年', { ask: [2, 3] }], ['六个月', 0.5], ['四十五岁', 45], ['五十来岁', { about: 50 }], ['五十出头', { about: 50 }], ['快五十了', { about: 50 }], ['四五十岁', { ask: [40, 50] }], ['十八九', { ask: [18, 19] }],
  ['十二，十三岁', { ask: [12, 13] }], ['八十好几', { about: 80 }], ['三十大几', { about: 30 }], ['三十好几', { about: 30 }], ['二十郎当岁', { about: 20 }], ['年过半百', { about: 50 }], ['岁半', 1.5], ['六岁半', 6.5], ['八个月大', 0.666667], ['12岁零三个月', 12.25], ['实岁七十二', 72], ['刚满十八', 18], ['虚岁七十三', 73], ['一百零二岁', 102],
  ['64年的', { ask: [62, 61] }], ['64年', { ask: [62, 61, 64] }], ['七八年', { ask: [48, 47, 7, 8] }], ['二零零八', { ask: [18, 17] }], ['1976年3月5号生', { ask: [50, 49] }], ['76年属龙', { ask: [50, 49] }], ['七六年的，属龙', { ask: [50, 49] }], ['76年属马', 'NOT UNDERSTOOD'], ['born in 1976', { ask: [50, 49] }],
  ['he is 12', 12], ['45 years old', 45], ['几年', 'NOT UNDERSTOOD'], ['好几年', 'NOT UNDERSTOOD'], ['一辈子', 'NOT UNDERSTOOD'], ['小学三年级', 'NOT UNDERSTOOD'], ['五几年的', 'NOT UNDERSTOOD'], ['90后', 'NOT UNDERSTOOD'], ['三斤', 'NOT UNDERSTOOD'], ['三个人', 'NOT UNDERSTOOD'],
]) // prettier-ignore

cases('minutes', { type: 'integer', unit: 'minute' }, [
  ['半小时', 30], ['半个钟头', 30], ['半点钟', 30], ['个半小时', 90], ['个把小时', { about: 60 }], ['个多小时', { about: 60 }], ['一个半钟头', 90], ['一小时二十分', 80], ['一小时零五分', 65], ['三刻钟', 45], ['二十来分钟', { about: 20 }], ['五六分钟', { ask: [5, 6] }], ['走路半小时', 30], ['骑车十分钟', 10], ['来回一个小时', 60], ['单边半小时', 30], ['1h20m', 80],
  ['90min', 90], ['an hour and a half', 90], ['half an hour', 30], ['不到半小时', { about: 30 }], ['半天', 720], ['几分钟', 'NOT UNDERSTOOD'], ['一袋烟', 'NOT UNDERSTOOD'], ['不远', 'NOT UNDERSTOOD'], ['3:30', 'NOT UNDERSTOOD'],
]) // prettier-ignore

cases('hours', { type: 'decimal', unit: 'hour' }, [
  ['半小时', 0.5], ['三刻钟', 0.75], ['90分钟', 1.5], ['一天', 24], ['两三个小时', { ask: [2, 3] }], ['个把钟头', { about: 1 }], ['两个半小时', 2.5], ['an hour and a half', 1.5],
]) // prettier-ignore
