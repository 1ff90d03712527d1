import lameUrl from 'wasm-media-encoders/wasm/mp3?url'
import captureUrl from './capture-worklet.ts?worker&url'
import { levelOf } from './levels.ts'
import { createMp3Encoder, type Mp3Encoder } from './mp3-encoder.ts'
import { maxVoiceMs } from './voice-limits.ts'

/** What was recorded: a whole MP3. */
export interface Recording {
  readonly bytes: Uint8Array
  readonly durationMs: number
  /** From 0 to 1, evenly spaced. */
  readonly levels: readonly number[]
}

/** Told while it records, about twenty times a second; and once, if it ends by itself: at the limit, or without a microphone. */
export interface RecorderListener {
  readonly onHeard: (levels: readonly number[], elapsedMs: number) => void
  readonly onEnded: () => void
}

/** Why there is nothing to record with. */
export type MicrophoneProblem = 'denied' | 'missing' | 'busy' | 'failed'

/** Records one voice message: encoded while it is spoken, so that it is ready when it stops. Nothing is kept elsewhere. */
export class Recorder {
  readonly #stream: MediaStream
  readonly #context: AudioContext
  readonly #encoder: Mp3Encoder
  readonly #listener: RecorderListener
  readonly #levels: number[] = []
  #samples = 0
  #isOver = false

  private constructor(parts: Parts, listener: RecorderListener) {
    this.#stream = parts.stream
    this.#context = parts.context
    this.#encoder = parts.encoder
    this.#listener = listener
  }

  /** Asks for the microphone and begins at once. @throws {DOMException} see `problemOf` */
  static async start(listener: RecorderListener, signal: AbortSignal): Promise<Recorder> {
    const audio = { channelCount: 1, echoCancellation: true, noiseSuppression: true, autoGainControl: true }
    const stream = await navigator.mediaDevices.getUserMedia({ audio })
    const context = new AudioContext()
    try {
      const lame = await WebAssembly.compile(await (await fetch(lameUrl, { signal })).arrayBuffer())
      const encoder = await createMp3Encoder(lame, context.sampleRate)
      await context.audioWorklet.addModule(captureUrl)
      signal.throwIfAborted()
      const recorder = new Recorder({ stream, context, encoder }, listener)
      recorder.#listen()
      await context.resume()
      return recorder
    } catch (error) {
      release(stream, context)
      throw error
    }
  }

  /** The end: the microphone is free again. Once. */
  finish(): Recording {
    this.#close()
    return { bytes: this.#encoder.finish(), durationMs: this.#elapsedMs, levels: this.#levels }
  }

  /** Forgets what was said. */
  discard(): void {
    this.#close()
  }

  get #elapsedMs(): number {
    return (this.#samples * 1000) / this.#context.sampleRate
  }

  #listen(): void {
    const node = new AudioWorkletNode(this.#context, 'capture', {
      numberOfOutputs: 0,
      channelCount: 1,
      channelCountMode: 'explicit',
    })
    node.port.addEventListener('message', (event: MessageEvent<Float32Array>) => this.#take(event.data))
    node.port.start()
    this.#context.createMediaStreamSource(this.#stream).connect(node)
    for (const track of this.#stream.getAudioTracks()) track.addEventListener('ended', () => this.#end())
  }

  #take(piece: Float32Array): void {
    if (this.#isOver) return
    const left = Math.round((maxVoiceMs * this.#context.sampleRate) / 1000) - this.#samples
    const samples = piece.subarray(0, left)
    this.#encoder.add(samples)
    this.#levels.push(levelOf(samples))
    this.#samples += samples.length
    this.#listener.onHeard(this.#levels, this.#elapsedMs)
    if (samples.length === left) this.#end()
  }

  #end(): void {
    if (this.#isOver) return
    this.#close()
    this.#listener.onEnded()
  }

  #close(): void {
    this.#isOver = true
    release(this.#stream, this.#context)
  }
}

interface Parts {
  readonly stream: MediaStream
  readonly context: AudioContext
  readonly encoder: Mp3Encoder
}

/** The sign that something listens goes out. */
function release(stream: MediaStream, context: AudioContext): void {
  for (const track of stream.getTracks()) track.stop()
  if (context.state !== 'closed') void context.close()
}

/** What stands in the way, by the name that browsers give it. */
export function problemOf(error: unknown): MicrophoneProblem {
  switch (error instanceof DOMException ? error.name : '') {
    case 'NotAllowedError':
    case 'SecurityError':
      return 'denied'
    case 'NotFoundError':
    case 'OverconstrainedError':
      return 'missing'
    case 'NotReadableError':
    case 'AbortError':
      return 'busy'
    default:
      return 'failed'
  }
}
