import { useEffect, useState } from 'react'
import { type Language } from '../texts/index.ts'
import { type EmojiIndex, indexEmoji } from './emoji-index.ts'

type Loader = () => Promise<{ readonly default: unknown }>

const english: Loader = async () => import('emojibase-data/en/compact.json')

/** Names and search words; where a language has none, English ones. */
const loaders: Readonly<Record<Language, Loader>> = {
  en: english,
  de: async () => import('emojibase-data/de/compact.json'),
  es: async () => import('emojibase-data/es/compact.json'),
  fr: async () => import('emojibase-data/fr/compact.json'),
  ja: async () => import('emojibase-data/ja/compact.json'),
  ar: english,
}

/** Fetches lists from our own origin, each once, when they are first needed. */
class EmojiLibrary {
  readonly #indexes = new Map<Language, Promise<EmojiIndex>>()

  readonly #ready = new Map<Language, EmojiIndex>()

  /** `undefined` until it was fetched. */
  peek(language: Language): EmojiIndex | undefined {
    return this.#ready.get(language)
  }

  async load(language: Language): Promise<EmojiIndex> {
    const known = this.#indexes.get(language)
    if (known !== undefined) return known
    const index = fetchIndex(language)
    this.#indexes.set(language, index)
    index.then(
      ready => this.#ready.set(language, ready),
      () => this.#indexes.delete(language),
    )
    return index
  }
}

async function fetchIndex(language: Language): Promise<EmojiIndex> {
  const [compact, shortcodes] = await Promise.all([
    loaders[language](),
    import('emojibase-data/en/shortcodes/emojibase.json'),
  ])
  return indexEmoji(compact.default, shortcodes.default)
}

const library = new EmojiLibrary()

/** All emoji in a language. */
export async function loadEmoji(language: Language): Promise<EmojiIndex> {
  return library.load(language)
}

/** All emoji in a language once they are there; nothing is fetched before they are `wanted`. */
export function useEmojiIndex(language: Language, wanted: boolean): EmojiIndex | undefined {
  const [loaded, setLoaded] = useState<{ readonly language: Language; readonly index: EmojiIndex }>()
  useEffect(() => {
    if (!wanted) return undefined
    let current = true
    const take = (index: EmojiIndex): void => {
      if (current) setLoaded({ language, index })
    }
    // Without the list there is none; the next wish tries again.
    void library.load(language).then(take, () => undefined)
    return () => {
      current = false
    }
  }, [language, wanted])
  return loaded?.language === language ? loaded.index : library.peek(language)
}
