/** One of a list, as people type and say it. The lists are those of the flows, as they were when this table was written. */
import { readFileSync } from 'node:fs'
import { cases } from './ask.ts'

type Word = { label: string; also: string[] }
const lists = JSON.parse(readFileSync(new URL('./lists.json', import.meta.url), 'utf8')) as Record<
  string,
  Record<string, Word>
>
const list = (name: string) => Object.entries(lists[name]!).map(([choice, words]) => ({ name: choice, ...words }))
const of = (answer: string, texts: string) => texts.split('|').map((text) => [text, answer] as const)

cases('what somebody can do', { type: 'select_one', choices: list('trade'), required: true }, [
  ...of('farm', '1|①|(1)|1.|1、|第一个|一|一号|选1|我选1号|就1|就是1|嗯，1|呃第一个|种地|我种地的|种地的|会种地|种田|zhongdi|zd|FARM|farm|呃，种地|那个，种地嘛|种地 种地'),
  ...of('raise', '养猪|养猪的|我会养猪|养鸡|养牛嘛|2|第二个|二|yangzhu|不是种地是养猪|不是种地，是养猪|不是1是2'),
  ...of('drive', '开车|司机|开挖机|开货车的|kaiche|DRIVE|我开车|就是开车嘛'),
  ...of('none', '没有|不会|啥都不会|什么都不会|暂无|13|倒数第二个'),
  ...of('other', '别的|其他|最后一个|14|倒数第一个'),
  ['种地养猪', { ask: ['farm', 'raise'] }], ['种地或者养猪', { ask: ['farm', 'raise'] }], ['种地、养猪都会', { ask: ['farm', 'raise'] }], ['1和3', { ask: ['farm', 'weave_embroider'] }], ['1或者2', { ask: ['farm', 'raise'] }], ['1，2', { ask: ['farm', 'raise'] }],
  ...of('NOT UNDERSTOOD', '15|99|不是种地|随便|多得很|嗯嗯|你好'), ['不知道', 'UNANSWERED'], ['说不来', 'UNANSWERED'], ['停', { global: 'stop' }], ['嗯，跳过', { global: 'skip' }],
]) // prettier-ignore
