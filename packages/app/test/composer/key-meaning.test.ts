import { expect, test } from 'vitest'
import { type FieldKey, meaningOf } from '../../src/composer/key-meaning.ts'

const key = (changes: Partial<FieldKey>): FieldKey => ({
  key: 'Enter',
  shiftKey: false,
  ctrlKey: false,
  metaKey: false,
  altKey: false,
  isComposing: false,
  ...changes,
})

test('Enter has three meanings', () => {
  expect(meaningOf(key({ isComposing: true }), true, 'sends')).toBe('none')
  expect(meaningOf(key({}), true, 'sends')).toBe('choose')
  expect(meaningOf(key({}), false, 'sends')).toBe('send')
})

test('Shift turns the setting round', () => {
  expect(meaningOf(key({ shiftKey: true }), false, 'sends')).toBe('none')
  expect(meaningOf(key({}), false, 'new-line')).toBe('none')
  expect(meaningOf(key({ shiftKey: true }), false, 'new-line')).toBe('send')
})

test('Ctrl or Command with Enter always sends', () => {
  expect(meaningOf(key({ ctrlKey: true }), false, 'new-line')).toBe('send')
  expect(meaningOf(key({ metaKey: true }), true, 'new-line')).toBe('send')
})

test('arrows belong to suggestions only while there are some', () => {
  expect(meaningOf(key({ key: 'ArrowDown' }), true, 'sends')).toBe('next')
  expect(meaningOf(key({ key: 'ArrowUp' }), true, 'sends')).toBe('previous')
  expect(meaningOf(key({ key: 'ArrowDown', shiftKey: true }), true, 'sends')).toBe('none')
  expect(meaningOf(key({ key: 'ArrowDown' }), false, 'sends')).toBe('none')
  expect(meaningOf(key({ key: 'Tab' }), true, 'sends')).toBe('choose')
  expect(meaningOf(key({ key: 'Escape' }), true, 'sends')).toBe('dismiss')
  expect(meaningOf(key({ key: 'Escape' }), false, 'sends')).toBe('none')
})
