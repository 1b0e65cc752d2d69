/** Posters as a page to look at and to print: one sheet of A4 for each village, the plain sheets behind. Needs nothing else. */
import type { PlainSheet } from '../../text/sheets.ts'
import type { Text } from '../../text/text.ts'
import type { PosterVillage } from './find-villages.ts'
import { posterFit, sheetsFit } from './poster-fit.ts'
import { POSTER_STYLE } from './poster-style.ts'
import { posterWords, sheetPages, type PosterOptions, type PosterWords } from './poster-words.ts'
import { qrSvg } from './qr-code.ts'

/** In pieces: a county has hundreds of villages. @param title of the document */
export function* posterPage(
  villages: readonly PosterVillage[],
  title: string,
  options: PosterOptions,
): Generator<string, void> {
  yield '<!doctype html>\n'
  yield `<html lang="${escaped(options.language)}">\n<head>\n<meta charset="utf-8">\n`
  yield '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
  yield `<title>${escaped(title)}</title>\n<style>\n${POSTER_STYLE}</style>\n</head>\n<body>\n`
  for (const village of villages) yield posterOf(posterWords(village, options))
  for (const { place, sheets } of sheetPages(villages, options)) yield sheetsOf(place, sheets)
  yield '</body>\n</html>\n'
}

/** Of one village, whole. @param wanted a language, or what somebody's browser says it is */
export function onePoster(village: PosterVillage, text: Text, wanted: string, base: string): string {
  const language = text.languageFor(wanted)
  const title = text.say({ key: 'posters:title', params: { place: village.place.name } }, language)
  return [...posterPage([village], title, { text, language, base })].join('')
}

const posterOf = (words: PosterWords): string => `<section class="poster" style="--fit:${posterFit(words)}">
<header><p class="service">${escaped(words.service)}</p><p class="call-out">${escaped(words.callOut)}</p></header>
<h1><span class="above">${escaped(words.above)}</span> ${escaped(words.village)}</h1>
<figure>${qrSvg(words.code, escaped(words.code))}<figcaption>${escaped(words.scan)}</figcaption></figure>
<p class="link">${escaped(words.linkTitle)} <span>${escaped(words.link)}</span></p>
<div class="blocks">
${words.blocks.map(({ title, text }) => `<div><h2>${escaped(title)}</h2><p>${escaped(text)}</p></div>`).join('\n')}
${callOf(words.call)}
</div>
<footer>${words.warnings.map((warning) => `<p>${escaped(warning)}</p>`).join('')}</footer>
</section>
`

function callOf({ title, phone, text }: PosterWords['call']): string {
  if (phone === null) return `<div class="call"><h2>${escaped(title)}</h2><p>${escaped(text)}</p></div>`
  return `<div class="call"><h2>${escaped(title)}</h2><p class="phone">${escaped(phone)}</p><p>${escaped(text)}</p></div>`
}

const sheetsOf = (
  place: string,
  sheets: readonly PlainSheet[],
): string => `<section class="sheets" style="--fit:${sheetsFit(sheets)}">
${place === '' ? '' : `<p class="place">${escaped(place)}</p>\n`}${sheets
  .map(
    ({ title, lines, source }) => `<article><h2>${escaped(title)}</h2>
<ol>${lines.map((line) => `<li>${escaped(line)}</li>`).join('')}</ol>
<p class="source">${escaped(source)}</p></article>`,
  )
  .join('\n')}
</section>
`

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}

const escaped = (text: string): string => text.replace(/[&<>"']/g, (character) => ENTITIES[character] ?? character)
