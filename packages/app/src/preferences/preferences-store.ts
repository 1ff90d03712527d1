import { useSyncExternalStore } from 'react'
import { initialPreferences, parsePreferences, type Preferences } from './preferences.ts'

const key = 'sotto-preferences'

/** Keeps preferences, tells views, and hears of changes in other tabs. */
class PreferencesStore {
  readonly #listeners = new Set<() => void>()
  #current: Preferences = initialPreferences

  constructor() {
    this.#current = parsePreferences(readKept())
    addEventListener('storage', event => {
      if (event.key === key) this.#use(parsePreferences(event.newValue))
    })
  }

  readonly get = (): Preferences => this.#current

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  /** Changes those that are given. */
  readonly change = (changes: Partial<Preferences>): void => {
    this.#use({ ...this.#current, ...changes })
    try {
      localStorage.setItem(key, JSON.stringify(this.#current))
    } catch {
      // Where nothing may be kept, it holds until the page closes.
    }
  }

  #use(preferences: Preferences): void {
    this.#current = preferences
    for (const listener of this.#listeners) listener()
  }
}

function readKept(): string | null {
  try {
    return localStorage.getItem(key)
  } catch {
    return null
  }
}

const store = new PreferencesStore()

/** How the app looks and behaves on this device. */
export function usePreferences(): Preferences {
  return useSyncExternalStore(store.subscribe, store.get)
}

/** Changes some of them, in all tabs. */
export const changePreferences = store.change
