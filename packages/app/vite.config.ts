import { fileURLToPath } from 'node:url'
import react from '@vitejs/plugin-react'
import { defineConfig, type Plugin } from 'vite'
import { isLanguage } from './src/texts/languages.ts'

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url))

/** Widgets bring their few words in thirty languages; those that the app does not have are left out. */
const onlyOwnLanguages: Plugin = {
  name: 'only-own-languages',
  load(id) {
    const language = /\/intl\/[a-z]+\/([a-z]{2})-[A-Z]{2}\.m?js$/.exec(id)?.[1]
    return language === undefined || isLanguage(language) ? null : 'export default {}'
  },
}

/**
 * One page for the app, one that shows every part of it, and a worker. Everything is a file of its own: inlined data would need
 * a weaker content security policy.
 */
export default defineConfig({
  root: here('.'),
  base: '/',
  plugins: [react(), onlyOwnLanguages],
  worker: { format: 'es' },
  build: {
    target: 'es2024',
    outDir: here('dist'),
    emptyOutDir: true,
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
    rolldownOptions: { input: { index: here('index.html'), gallery: here('gallery.html') } },
  },
})
