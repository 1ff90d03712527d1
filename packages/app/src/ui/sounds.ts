/** Two short, soft tones. */
export interface Sounds {
  /** Does nothing where the browser refuses sound, as before the first press on the page. */
  readonly play: (tone: Tone) => void
  /** Gives the sound device back. */
  readonly close: () => void
}

/** A message went out, or came in. */
type Tone = 'sent' | 'received'

/** Pitches in Hz, one after the other, each `NOTE_S` later: rising for what came, a single one for what went. */
const notes: Readonly<Record<Tone, readonly number[]>> = { sent: [587.33], received: [493.88, 659.25] }
const NOTE_S = 0.09
const FADE_S = 0.22
const LOUDNESS = 0.06

/** Takes the sound device with the first tone, not before. */
export function createSounds(): Sounds {
  let context: AudioContext | undefined
  return {
    play(tone) {
      context ??= new AudioContext()
      const { currentTime } = context
      if (context.state === 'suspended') void context.resume().catch(() => undefined)
      for (const [at, pitch] of notes[tone].entries()) sound(context, pitch, currentTime + at * NOTE_S)
    },
    close() {
      void context?.close()
      context = undefined
    },
  }
}

function sound(context: AudioContext, pitch: number, at: number): void {
  const tone = new OscillatorNode(context, { type: 'sine', frequency: pitch })
  const loudness = new GainNode(context, { gain: 0 })
  loudness.gain.setValueAtTime(0, at)
  loudness.gain.linearRampToValueAtTime(LOUDNESS, at + 0.012)
  loudness.gain.exponentialRampToValueAtTime(0.0001, at + FADE_S)
  tone.connect(loudness).connect(context.destination)
  tone.start(at)
  tone.stop(at + FADE_S)
}
