import { createEncoder } from 'wasm-media-encoders'

/** What the existing clients send, and every platform plays. Spec 50 §0. */
const kilobitsPerSecond = 128
/** What MPEG-1 audio can be; other rates are changed to the first. */
const plainRates = [48_000, 44_100, 32_000] as const

/** Makes an MP3 of one channel while it is spoken. */
export interface Mp3Encoder {
  /** Samples from -1 to 1. They are not kept. */
  readonly add: (samples: Float32Array) => void
  /** The whole file. Only once, and nothing after it. */
  readonly finish: () => Uint8Array
}

/** `wasm` is LAME; `sampleRate` that of what will be added. */
export async function createMp3Encoder(wasm: WebAssembly.Module, sampleRate: number): Promise<Mp3Encoder> {
  const encoder = await createEncoder('audio/mpeg', wasm)
  const outputSampleRate = plainRates.find(rate => rate === sampleRate) ?? plainRates[0]
  encoder.configure({ sampleRate, outputSampleRate, channels: 1, bitrate: kilobitsPerSecond })
  const pieces: Uint8Array[] = []
  return {
    // It gives views of its memory.
    add: samples => void pieces.push(encoder.encode([samples]).slice()),
    finish: () => {
      pieces.push(encoder.finalize().slice())
      return joined(pieces)
    },
  }
}

function joined(pieces: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(pieces.reduce((length, piece) => length + piece.length, 0))
  let at = 0
  for (const piece of pieces) {
    whole.set(piece, at)
    at += piece.length
  }
  return whole
}
