import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { beforeAll, expect, test } from 'vitest'
import { createMp3Encoder } from '../../src/voice/mp3-encoder.ts'

const path = createRequire(import.meta.url).resolve('wasm-media-encoders/wasm/mp3')
let lame: WebAssembly.Module
beforeAll(async () => {
  lame = await WebAssembly.compile(readFileSync(path))
})

const tone = (count: number, rate: number) =>
  Float32Array.from({ length: count }, (_, at) => 0.5 * Math.sin((2 * Math.PI * 440 * at) / rate))

/** Frames of layer III: their bit rates in kbit/s, sample rates in Hz and modes (3 is one channel). */
function frames(file: Uint8Array): { readonly kilobits: number; readonly rate: number; readonly mode: number }[] {
  const found: ReturnType<typeof frames> = []
  for (let at = 0; at + 4 <= file.length;) {
    const [, second = 0, third = 0, fourth = 0] = file.subarray(at, at + 4)
    expect([file[at], second & 0xfe]).toEqual([0xff, 0xfa])
    const kilobits = [0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320][third >> 4] ?? 0
    const rate = [44_100, 48_000, 32_000][(third >> 2) & 3] ?? 0
    found.push({ kilobits, rate, mode: fourth >> 6 })
    at += Math.floor((144_000 * kilobits) / rate) + ((third >> 1) & 1)
  }
  return found
}

test.for([
  [48_000, 48_000],
  [44_100, 44_100],
  [32_000, 32_000],
  [16_000, 48_000],
  [96_000, 48_000],
] as const)('two seconds at %i samples a second become an MP3 at %i', async ([rate, expected]) => {
  const encoder = await createMp3Encoder(lame, rate)
  const samples = tone(2 * rate, rate)
  for (let at = 0; at < samples.length; at += 4096) encoder.add(samples.subarray(at, at + 4096))
  const found = frames(encoder.finish())
  expect(new Set(found.map(each => JSON.stringify(each)))).toEqual(
    new Set([JSON.stringify({ kilobits: 128, rate: expected, mode: 3 })]),
  )
  const seconds = (found.length * 1152) / expected
  expect(seconds).toBeGreaterThan(1.95)
  expect(seconds).toBeLessThan(2.2)
})

test('five minutes fit into what a message can carry', async () => {
  const encoder = await createMp3Encoder(lame, 48_000)
  const second = tone(48_000, 48_000)
  for (let at = 0; at < 300; at += 1) encoder.add(second)
  const { length } = encoder.finish()
  expect(length).toBeLessThan(10_000_000)
  expect(length).toBeGreaterThan(300 * 16_000)
})
