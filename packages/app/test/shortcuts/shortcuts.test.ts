import { expect, test } from 'vitest'
import { comboKeys, isCombo, type PressedKey } from '../../src/shortcuts/combo.ts'
import { ShortcutRegistry } from '../../src/shortcuts/shortcut-registry.ts'
import { combosOf, shortcutGroups } from '../../src/shortcuts/shortcut-table.ts'

const press = (key: string, changes: Partial<PressedKey> = {}): PressedKey => ({
  key,
  code: '',
  ctrlKey: false,
  metaKey: false,
  altKey: false,
  shiftKey: false,
  ...changes,
})
const ctrl = { ctrlKey: true }

test('Mod is Ctrl, and Command on keyboards of Apple', () => {
  expect(isCombo(press('e', ctrl), 'Mod+E', false)).toBe(true)
  expect(isCombo(press('e', ctrl), 'Mod+E', true)).toBe(false)
  expect(isCombo(press('e', { metaKey: true }), 'Mod+E', true)).toBe(true)
  expect(isCombo(press('n', { altKey: true }), 'Other+N', false)).toBe(true)
  expect(isCombo(press('n', ctrl), 'Other+N', true)).toBe(true)
})

test('no more and no fewer keys', () => {
  expect(isCombo(press('e'), 'Mod+E', false)).toBe(false)
  expect(isCombo(press('E', { ...ctrl, shiftKey: true }), 'Mod+E', false)).toBe(false)
  expect(isCombo(press('E', { ...ctrl, shiftKey: true }), 'Mod+Shift+E', false)).toBe(true)
  expect(isCombo(press('e', { ...ctrl, altKey: true }), 'Mod+E', false)).toBe(false)
  expect(isCombo(press('Escape'), 'Escape', false)).toBe(true)
})

test('signs count wherever they lie', () => {
  expect(isCombo(press('/', ctrl), 'Mod+/', false)).toBe(true)
  expect(isCombo(press('/', { ...ctrl, shiftKey: true }), 'Mod+/', false)).toBe(true)
  expect(isCombo(press('+', { ...ctrl, shiftKey: true }), 'Mod++', false)).toBe(true)
  expect(isCombo(press('-', ctrl), 'Mod+-', false)).toBe(true)
})

test('on another alphabet the place of the key counts, on the same one what it prints', () => {
  expect(isCombo(press('у', { ...ctrl, code: 'KeyE' }), 'Mod+E', false)).toBe(true)
  expect(isCombo(press('a', { ...ctrl, code: 'KeyQ' }), 'Mod+Q', false)).toBe(false)
  expect(isCombo(press('a', { ...ctrl, code: 'KeyQ' }), 'Mod+A', false)).toBe(true)
  expect(isCombo(press('&', { ...ctrl, code: 'Digit1' }), 'Mod+1', false)).toBe(true)
})

test('keys have the names that are printed on them', () => {
  expect(comboKeys('Mod+Shift+M', false)).toEqual(['Ctrl', 'Shift', 'M'])
  expect(comboKeys('Mod+Shift+M', true)).toEqual(['⌘', '⇧', 'M'])
  expect(comboKeys('Mod++', false)).toEqual(['Ctrl', '+'])
  expect(comboKeys('Escape', false)).toEqual(['Esc'])
})

test('the narrowest scope comes first, then who came last; others are not asked', () => {
  const registry = new ShortcutRegistry()
  const add = (scope: 'global' | 'main' | 'message') => {
    const shortcut = { scope, combo: 'Mod+E', run: () => undefined }
    return { shortcut, remove: registry.add(shortcut) }
  }
  const first = add('main')
  const second = add('main')
  const everywhere = add('global')
  const message = add('message')
  const find = (...scopes: ('global' | 'main' | 'message')[]) => registry.find(press('e', ctrl), scopes, false)
  expect(find('global', 'main', 'message')).toBe(message.shortcut)
  expect(find('global', 'main')).toBe(second.shortcut)
  expect(find('global')).toBe(everywhere.shortcut)
  second.remove()
  expect(find('global', 'main')).toBe(first.shortcut)
  expect(registry.find(press('x', ctrl), ['global', 'main'], false)).toBeUndefined()
})

test('no two lines of the list have the same keys', () => {
  const lines = shortcutGroups.flatMap(({ lines: each }) => each)
  const combos = lines.flatMap(({ name }) => combosOf(name))
  expect(new Set(combos).size).toBe(combos.length)
  expect(new Set(lines.map(({ name }) => name)).size).toBe(lines.length)
})
