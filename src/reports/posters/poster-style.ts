/**
 * How posters look on A4, on a screen and on a phone. Fonts are those of the reader's machine. `--fit` makes the words of a
 * page smaller where they are many; see poster-fit.ts.
 */
export const POSTER_STYLE = `@page { size: A4 portrait; margin: 0 }
* { box-sizing: border-box; margin: 0; padding: 0 }
body {
  font-family: "Noto Sans CJK SC", "Source Han Sans SC", "Microsoft YaHei", "PingFang SC", SimHei, "Noto Sans SC", sans-serif;
  color: #111; background: #ddd; line-height: 1.45; -webkit-print-color-adjust: exact; print-color-adjust: exact;
}
section { width: 210mm; height: 297mm; margin: 6mm auto; background: #fff; overflow: hidden; display: flex; flex-direction: column }
.poster header { background: #a31515; color: #fff; text-align: center; padding: 8mm 10mm 7mm }
.service { font-size: 15mm; font-weight: 700; line-height: 1.15; letter-spacing: .08em }
.call-out { font-size: 8mm; line-height: 1.3; margin-top: 2mm }
h1 { text-align: center; font-size: 13mm; line-height: 1.2; margin: 6mm 10mm 0; font-weight: 700 }
.above { display: block; font-size: 6mm; font-weight: 400 }
figure { text-align: center; margin-top: 2mm }
figure svg { width: 96mm; height: 96mm; display: block; margin: 0 auto }
figcaption { font-size: 6.5mm; font-weight: 700; line-height: 1.2 }
.link { text-align: center; font-size: 4mm; margin: 2mm 10mm 0; overflow-wrap: anywhere }
.blocks { padding: 4mm 12mm 0; flex: 1 }
.blocks h2 { font-size: calc(6mm * var(--fit)); color: #a31515; line-height: 1.3 }
.blocks p { font-size: calc(5.2mm * var(--fit)); line-height: 1.4; margin-bottom: calc(2.5mm * var(--fit)) }
.call { border: .8mm solid #a31515; border-radius: 3mm; padding: 2mm 5mm; display: flex; flex-wrap: wrap; align-items: baseline; column-gap: 5mm }
.call p { margin: 0 }
.call .phone { font-size: calc(11mm * var(--fit)); font-weight: 700; line-height: 1.2 }
footer { padding: 2mm 12mm 7mm; font-size: calc(4.6mm * var(--fit)); line-height: 1.4 }
footer p:first-child { font-weight: 700 }
.sheets { padding: 11mm 14mm 8mm; justify-content: space-between }
.place { font-size: 5mm }
.sheets h2 { font-size: calc(11mm * var(--fit)); line-height: 1.25; color: #a31515; margin-bottom: calc(2mm * var(--fit)) }
.sheets ol { padding-left: 9mm }
.sheets li { font-size: calc(6mm * var(--fit)); line-height: 1.42; margin-bottom: calc(1.6mm * var(--fit)) }
.sheets li::marker { font-weight: 700 }
.source { font-size: calc(3.6mm * var(--fit)); color: #444 }
@media print {
  body { background: #fff }
  section { margin: 0; break-after: page }
  section:last-child { break-after: auto }
}
@media screen and (max-width: 210mm) {
  body { background: #fff }
  section { width: 100%; height: auto; margin: 0 0 10mm }
  .service { font-size: 2.4rem }
  .call-out { font-size: 1.35rem }
  h1 { font-size: 2rem; margin-inline: 1rem }
  .above { font-size: 1.1rem }
  figure svg { width: min(88vw, 96mm); height: auto }
  figcaption { font-size: 1.2rem }
  .link { font-size: 1rem; margin-inline: .5rem }
  .link span { display: block; font-size: .8rem }
  .blocks { padding: 1rem 1.2rem 0 }
  .blocks h2 { font-size: 1.35rem }
  .blocks p { font-size: 1.2rem; margin-bottom: .9rem }
  .call { padding: .6rem 1rem }
  .call .phone { font-size: 1.9rem }
  footer { font-size: 1.1rem; padding: 1rem 1.2rem }
  .sheets { padding: 1rem 1.2rem }
  .sheets h2 { font-size: 1.8rem; margin-top: 1rem }
  .sheets ol { padding-left: 1.6rem }
  .sheets li { font-size: 1.2rem; margin-bottom: .7rem }
  .source { font-size: .95rem }
}
`
