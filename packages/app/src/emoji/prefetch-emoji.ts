import { type Language } from '../texts/index.ts'
import { loadEmoji } from './emoji-library.ts'
import { pickerCode } from './picker-code.ts'

/** Fetches what the picker needs before somebody asks for it, so that it opens at once. */
export function prefetchEmoji(language: Language): void {
  // Otherwise it is fetched when it is asked for.
  Promise.all([loadEmoji(language), pickerCode.load()]).catch(() => undefined)
}
