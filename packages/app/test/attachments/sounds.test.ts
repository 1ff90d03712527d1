import { expect, test } from 'vitest'
import { AudioDeck, type Sound } from '../../src/attachments/audio-deck.ts'
import { formatDuration } from '../../src/attachments/format-duration.ts'
import { peaksOf } from '../../src/attachments/peaks.ts'

class FakeSound implements Sound {
  readonly #listeners = new Map<string, () => void>()
  src = ''
  currentTime = 0
  playbackRate = 1
  paused = true

  async play(): Promise<void> {
    this.paused = false
    this.tell('play')
  }

  pause(): void {
    if (this.paused) return
    this.paused = true
    this.tell('pause')
  }

  addEventListener(name: string, listener: () => void): void {
    this.#listeners.set(name, listener)
  }

  tell(name: string): void {
    this.#listeners.get(name)?.()
  }

  reach(at: number): void {
    this.currentTime = at
    this.tell('timeupdate')
  }
}

test('one sound plays at a time, and each goes on where it was', async () => {
  const sound = new FakeSound()
  const deck = new AudioDeck(sound)
  await deck.play(1, 'blob:1')
  sound.reach(4)
  await deck.play(2, 'blob:2')
  expect([deck.get().track, sound.currentTime, deck.placeOf(1)]).toEqual([2, 0, 4])
  await deck.play(1, 'blob:1')
  expect([sound.src, sound.currentTime]).toEqual(['blob:1', 4])
})

test('a place is chosen before it plays', async () => {
  const sound = new FakeSound()
  const deck = new AudioDeck(sound)
  deck.seek(7, 30)
  expect(deck.placeOf(7)).toBe(30)
  await deck.play(7, 'blob:7')
  expect(sound.currentTime).toBe(30)
})

test('the speed goes round, and holds for the next sound', async () => {
  const sound = new FakeSound()
  const deck = new AudioDeck(sound)
  const rates = [1, 2, 3].map(() => {
    deck.nextRate()
    return deck.get().rate
  })
  expect(rates).toEqual([1.5, 2, 1])
  deck.nextRate()
  await deck.play(1, 'blob:1')
  expect(sound.playbackRate).toBe(1.5)
})

test.for([
  { playsOn: true, sender: 'ada', next: ['second'] },
  { playsOn: true, sender: 'bob', next: [] },
  { playsOn: false, sender: 'ada', next: [] },
])('what follows by $sender plays on: $playsOn', async ({ next, playsOn, sender }) => {
  const sound = new FakeSound()
  const deck = new AudioDeck(sound)
  deck.setPlaysOn(playsOn)
  const played: string[] = []
  deck.join({ track: 9, sender: 'ada', play: () => played.push('third') })
  deck.join({ track: 5, sender, play: () => played.push('second') })
  deck.join({ track: 3, sender: 'ada', play: () => played.push('first') })
  await deck.play(3, 'blob:3')
  sound.tell('ended')
  expect(played).toEqual(next)
  expect(deck.get().isPlaying).toBe(false)
})

test('who leaves falls silent', async () => {
  const sound = new FakeSound()
  const deck = new AudioDeck(sound)
  const leave = deck.join({ track: 3, sender: 'ada', play: () => undefined })
  await deck.play(3, 'blob:3')
  leave()
  expect(sound.paused).toBe(true)
})

test('bars are as loud as their part, the loudest being one', () => {
  const samples = Float32Array.from({ length: 4000 }, (_, at) => (at < 2000 ? 0.25 : 0.5) * (at % 2 === 0 ? 1 : -1))
  expect(peaksOf(samples, 4)).toEqual([0.5, 0.5, 1, 1])
  expect(peaksOf(new Float32Array(1000), 4)).toEqual([0, 0, 0, 0])
  expect(peaksOf(new Float32Array(), 3)).toEqual([0, 0, 0])
  expect(peaksOf(Float32Array.of(1), 3)).toHaveLength(3)
})

test.for([
  [0, '0:00'],
  [65.9, '1:05'],
  [3600, '1:00:00'],
  [-3, '0:00'],
  [Number.POSITIVE_INFINITY, '0:00'],
] as const)('%d seconds are %s', ([seconds, words]) => {
  expect(formatDuration('en', seconds)).toBe(words)
})
