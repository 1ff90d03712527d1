import { accessSync, constants } from 'node:fs'
import { delimiter, isAbsolute, join } from 'node:path'

/** Flags for a browser that only loads our own pages: no network of its own, no first-run pages, no GPU. */
export const chromiumFlags: readonly string[] = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--no-first-run',
]

/** The engine without windows, menus and whatever else nobody looks at in a test: it does the same in less time. */
const shells: readonly string[] = ['chromium-headless-shell', 'chrome-headless-shell']

const wholes: readonly string[] = [
  'chromium',
  'chromium-browser',
  'google-chrome',
  'google-chrome-stable',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
]

/** Which browser is wanted, and where to look for it. */
export interface BrowserWish {
  readonly env?: NodeJS.ProcessEnv
  /** Prefers the browser that people have, for what is measured for their sake, to the one that is faster. */
  readonly isWhole?: boolean
}

/** A browser to run without a window: `$CHROMIUM`, else the first that is there, on PATH or at a usual place. */
export function findChromium({ env = process.env, isWhole = false }: BrowserWish = {}): string | undefined {
  const wanted = env['CHROMIUM'] ?? ''
  const places = isWhole ? [...wholes, ...shells] : [...shells, ...wholes]
  const folders = [...(env['PATH'] ?? '').split(delimiter), '/usr/bin'].filter(folder => folder !== '')
  return [wanted, ...places]
    .filter(place => place !== '')
    .flatMap(place => (isAbsolute(place) ? [place] : folders.map(folder => join(folder, place))))
    .find(isExecutable)
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK)
    return true
  } catch {
    return false
  }
}
