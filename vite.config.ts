import { fileURLToPath } from 'node:url'
import vue from '@vitejs/plugin-vue'
import { defineConfig } from 'vite'

export default defineConfig({
  root: fileURLToPath(new URL('src/web/chat', import.meta.url)),
  plugins: [vue()],
  build: {
    outDir: fileURLToPath(new URL('dist/pages', import.meta.url)),
    emptyOutDir: true,
    /** WeChat's in-app browser of 2022 (Chromium 86 on Android, Safari 14 on iPhones of that time). */
    target: ['chrome86', 'safari14'],
  },
})
