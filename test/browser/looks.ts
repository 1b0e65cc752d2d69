/** What is wrong with how a page looks and is named, one line each. */
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { Page } from 'playwright-core'
import * as inPage from './in-page.mjs'

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

interface Found {
  readonly violations: readonly { readonly id: string; readonly nodes: readonly { readonly html: string }[] }[]
}

/** What axe finds wrong, one line each. */
export async function complaints(page: Page): Promise<string[]> {
  await page.evaluate(AXE)
  const { violations } = await page.evaluate<Found>(
    // Sizes are measured below, of what is not under the header.
    `axe.run(document, {
      runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'best-practice'],
      rules: { 'label-content-name-mismatch': { enabled: true } },
    })`,
  )
  return violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html.slice(0, 120)}`))
}

export const tooSmall = (page: Page): Promise<string[]> => page.evaluate(inPage.tooSmall)

export const cutOff = (page: Page): Promise<string[]> => page.evaluate(inPage.cutOff)
