import { cases } from './ask.ts'

cases('mu', { type: 'decimal', unit: 'mu' }, [
  ['两亩半', 2.5], ['三亩二', 3.2], ['一亩三分', 1.3], ['半亩', 0.5], ['三分地', 0.3], ['2.5亩', 2.5], ['1公顷', 15], ['十来亩', { about: 10 }], ['两三亩', { ask: [2, 3] }],
  ['三亩水田', 3], ['没有', 0], ['三斤', 'NOT UNDERSTOOD'], ['两个人', 'NOT UNDERSTOOD'],
]) // prettier-ignore
cases('jin', { type: 'decimal', unit: 'jin' }, [
  ['5公斤', 10], ['5kg', 10], ['半斤', 0.5], ['三两', 0.3], ['两斤三两', 2.3], ['三斤二', 3.2], ['三斤半', 3.5], ['一吨', 2000], ['两担', 200], ['三百斤', 300], ['三百斤茶叶', 300],
  ['三百来斤', { about: 300 }], ['一两斤', { ask: [1, 2] }], ['三亩', 'NOT UNDERSTOOD'],
]) // prettier-ignore
cases('kg', { type: 'decimal', unit: 'kg' }, [['5斤', 2.5], ['半公斤', 0.5], ['一吨', 1000], ['100斤', 50]]) // prettier-ignore
cases('days', { type: 'decimal', unit: 'day' }, [
  ['三天', 3], ['停水三天了', 3], ['半天', 0.5], ['一周', 7], ['两个星期', 14], ['一天半', 1.5], ['24小时', 1], ['半个月', { about: 15 }], ['一个月', { about: 30 }], ['一个半月', { about: 45 }],
  ['个把月', { about: 30 }], ['10多天', { about: 10 }],
]) // prettier-ignore
cases('months', { type: 'decimal', unit: 'month' }, [
  ['三个月', 3], ['半年', 6], ['两年半', 30], ['一年零两个月', 14], ['一个半月', 1.5],
]) // prettier-ignore
cases('minutes', { type: 'integer', unit: 'minute' }, [
  ['半小时', 30], ['半个小时', 30], ['两个钟头', 120], ['一个半小时', 90], ['一小时二十分', 80], ['一刻钟', 15], ['20分', 20], ['一个多小时', { about: 60 }],
]) // prettier-ignore
cases('years of age', { type: 'integer', unit: 'year' }, [
  ['45岁', 45], ['四十五', 45], ['今年四十五', 45], ['50多', { about: 50 }], ['四十五六', { ask: [45, 46] }], ['1964', { ask: [62, 61] }], ['1964年的', { ask: [62, 61] }], ['六四年的', { ask: [62, 61] }], ['2012年生的', { ask: [14, 13] }], ['虚岁46', 46], ['三口人', 'NOT UNDERSTOOD'],
]) // prettier-ignore
cases('animals', { type: 'integer', unit: 'head' }, [
  ['三头猪', 3], ['5头', 5], ['两头母猪', 2], ['三个', 3], ['三斤', 'NOT UNDERSTOOD'],
]) // prettier-ignore
