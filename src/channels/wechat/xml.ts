/** XML of pushes and of replies. */
import { XMLParser, XMLValidator } from 'fast-xml-parser'

/** Before the root: nothing but a declaration. No document type, so no entities. */
const BEGINNING = /^\uFEFF?(?:<\?xml[^<>]*\?>)?\s*<xml>/

const parser = new XMLParser({
  parseTagValue: false,
  trimValues: false,
  processEntities: false,
  ignoreAttributes: true,
  ignoreDeclaration: true,
})

/**
 * The fields right below `<xml>`; what is nested deeper is left out.
 * @returns null for what is cut off, is no such document, or says a field twice
 */
export function fieldsOf(document: string): ReadonlyMap<string, string> | null {
  if (!BEGINNING.test(document)) return null
  const root = rootOf(document)
  if (typeof root !== 'object' || root === null || Array.isArray(root)) return null
  const fields = new Map<string, string>()
  for (const [name, value] of Object.entries(root)) {
    if (Array.isArray(value)) return null
    if (typeof value === 'string') fields.set(name, value)
  }
  fields.delete('#text')
  return fields
}

function rootOf(document: string): unknown {
  try {
    if (XMLValidator.validate(document) !== true) return null
    return (parser.parse(document) as Record<string, unknown>)['xml']
  } catch {
    return null
  }
}

/** Fields in that order; numbers bare, words as CDATA. */
export const xmlOf = (fields: Readonly<Record<string, string | number>>): string =>
  `<xml>${Object.entries(fields)
    .map(([name, value]) => `<${name}>${typeof value === 'number' ? value : cdata(value)}</${name}>`)
    .join('')}</xml>`

/** What XML 1.0 has no place for is left out. */
const ILLEGAL = /[\u0000-\u0008\u000B\u000C\u000E-\u001F\uFFFE\uFFFF]|\p{Surrogate}/gu

const cdata = (words: string): string =>
  `<![CDATA[${words.replace(ILLEGAL, '').replaceAll(']]>', ']]]]><![CDATA[>')}]]>`
