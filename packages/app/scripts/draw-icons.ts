/**
 * Draws the icons of the app from the path of the mark: `node packages/app/scripts/draw-icons.ts`, with the Chromium of
 * `$CHROMIUM` or the system's. The files are kept, so that building needs no browser.
 */
import { mkdirSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { type Browser, chromium } from 'playwright-core'
import { MARK_PATH, MARK_STROKE } from '../src/ui/mark-path.ts'

const INK = '#16191e'
const PAPER = '#f3f1ee'

interface Drawing {
  readonly name: string
  /** Edge in pixels. */
  readonly size: number
  /** Share of the edge that the mark takes. */
  readonly share: number
  /** Share of the edge that rounds a corner; 0 where the system cuts its own shape. */
  readonly corner: number
}

const drawings: readonly Drawing[] = [
  { name: 'icon-192', size: 192, share: 0.62, corner: 0.22 },
  { name: 'icon-512', size: 512, share: 0.62, corner: 0.22 },
  // Anything outside of the middle 80 % may be cut away.
  { name: 'maskable-512', size: 512, share: 0.48, corner: 0 },
  { name: 'apple-touch-180', size: 180, share: 0.6, corner: 0 },
  { name: 'favicon-32', size: 32, share: 0.76, corner: 0.24 },
  // White on nothing: the system tints it.
  { name: 'badge-96', size: 96, share: 0.9, corner: 0 },
]

const folder = fileURLToPath(new URL('../public/icons', import.meta.url))
mkdirSync(folder, { recursive: true })
writeFileSync(`${folder}/mark.svg`, `${markOnly('#000')}\n`)
writeFileSync(`${folder}/icon.svg`, `${icon({ name: 'icon', size: 512, share: 0.66, corner: 0.22 })}\n`)
const executablePath = process.env['CHROMIUM'] ?? '/usr/bin/chromium'
const browser = await chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-gpu'] })
for (const drawing of drawings) await draw(browser, drawing)
await browser.close()

async function draw(on: Browser, drawing: Drawing): Promise<void> {
  const { name, size } = drawing
  const page = await on.newPage({ viewport: { width: size, height: size } })
  const svg = name.startsWith('badge') ? markOnly('#fff', size) : icon(drawing)
  await page.setContent(`<!doctype html><style>body{margin:0}svg{display:block}</style>${svg}`)
  await page.screenshot({ path: `${folder}/${name}.png`, omitBackground: true })
  await page.close()
}

function icon({ size, share, corner }: Drawing): string {
  const scale = (size * share) / 24
  const at = round((size * (1 - share)) / 2)
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${size}" height="${size}" viewBox="0 0 ${size} ${size}">`,
    `<rect width="${size}" height="${size}" rx="${round(size * corner)}" fill="${INK}"/>`,
    `<g transform="translate(${at} ${at}) scale(${round(scale)})">${mark(PAPER)}</g></svg>`,
  ].join('')
}

function markOnly(colour: string, size = 24): string {
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${size}" height="${size}" viewBox="0 0 24 24">${mark(colour)}</svg>`
}

function mark(colour: string): string {
  return `<path d="${MARK_PATH}" fill="none" stroke="${colour}" stroke-width="${MARK_STROKE}" stroke-linecap="round"/>`
}

function round(value: number): number {
  return Math.round(value * 1000) / 1000
}
