import { useSyncExternalStore } from 'react'
import { type EmojiMemory, lastUsed, parseEmojiMemory, type SkinTone, withUse } from './emoji-memory.ts'

const key = 'sotto-emoji'
/** How many stand in the bar of reactions. Spec 50 §0. */
const inBar = 6

class EmojiStore {
  readonly #listeners = new Set<() => void>()
  #memory: EmojiMemory
  #bar: readonly string[]

  constructor() {
    this.#memory = parseEmojiMemory(readKept())
    this.#bar = lastUsed(this.#memory, inBar)
    addEventListener('storage', event => {
      if (event.key === key) this.#use(parseEmojiMemory(event.newValue))
    })
  }

  readonly get = (): EmojiMemory => this.#memory
  /** The same list until another one was used. */
  readonly bar = (): readonly string[] => this.#bar

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  readonly change = (memory: EmojiMemory): void => {
    this.#use(memory)
    try {
      localStorage.setItem(key, JSON.stringify(memory))
    } catch {
      // Where nothing may be kept, it holds until the page closes.
    }
  }

  #use(memory: EmojiMemory): void {
    this.#memory = memory
    this.#bar = lastUsed(memory, inBar)
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

const store = new EmojiStore()

/** The six that the bar of reactions offers, last used first, kept up to date. */
export function useRecentEmoji(): readonly string[] {
  return useSyncExternalStore(store.subscribe, store.bar)
}

/** Remembers that one was used. */
export function noteEmoji(emoji: string): void {
  store.change(withUse(store.get(), emoji))
}

/** What is remembered, kept up to date. */
export function useEmojiMemory(): EmojiMemory {
  return useSyncExternalStore(store.subscribe, store.get)
}

/** Shows hands and faces in this tone from now on. */
export function setSkinTone(tone: SkinTone): void {
  store.change({ ...store.get(), tone })
}
