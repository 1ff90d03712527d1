import { crc32, deflateSync } from 'node:zlib'
import { type AppPerson } from './app-person.ts'

/** A file that a program sends. */
export interface MadeFile {
  readonly name: string
  readonly bytes: Uint8Array
}

/** A picture of one colour that grows darker to its end. */
export function png(
  name: string,
  width: number,
  height: number,
  [red, green, blue]: readonly [number, number, number],
): MadeFile {
  const line = 1 + width * 3
  const pixels = Buffer.alloc(line * height)
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      const shade = 1 - (0.5 * (x + y)) / (width + height)
      pixels.set([red * shade, green * shade, blue * shade].map(Math.round), y * line + 1 + x * 3)
    }
  }
  return { name, bytes: wrapped(width, height, deflateSync(pixels)) }
}

/** It says that it is a picture, and how large; but there is none in it. */
export function brokenPng(name: string): MadeFile {
  return { name, bytes: wrapped(300, 200, Buffer.from('no pixels here')) }
}

function wrapped(width: number, height: number, data: Buffer): Uint8Array {
  const head = Buffer.alloc(13)
  head.writeUInt32BE(width, 0)
  head.writeUInt32BE(height, 4)
  head.set([8, 2, 0, 0, 0], 8)
  const parts = [chunk('IHDR', head), chunk('IDAT', data), chunk('IEND', Buffer.alloc(0))]
  return new Uint8Array(Buffer.concat([Buffer.from('89504e470d0a1a0a', 'hex'), ...parts]))
}

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data])
  const [length, check] = [Buffer.alloc(4), Buffer.alloc(4)]
  length.writeUInt32BE(data.length)
  check.writeUInt32BE(crc32(body))
  return Buffer.concat([length, body, check])
}

/** A tone that swells and fades once in each second: 8000 samples a second, 8 bits. */
export function wav(name: string, seconds: number): MadeFile {
  const count = 8000 * seconds
  const samples = Buffer.alloc(count)
  for (let at = 0; at < count; at += 1) {
    const loudness = Math.sin((Math.PI * at) / 8000) ** 2
    samples[at] = 128 + Math.round(100 * loudness * Math.sin((2 * Math.PI * 220 * at) / 8000))
  }
  const head = Buffer.alloc(44)
  head.write('RIFF', 0, 'latin1')
  head.writeUInt32LE(36 + count, 4)
  head.write('WAVEfmt ', 8, 'latin1')
  head.writeUInt32LE(16, 16)
  head.writeUInt16LE(1, 20)
  head.writeUInt16LE(1, 22)
  head.writeUInt32LE(8000, 24)
  head.writeUInt32LE(8000, 28)
  head.writeUInt16LE(1, 32)
  head.writeUInt16LE(8, 34)
  head.write('data', 36, 'latin1')
  head.writeUInt32LE(count, 40)
  return { name, bytes: new Uint8Array(Buffer.concat([head, samples])) }
}

/** One empty page. */
export function pdf(name: string): MadeFile {
  const words =
    '%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[]/Count 0>>endobj\n%%EOF\n'
  return { name, bytes: new TextEncoder().encode(words) }
}

/** A second of a moving square, as the browser of somebody records it. */
export async function webm({ page }: AppPerson, name: string): Promise<MadeFile> {
  const bytes = await page.evaluate(async () => {
    const canvas = document.createElement('canvas')
    canvas.width = 320
    canvas.height = 180
    const context = canvas.getContext('2d')
    const recorder = new MediaRecorder(canvas.captureStream(25), { mimeType: 'video/webm' })
    const parts: Blob[] = []
    recorder.addEventListener('dataavailable', ({ data }) => parts.push(data))
    const ended = new Promise(resolve => recorder.addEventListener('stop', resolve))
    recorder.start()
    for (let at = 0; at < 25; at += 1) {
      if (context !== null) {
        context.fillStyle = '#234'
        context.fillRect(0, 0, 320, 180)
        context.fillStyle = '#fc6'
        context.fillRect(at * 10, 60, 60, 60)
      }
      await new Promise(resolve => setTimeout(resolve, 40))
    }
    recorder.stop()
    await ended
    return Array.from(new Uint8Array(await new Blob(parts).arrayBuffer()))
  })
  return { name, bytes: new Uint8Array(bytes) }
}
