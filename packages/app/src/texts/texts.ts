import { IntlMessageFormat } from 'intl-messageformat'
import { type ReactNode } from 'react'
import { type Catalogue, type TextKey } from './catalogue.ts'

/** What a text is filled with. */
export type TextArgs = Readonly<Record<string, string | number | Date>>
/** The same, with functions for its tags: `<b>…</b>`. */
type RichArgs = Readonly<Record<string, ReactNode | Date | ((parts: ReactNode[]) => ReactNode)>>

/** Puts words to things, in one language. */
export interface Texts {
  (key: TextKey, args?: TextArgs): string
  /** For texts with emphasis or components in them. */
  rich(key: TextKey, args: RichArgs): ReactNode
  /** Whether there is a text of this name. */
  has(key: string): key is TextKey
  /** A tag for dates and numbers: the language as this device writes it, such as `en-GB`. */
  readonly language: string
}

/** Texts of a catalogue; each message is parsed once. */
export function createTexts(catalogue: Catalogue, language: string): Texts {
  const formats = new Map<TextKey, IntlMessageFormat>()
  const formatOf = (key: TextKey): IntlMessageFormat => {
    const known = formats.get(key)
    if (known !== undefined) return known
    const format = new IntlMessageFormat(catalogue[key], language)
    formats.set(key, format)
    return format
  }
  const text = (key: TextKey, args?: TextArgs): string => String(formatOf(key).format(args))
  // The library knows what a function in the arguments is for, but its types only know it of one kind of value.
  const rich = (key: TextKey, args: RichArgs): ReactNode =>
    formatOf(key).format<ReactNode>(args as Readonly<Record<string, ReactNode>>) as ReactNode
  const has = (key: string): key is TextKey => Object.hasOwn(catalogue, key)
  return Object.assign(text, { rich, has, language })
}
