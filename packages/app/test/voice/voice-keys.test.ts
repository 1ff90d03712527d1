import { expect, test } from 'vitest'
import { voiceKey } from '../../src/voice/key-meaning.ts'
import { voiceClock } from '../../src/voice/voice-clock.ts'

test('Enter stops, then sends', () => {
  expect(voiceKey('Enter', true, false)).toBe('stop')
  expect(voiceKey('Enter', false, false)).toBe('send')
})

test('Space plays what was recorded', () => {
  expect(voiceKey(' ', false, false)).toBe('play')
  expect(voiceKey(' ', true, false)).toBe(undefined)
})

test('a button that has the focus keeps its keys', () => {
  expect(voiceKey('Enter', false, true)).toBe(undefined)
  expect(voiceKey(' ', false, true)).toBe(undefined)
})

test.for(['Escape', 'Delete'])('%s discards, wherever the focus is', key => {
  for (const isRecording of [true, false]) {
    for (const isOnButton of [true, false]) expect(voiceKey(key, isRecording, isOnButton)).toBe('discard')
  }
})

test.for([
  [0, 'en', '0:00'],
  [7999, 'en', '0:07'],
  [300_000, 'de', '5:00'],
  [61_000, 'ar-EG', '١:٠١'],
] as const)('%i ms in %s are %s', ([ms, language, shown]) => {
  expect(voiceClock(ms, language)).toBe(shown)
})
