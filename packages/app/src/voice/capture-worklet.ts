/** What is there in the thread of an audio context, as far as it is used. */
declare class AudioWorkletProcessor {
  readonly port: MessagePort
}
declare function registerProcessor(name: string, processor: new () => AudioWorkletProcessor): void

/** About 43 ms at 48 kHz: often enough to be seen, seldom enough for the page. */
const pieceSamples = 2048

/** Hands on what the microphone hears, in pieces. A file of its own: it runs beside the page. */
class Capture extends AudioWorkletProcessor {
  #piece = new Float32Array(pieceSamples)
  #length = 0

  /** Called by the browser with 128 samples of each channel. */
  process([channels = []]: readonly (readonly Float32Array[])[]): boolean {
    const [samples] = channels
    if (samples === undefined) return true
    for (let at = 0; at < samples.length;) {
      const part = samples.subarray(at, at + pieceSamples - this.#length)
      this.#piece.set(part, this.#length)
      this.#length += part.length
      at += part.length
      if (this.#length === pieceSamples) this.#handOn()
    }
    return true
  }

  #handOn(): void {
    this.port.postMessage(this.#piece, [this.#piece.buffer])
    this.#piece = new Float32Array(pieceSamples)
    this.#length = 0
  }
}

registerProcessor('capture', Capture)
