/** Several of a list in one breath, as people type and say it. */
import { readFileSync } from 'node:fs'
import { cases } from './ask.ts'

type Word = { label: string; also: string[] }
const lists = JSON.parse(readFileSync(new URL('./lists.json', import.meta.url), 'utf8')) as Record<
  string,
  Record<string, Word>
>
const risk = Object.entries(lists['risk_cause']!).map(([name, words]) => ({ name, ...words }))
const all = risk.map(({ name }) => name).filter((name) => name !== 'other')
const but = (...names: string[]) => all.filter((name) => !names.includes(name))
const of = (answer: readonly string[], texts: string) => texts.split('|').map((text) => [text, answer] as const)

cases('troubles', { type: 'select_multiple', choices: risk, required: true }, [
  ...of(['illness', 'schooling'], '1和3|1 3|1，3|1、3、|1.3|1。3|1;3|1/3|1+3|１３|13|一三|一和三|一、三|1跟3|1同3|1还有3|①③|①和③|(1)(3)|第一个第三个|第1和第3|1号3号|选1和3|我选1 3|嗯，1，3|3 1|因病因学|yinbing yinxue|生病和上学|应该是生病和上学'),
  ...of(['illness', 'housing'], '生病还有房子|生病，房子|病，房|嗯 那个 生病，还有房子|我想想，生病，哎呀，还有那个房子|生病也有，房子也有|家里有人生病和房子有问题|屋头漏雨，又住院|illness, housing|1 10|老伴住院，屋漏'),
  ...of(['illness'], '1|生病|嗯 那个 生病|生病生病|生病，生病|大概是生病吧|因病致贫|人生病|病|sb|生病的嘛|呃…生病'),
  ...of(['disability'], '不是生病是残疾|不是生病，是残疾|没有生病，有残疾|不是1是2|不是1，是2|2'),
  ...of(['illness', 'disability', 'schooling'], '1到3|1至3|1~3|前三个|头三个|前面3个|123|一二三|1 2 3'),
  ...of(['water', 'other'], '后面两个|最后两个|11 12'),
  ...of(['illness', 'disability'], '头两个|1-2|1和2|前两个'),
  ['1-3', { ask: [['illness', 'schooling'], ['illness', 'disability', 'schooling']] as never }],
  ...of(all, '都有|全部|全都有|样样有|样样都有|啥都有|么子都有|都是|以上都是'),
  ...of(but('disability'), '除了2都有|除了残疾都有|除2以外都有|除了第二个，其他都有'),
  ...of(but('disability', 'schooling'), '除了2和3都有'),
  ...of(['job_loss'], '没活干|没工作'), ...of(['housing'], '房子|房子烂了|房子漏水|屋漏|呃，就是房子漏雨'), ...of(['other'], '12|别的|别的事情'),
  ['都没有', 'NOT UNDERSTOOD'], ['不是生病', 'NOT UNDERSTOOD'], ['1 99', 'NOT UNDERSTOOD'], ['99', 'NOT UNDERSTOOD'], ['嗯嗯', 'NOT UNDERSTOOD'], ['多得很', 'NOT UNDERSTOOD'], ['一百二十', 'NOT UNDERSTOOD'],
  ['不知道', 'UNANSWERED'], ['讲不来', 'UNANSWERED'], ['停', { global: 'stop' }], ['0', { global: 'back' }],
]) // prettier-ignore

cases('a list with “none”', { type: 'select_multiple', choices: [...risk.slice(0, 3), { name: 'none', label: '都没有' }] }, [
  ['都没有', ['none']], ['没有', ['none']], ['没得', ['none']], ['4', ['none']], ['都有', all.slice(0, 3)],
]) // prettier-ignore
