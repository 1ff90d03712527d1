import { isLanguage, type Language } from '../texts/languages.ts'

/** `system` follows the device; `black` is for screens whose pixels shine by themselves. */
export const themes = ['system', 'light', 'dark', 'black'] as const
/** Names of the accents, whose colours are in the style sheets. */
export const accents = ['tide', 'moss', 'plum', 'ember', 'sand', 'slate'] as const
/** Per cent. */
export const zooms = [50, 60, 70, 80, 90, 100, 110, 120, 130, 140, 150, 160, 170, 180, 190, 200] as const
/** Minutes without use until accounts with a passphrase are locked; 0 is never. */
export const autoLocks = [0, 1, 5, 15, 60] as const

/** How the app looks and behaves on this device, before any account is open: nothing in it says who uses it. */
export interface Preferences {
  readonly theme: (typeof themes)[number]
  readonly accent: (typeof accents)[number]
  readonly contrast: 'normal' | 'more'
  readonly motion: 'system' | 'reduced'
  /** Per cent. */
  readonly zoom: number
  readonly language: 'system' | Language
  readonly autoLockMinutes: number
  /** CSS pixels at 100 %. */
  readonly listWidth: number
}

/** What holds until something else is chosen. */
export const initialPreferences: Preferences = {
  theme: 'system',
  accent: 'tide',
  contrast: 'normal',
  motion: 'system',
  zoom: 100,
  language: 'system',
  autoLockMinutes: 15,
  listWidth: 320,
}

/** Takes what makes sense of what was kept: another version, or anybody, may have written it. */
export function parsePreferences(json: string | null): Preferences {
  const kept = readObject(json)
  const word = <T extends string>(name: keyof Preferences, words: readonly T[], initial: T): T =>
    words.find(each => each === kept[name]) ?? initial
  const number = (name: keyof Preferences, takes: (value: number) => boolean, initial: number): number => {
    const value = kept[name]
    return typeof value === 'number' && takes(value) ? value : initial
  }
  const { language } = kept
  return {
    theme: word('theme', themes, initialPreferences.theme),
    accent: word('accent', accents, initialPreferences.accent),
    contrast: word('contrast', ['normal', 'more'], initialPreferences.contrast),
    motion: word('motion', ['system', 'reduced'], initialPreferences.motion),
    zoom: number('zoom', value => zooms.some(each => each === value), initialPreferences.zoom),
    language: typeof language === 'string' && isLanguage(language) ? language : 'system',
    autoLockMinutes: number('autoLockMinutes', value => autoLocks.some(each => each === value), 15),
    listWidth: number('listWidth', value => value >= 260 && value <= 420, initialPreferences.listWidth),
  }
}

function readObject(json: string | null): Readonly<Record<string, unknown>> {
  if (json === null) return {}
  try {
    const value: unknown = JSON.parse(json)
    return typeof value === 'object' && value !== null ? { ...value } : {}
  } catch {
    return {}
  }
}
