import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'

/** The sources of an app that has everything of which the real one has much. */
export function smallApp(): { readonly root: string; readonly folder: string } {
  const folder = mkdtempSync(join(tmpdir(), 'sotto-app-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  const root = join(folder, 'sources')
  mkdirSync(join(root, 'public'), { recursive: true })
  const files = {
    'package.json': '{ "version": "1.2.3" }',
    'vite.config.ts': `export default { build: { assetsInlineLimit: 0, rolldownOptions: { input: ['index.html', 'gallery.html'] } } }\n`,
    'public/big.json': JSON.stringify({ text: 'sotto '.repeat(500) }),
    'index.html': '<!doctype html><title>App</title><script type="module" src="/main.ts"></script>',
    'gallery.html': '<!doctype html><title>Gallery</title>',
    'main.ts': `import './style.css'
document.title = import.meta.env.PROD ? 'production' : 'development'
void import('./later.ts')
new Worker(new URL('./worker.ts', import.meta.url), { type: 'module' })\n`,
    'later.ts': `export const later: string = 'later'\n`,
    'worker.ts': `postMessage('hello')\n`,
    'style.css': 'p { color: red }\n',
  }
  for (const [name, text] of Object.entries(files)) writeFileSync(join(root, name), text)
  return { root, folder }
}
