/** What stands on a poster and on its plain sheets, in words, before it is laid out. */
import { plainSheet, SHEETS, type PlainSheet } from '../../text/sheets.ts'
import type { Text } from '../../text/text.ts'
import type { PosterVillage } from './find-villages.ts'
import { readablePhone } from './readable-phone.ts'

export interface PosterWords {
  readonly language: string
  readonly service: string
  readonly callOut: string
  readonly village: string
  /** Where the village is; "" when its path says no more than its name. */
  readonly above: string
  /** What the QR code says. */
  readonly code: string
  readonly scan: string
  readonly linkTitle: string
  readonly link: string
  readonly blocks: readonly { readonly title: string; readonly text: string }[]
  readonly call: { readonly title: string; readonly phone: string | null; readonly text: string }
  readonly warnings: readonly string[]
}

export interface PosterOptions {
  readonly text: Text
  readonly language: string
  /** Address under which people reach the pages, without a slash at the end. */
  readonly base: string
  /** What is drawn instead of the chat's link, by the village's code: codes of an account that is followed by scanning them. */
  readonly accountCodes?: ReadonlyMap<string, string>
}

export const chatLink = (base: string, chatCode: string): string => `${base}/chat/${chatCode}`

export function posterWords({ place, phone }: PosterVillage, options: PosterOptions): PosterWords {
  const { text, language, base, accountCodes } = options
  const say = (key: string) => text.say({ key: `posters:${key}` }, language)
  const link = chatLink(base, place.chatCode)
  const ofAccount = accountCodes?.get(place.chatCode)
  return {
    language,
    service: say('service'),
    callOut: say('call_out'),
    village: place.name,
    above: place.path.split('/').slice(0, -1).join(' '),
    code: ofAccount ?? link,
    scan: say(ofAccount === undefined ? 'scan' : 'scan_wechat'),
    linkTitle: say('link'),
    link,
    blocks: ['what', 'after'].map((block) => ({ title: say(`${block}.title`), text: say(`${block}.text`) })),
    call: {
      title: say(phone ? 'call.title' : 'call.title_no_phone'),
      phone: phone && readablePhone(phone.number),
      text: phone ? phone.of : say('call.none'),
    },
    warnings: [say('danger'), say('safe')],
  }
}

/** Both sheets as they hold for a place. */
export const sheetsFor = (path: string, { text, language }: PosterOptions): readonly PlainSheet[] =>
  SHEETS.map((name) => plainSheet(text, name, language, path))

/**
 * Both sheets for each group of villages that has the same ones: once for a county whose townships have no own.
 * @returns with the name of the place only where there are several
 */
export function sheetPages(
  villages: readonly PosterVillage[],
  options: PosterOptions,
): readonly { readonly place: string; readonly sheets: readonly PlainSheet[] }[] {
  const pages = new Map<string, { place: string; sheets: readonly PlainSheet[] }>()
  for (const { place } of villages) {
    const sheets = sheetsFor(place.path, options)
    const key = JSON.stringify(sheets)
    if (!pages.has(key)) pages.set(key, { place: place.path.split('/').join(' '), sheets })
  }
  const all = [...pages.values()]
  return all.length === 1 ? all.map(({ sheets }) => ({ place: '', sheets })) : all
}
