/**
 * A village's page as it is sent: the header, the first message and its choices stand in the HTML, so that they can be read
 * (and tapped) while the program is still on its way. The program draws the same again when it has come.
 */
import { chatMessage } from './chat-message.ts'
import type { ChatChoice, ChatVillage, Opening } from './contract.ts'
import type { HttpDeps } from './deps.ts'
import { LONG_LIST } from './long-list.ts'

type Greeter = NonNullable<HttpDeps['greeter']>

export function openingOf(village: ChatVillage, wanted: string, greeter: Greeter, zone: string): Opening {
  const language = greeter.languageFor(wanted)
  return { language, village, greeting: { ...chatMessage(greeter.welcome(village, language), zone), seq: '' } }
}

/** @param template the built page, with the marks `<title>…</title>`, `<div id="app">…</div>` and `<html lang="…">` */
export function openedPage(template: string, opening: Opening, { say }: Greeter): string {
  const { language, village, greeting } = opening
  const title = say('title', { village: village.name }, language)
  const more = greeting.choices.length - LONG_LIST.first
  const isLong = greeting.choices.length > LONG_LIST.longest
  const shown = isLong ? greeting.choices.slice(0, LONG_LIST.first) : greeting.choices
  const drawn =
    `<header class="header"><div class="bar"><h1>${escaped(title)}</h1></div>` +
    (village.demo ? `<p class="demo">${escaped(say('demo', {}, language))}</p>` : '') +
    `</header><main class="lines greeting"><div class="log"><article class="said bot">` +
    `<p class="text">${escaped(greeting.text)}</p></article></div><div class="choices">` +
    shown.map(button).join('') +
    (isLong
      ? `<button type="button" class="choice more">${escaped(say('more', { n: more }, language))}</button>`
      : '') +
    '</div></main>'
  return template
    .replace(/<html lang="[^"]*">/, () => `<html lang="${escaped(language)}">`)
    .replace(/<title>[^<]*<\/title>/, () => `<title>${escaped(title)}</title>`)
    .replace(
      /<div id="app">.*?<\/div><\/div>/s,
      () => `<div id="app">${drawn}</div><script id="opening" type="application/json">${asScript(opening)}</script>`,
    )
}

const button = ({ id, label }: ChatChoice): string =>
  `<button type="button" class="choice" data-choice="${escaped(id)}">${escaped(label)}</button>`

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}
const escaped = (text: string): string => text.replace(/[&<>"']/g, (sign) => ENTITIES[sign] as string)

/** JSON that can't end the element it stands in. */
const asScript = (value: unknown): string => JSON.stringify(value).replaceAll('<', '\\u003c')
