/** Where things are, printed when the program has started. */
import type { Running } from '../../main.ts'

const VILLAGES = 3
const GROUPS = 20

export async function startLinks({ url, storage, house, isDemo }: Running, language: string): Promise<string> {
  const say = (key: string, params: Record<string, string> = {}) =>
    house.text.say({ key: `cli:start.${key}`, params }, language)
  const villages = await storage.reads.pages.villagePages(VILLAGES)
  const groups = isDemo ? await storage.reads.pages.groupPages(GROUPS) : []
  const lines = [
    say('running'),
    ...(isDemo ? [say('demo')] : []),
    ...villages.map(({ name, chatCode }) => say('village', { name, link: `${url}/chat/${chatCode}` })),
    ...(villages.length === 0 ? [say('no_villages')] : []),
    ...groups.map(({ title, pageCode }) => say('group', { name: title, link: `${url}/groups/${pageCode}` })),
    say('health', { link: `${url}/health` }),
    say('stop'),
  ]
  return `${lines.join('\n')}\n`
}
