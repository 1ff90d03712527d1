import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Locator } from 'playwright-core'
import { type AppPerson } from './app-person.ts'

/** A file as a file dialog gives it. */
export interface ChosenFile {
  readonly name: string
  readonly mimeType: string
  readonly buffer: Buffer
}

/** A file of any kind. */
export function document(name: string, sizeBytes: number): ChosenFile {
  return { name, mimeType: 'application/octet-stream', buffer: Buffer.alloc(sizeBytes, 'text. ') }
}

/** A large file, on the disk for as long as it is used: over the wire to the browser it would take seconds. */
export async function withFile(name: string, sizeBytes: number, act: (path: string) => Promise<void>): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'sotto-attach-'))
  try {
    const path = join(folder, name)
    writeFileSync(path, Buffer.alloc(sizeBytes, 'text. '))
    await act(path)
  } finally {
    rmSync(folder, { recursive: true })
  }
}

/** A picture that the browser of somebody has drawn: with colours that can be told apart. */
export async function photo(
  { page }: AppPerson,
  name: string,
  width: number,
  height: number,
  mimeType: 'image/png' | 'image/jpeg' = 'image/png',
): Promise<ChosenFile> {
  const url = await page.evaluate(
    async ([wide, high, type]) => {
      const canvas = new OffscreenCanvas(wide, high)
      const context = canvas.getContext('2d')
      if (context === null) throw new Error('no canvas')
      const colours = context.createLinearGradient(0, 0, wide, high)
      for (const [at, colour] of ['#1d4e89', '#f2b134', '#d7263d'].entries()) colours.addColorStop(at / 2, colour)
      context.fillStyle = colours
      context.fillRect(0, 0, wide, high)
      const blob = await canvas.convertToBlob({ type })
      // As a text: a list of numbers takes a minute on its way.
      const { promise, resolve } = Promise.withResolvers<string>()
      const reader = new FileReader()
      reader.addEventListener('load', () => resolve(typeof reader.result === 'string' ? reader.result : ''))
      reader.readAsDataURL(blob)
      return promise
    },
    [width, height, mimeType] as const,
  )
  return { name, mimeType, buffer: Buffer.from(url.slice(url.indexOf(',') + 1), 'base64') }
}

/** Drags files over an element, or lets them fall there, as the desktop would. */
export async function drag(target: Locator, events: readonly string[], files: readonly ChosenFile[]): Promise<void> {
  const plain = files.map(({ name, mimeType, buffer }) => ({ name, type: mimeType, base64: buffer.toString('base64') }))
  await target.evaluate(
    (element, given) => {
      const dataTransfer = new DataTransfer()
      for (const { name, type, base64 } of given.plain) {
        const bytes = Uint8Array.from(atob(base64), sign => sign.charCodeAt(0))
        dataTransfer.items.add(new File([bytes], name, { type }))
      }
      for (const event of given.events) {
        const init = { bubbles: true, cancelable: true, dataTransfer }
        element.dispatchEvent(new DragEvent(event, init))
      }
    },
    { plain, events },
  )
}

/** Pastes a file into an element. */
export async function pasteFile(target: Locator, { name, mimeType, buffer }: ChosenFile): Promise<void> {
  await target.evaluate(
    (element, given) => {
      const clipboardData = new DataTransfer()
      const bytes = Uint8Array.from(atob(given.base64), sign => sign.charCodeAt(0))
      clipboardData.items.add(new File([bytes], given.name, { type: given.mimeType }))
      element.dispatchEvent(new ClipboardEvent('paste', { bubbles: true, cancelable: true, clipboardData }))
    },
    { name, mimeType, base64: buffer.toString('base64') },
  )
}

/** What is said at the edge of the page for a while. */
export function toast(person: AppPerson, words: string): Locator {
  return person.page.getByRole('region').getByText(words).first()
}

/** A JPEG as a phone makes it: it lies on its side, and says so, and where it was taken. */
export function withPlace({ buffer, ...file }: ChosenFile, place: string): ChosenFile {
  const entry = Buffer.from('0112000300000001000600000000', 'hex')
  const tiff = Buffer.concat([Buffer.from('4d4d002a000000080001', 'hex'), entry, Buffer.alloc(2), Buffer.from(place)])
  const data = Buffer.concat([Buffer.from('Exif\0\0', 'latin1'), tiff])
  const head = Buffer.from([0xff, 0xd8, 0xff, 0xe1, (data.length + 2) >> 8, (data.length + 2) & 255])
  return { ...file, buffer: Buffer.concat([head, data, buffer.subarray(2)]) }
}
