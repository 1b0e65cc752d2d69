import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { brotliCompressSync, gzipSync } from 'node:zlib'
import vue from '@vitejs/plugin-vue'
import { defineConfig, type Plugin } from 'vite'

const LOCALES = fileURLToPath(new URL('locales', import.meta.url))
const LANGUAGES = 'virtual:languages'

/** The languages that have words for the pages, each by its own name: a folder in `locales/` is enough. */
function languages(): Plugin {
  return {
    name: 'languages',
    resolveId: (id) => (id === LANGUAGES ? `\0${LANGUAGES}` : null),
    load(id) {
      if (id !== `\0${LANGUAGES}`) return null
      const found = readdirSync(LOCALES).flatMap((code) => {
        try {
          const words = JSON.parse(readFileSync(`${LOCALES}/${code}/web.json`, 'utf8')) as { language_name?: string }
          return [{ code, name: words.language_name ?? code }]
        } catch {
          return []
        }
      })
      return `export const languages = ${JSON.stringify(found)}`
    },
  }
}

/** The style stands in the page itself: a phone draws with what it gets first. */
function styleInPage(): Plugin {
  return {
    name: 'style-in-page',
    enforce: 'post',
    generateBundle(_, bundle) {
      const page = bundle['index.html']
      if (page?.type !== 'asset') return
      page.source = String(page.source).replace(
        /<link rel="stylesheet"[^>]*href="\/([^"]+)"[^>]*>/g,
        (link, name: string) => {
          const style = bundle[name]
          if (style?.type !== 'asset') return link
          delete bundle[name]
          return `<style>${String(style.source)}</style>`
        },
      )
    },
  }
}

/** Compressed once here and not at every request: `index.js.br` and `index.js.gz` beside `index.js`, as it was written. */
function compressed(): Plugin {
  return {
    name: 'compressed',
    writeBundle({ dir = '' }, bundle) {
      for (const fileName of Object.keys(bundle).filter((name) => /\.(js|css)$/.test(name))) {
        const file = join(dir, fileName)
        const bytes = readFileSync(file)
        writeFileSync(`${file}.br`, brotliCompressSync(bytes))
        writeFileSync(`${file}.gz`, gzipSync(bytes))
      }
    },
  }
}

/** WeChat's in-app browser of 2022 (Chromium 86 on Android, Safari 14 on iPhones of that time). */
const BROWSERS = ['chrome86', 'safari14']

export default defineConfig({
  root: fileURLToPath(new URL('src/web/chat', import.meta.url)),
  plugins: [vue(), languages(), styleInPage(), compressed()],
  define: { __VUE_OPTIONS_API__: 'false', __VUE_PROD_DEVTOOLS__: 'false' },
  build: {
    outDir: fileURLToPath(new URL('dist/pages', import.meta.url)),
    emptyOutDir: true,
    target: BROWSERS,
    cssTarget: BROWSERS,
    modulePreload: { polyfill: false },
  },
})
