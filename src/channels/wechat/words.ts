/** What the platform's side of this account has to be told in words: its menu, and the fields of the template. */
import { HOUR, type Instant } from '../../base/time.ts'
import type { MatterMark } from '../../messaging/channel.ts'
import type { ChannelParts } from '../parts.ts'

/** One of `say` (a tap means that the person had written this), `opens` (an address) and `items` (up to five of the other two). */
export interface MenuEntry {
  readonly name: string
  readonly say?: string
  readonly opens?: string
  readonly items?: readonly MenuEntry[]
}

/** Functions: asked when the words are needed, later than the channel is opened. */
export interface WechatWords {
  /** Up to three; empty = no menu of ours. */
  menu(): readonly MenuEntry[]
  /** Fields of the template by the names that the account's template has. They stand on a lock screen: number, stage, day and no more. */
  template(matter: MatterMark, at: Instant): Readonly<Record<string, string>>
}

/** Names below `wechat.menu`; each has a `name` and what it says as `say`. */
const MENU = [
  { name: 'trouble', items: ['home', 'medical', 'job', 'sell', 'all'] },
  { name: 'progress', items: null },
  { name: 'more', items: ['human', 'profile', 'speaker', 'complain'] },
] as const

/** Among `more`, where the pages have an address that a phone can open. */
const PAGE = 'page'

/** The day of the platform, by China's clock. */
const CHINA = 8 * HOUR

export function wordsOf({
  say,
  stageWord,
  publicUrl,
}: Pick<ChannelParts, 'say' | 'stageWord' | 'publicUrl'>): WechatWords {
  const entry = (name: string): MenuEntry => ({
    name: say(`wechat.menu.${name}.name`),
    say: say(`wechat.menu.${name}.say`),
  })
  return {
    menu: () =>
      MENU.map(({ name, items }): MenuEntry => {
        if (items === null) return entry(name)
        const page: MenuEntry[] =
          name === 'more' && publicUrl !== null
            ? [{ name: say(`wechat.menu.${PAGE}.name`), opens: `${publicUrl}/` }]
            : []
        return { name: say(`wechat.menu.${name}.name`), items: [...items.map(entry), ...page] }
      }),
    template({ number, stage }, at) {
      const [year = '', month = '', day = ''] = new Date(at + CHINA).toISOString().slice(0, 10).split('-')
      const told = say('wechat.template', { number, stage: stageWord(stage), year, month, day })
      return Object.fromEntries(told.split('\n').flatMap(fieldOf))
    },
  }
}

/** `thing2: …` */
function fieldOf(line: string): [string, string][] {
  const at = line.indexOf(':')
  return at > 0 ? [[line.slice(0, at).trim(), line.slice(at + 1).trim()]] : []
}
