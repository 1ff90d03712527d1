/**
 * Keys that are pressed together, as `Mod+Shift+M`: `Mod` is Ctrl, on Apple's keyboards Command; `Other` is Alt, there Ctrl,
 * for what browsers keep to themselves. The last part is a letter, a digit, a sign, or the name of a key.
 */
export type Combo = string

/** What is looked at of a key event. */
export interface PressedKey {
  readonly key: string
  /** Where the key lies, whatever is printed on it. */
  readonly code: string
  readonly ctrlKey: boolean
  readonly metaKey: boolean
  readonly altKey: boolean
  readonly shiftKey: boolean
}

interface Parts {
  readonly mod: boolean
  readonly other: boolean
  readonly shift: boolean
  readonly key: string
}

/** Whether these keys are that combination. Letters count by what they print, on other alphabets by where they lie. */
export function isCombo(pressed: PressedKey, combo: Combo, isApple: boolean): boolean {
  const { mod, other, shift, key } = partsOf(combo)
  const { ctrlKey, metaKey, altKey, shiftKey } = pressed
  const wanted = isApple ? { ctrl: other, meta: mod, alt: false } : { ctrl: mod, meta: false, alt: other }
  if (ctrlKey !== wanted.ctrl || metaKey !== wanted.meta || altKey !== wanted.alt) return false
  // Signs lie elsewhere on each keyboard, on some of them behind Shift.
  if (isSign(key)) return pressed.key === key
  if (shiftKey !== shift) return false
  const printed = pressed.key.toLowerCase()
  if (printed === key) return true
  // With Alt many letters print something else.
  const isForeign = !/^[a-z]$/.test(printed) || other
  return isForeign && (pressed.code === `Key${key.toUpperCase()}` || pressed.code === `Digit${key}`)
}

/** The parts in the words of a keyboard, in the order in which they are pressed. */
export function comboKeys(combo: Combo, isApple: boolean): readonly string[] {
  const { mod, other, shift, key } = partsOf(combo)
  const names = isApple ? { mod: '⌘', other: '⌃', shift: '⇧' } : { mod: 'Ctrl', other: 'Alt', shift: 'Shift' }
  return [
    ...(other ? [names.other] : []),
    ...(mod ? [names.mod] : []),
    ...(shift ? [names.shift] : []),
    keyNames.get(key) ?? key.toUpperCase(),
  ]
}

const keyNames: ReadonlyMap<string, string> = new Map([
  ['escape', 'Esc'],
  ['enter', '↵'],
  ['arrowup', '↑'],
  ['arrowdown', '↓'],
  ['-', '−'],
])

function partsOf(combo: Combo): Parts {
  const parts = combo.split(/\+(?=.)/)
  return {
    mod: parts.includes('Mod'),
    other: parts.includes('Other'),
    shift: parts.includes('Shift'),
    key: (parts.at(-1) ?? '').toLowerCase(),
  }
}

function isSign(key: string): boolean {
  return key.length === 1 && !/[a-z0-9]/.test(key)
}
