/** What the first load weighs, and that a WeChat browser of 2022 understands it. */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { brotliDecompressSync, gunzipSync, gzipSync } from 'node:zlib'
import { expect, test } from 'vitest'
import { PAGES } from '../house.ts'

const LIMIT = 150_000

/** Younger than Chromium 86 or Safari 14; Vue names newer array methods without calling them. */
const TOO_NEW: readonly RegExp[] = [
  /\bstructuredClone\(/,
  /\.randomUUID\(/,
  /Object\.hasOwn\(/,
  /\.findLast(Index)?\(/,
  /\.at\(-?\d/,
  /Array\.fromAsync|Promise\.withResolvers|Object\.groupBy/,
  /\(\?<[=!]/,
  /:has\(|@container|\binset:|\d[sdl]vh\b|color-mix\(|accent-color|@layer|:is\(|:where\(/,
]

export function weight(): void {
  const page = () => readFileSync(join(PAGES, 'index.html'), 'utf8')
  const built = (pattern: RegExp) => readdirSync(join(PAGES, 'assets')).filter((name) => pattern.test(name))

  test('the first load is at most 150 kB compressed, and is served so', () => {
    const loaded = [...page().matchAll(/(?:src|href)="\/(assets\/[^"]+)"/g)].map((match) => match[1] as string)
    expect(loaded.some((name) => name.endsWith('.js'))).toBe(true)
    const locales = built(/^web-.*\.js$/).map((name) => `assets/${name}`)
    const weights = [...loaded, ...locales].map((name) => gzipSync(readFileSync(join(PAGES, name))).length)
    expect(weights.reduce((sum, one) => sum + one, gzipSync(page()).length)).toBeLessThan(LIMIT)
    for (const name of loaded) {
      const plain = readFileSync(join(PAGES, name))
      expect(brotliDecompressSync(readFileSync(join(PAGES, `${name}.br`))).equals(plain)).toBe(true)
      expect(gunzipSync(readFileSync(join(PAGES, `${name}.gz`))).equals(plain)).toBe(true)
    }
  })

  test('nothing in it is younger than the browser it is for', () => {
    const found = built(/\.(js|css)$/).flatMap((name) => {
      const text = readFileSync(join(PAGES, 'assets', name), 'utf8')
      return TOO_NEW.filter((pattern) => pattern.test(text)).map((pattern) => `${name}: ${pattern}`)
    })
    expect(found).toEqual([])
    expect(page()).not.toMatch(/type="importmap"/)
  })
}
