import { type SkinTone } from './emoji-memory.ts'

/** One emoji with what it is found by. */
export interface Emoji {
  readonly unicode: string
  /** In the language of the index. */
  readonly label: string
  /** Of the Unicode list, 0 to 9 without 2. */
  readonly group: number
  /** Without their colons. */
  readonly shortcodes: readonly string[]
  /** For each tone, where it has any. */
  readonly tones: readonly (string | undefined)[]
  /** Folded. */
  readonly names: readonly string[]
  readonly tags: readonly string[]
}

/** All emoji of a language, in the order of the Unicode list. */
export interface EmojiIndex {
  readonly all: readonly Emoji[]
  readonly groups: ReadonlyMap<number, readonly Emoji[]>
  /** Also by its forms with skin tones. */
  readonly byUnicode: ReadonlyMap<string, Emoji>
}

/** Parts of others: skin tones and hair. */
const componentGroup = 2
const modifiers = ['', '🏻', '🏼', '🏽', '🏾', '🏿'] as const
const anyModifier = /[\u{1F3FB}-\u{1F3FF}]/gu

/** Makes an index of what emojibase has: `compact` of one language, `shortcodes` by code points. Bad entries are left out. */
export function indexEmoji(compact: unknown, shortcodes: unknown): EmojiIndex {
  const codes = typeof shortcodes === 'object' && shortcodes !== null ? new Map(Object.entries(shortcodes)) : new Map()
  const entries: readonly unknown[] = Array.isArray(compact) ? compact : []
  const all = entries
    .flatMap(entry => readEntry(entry, codes))
    .toSorted((a, b) => a.order - b.order)
    .map(({ emoji }) => emoji)
  const groups = new Map<number, Emoji[]>()
  for (const emoji of all) {
    const group = groups.get(emoji.group) ?? []
    groups.set(emoji.group, group)
    group.push(emoji)
  }
  return {
    all,
    groups,
    byUnicode: new Map(all.flatMap(emoji => formsOf(emoji).map(form => [form, emoji] as const))),
  }
}

function readEntry(entry: unknown, codes: ReadonlyMap<string, unknown>): { order: number; emoji: Emoji }[] {
  if (typeof entry !== 'object' || entry === null) return []
  const { hexcode, label, unicode, group, order, skins, tags } = entry as Readonly<Record<string, unknown>>
  if (typeof unicode !== 'string' || typeof label !== 'string' || typeof group !== 'number') return []
  if (group === componentGroup || typeof order !== 'number') return []
  const shortcodes = textsIn(typeof hexcode === 'string' ? codes.get(hexcode) : undefined)
  const emoji: Emoji = {
    unicode,
    label,
    group,
    shortcodes,
    tones: tonesOf(skins),
    names: [label, ...shortcodes].map(fold),
    tags: textsIn(tags).map(fold),
  }
  return [{ order, emoji }]
}

function textsIn(value: unknown): readonly string[] {
  if (typeof value === 'string') return [value]
  return Array.isArray(value) ? value.filter(each => typeof each === 'string') : []
}

/** For each tone the form in which everybody has it. */
function tonesOf(skins: unknown): readonly (string | undefined)[] {
  if (!Array.isArray(skins)) return []
  const forms = skins.flatMap((skin: unknown) =>
    typeof skin === 'object' && skin !== null && 'unicode' in skin && typeof skin.unicode === 'string'
      ? [skin.unicode]
      : [],
  )
  return modifiers.map(modifier =>
    modifier === '' ? undefined : forms.find(form => (form.match(anyModifier) ?? []).every(each => each === modifier)),
  )
}

function formsOf({ unicode, tones }: Emoji): readonly string[] {
  return [unicode, ...tones.filter(each => each !== undefined)]
}

/** The emoji in a skin tone, if it has any. */
export function inTone(emoji: Emoji, tone: SkinTone): string {
  return emoji.tones[tone] ?? emoji.unicode
}

/** The short code that somebody means who typed this, otherwise the first; `undefined` where there is none. */
export function shortcodeFor({ shortcodes }: Emoji, query: string): string | undefined {
  const wanted = fold(query)
  return shortcodes.find(each => fold(each).startsWith(wanted)) ?? shortcodes[0]
}

/** Those that a word means: by name first, then by what they are about. */
export function searchEmoji({ all }: EmojiIndex, query: string, limit: number): readonly Emoji[] {
  const wanted = fold(query)
  if (wanted === '') return []
  const ranked: Emoji[][] = [[], [], [], [], []]
  for (const emoji of all) ranked[rankOf(emoji, wanted)]?.push(emoji)
  return ranked.flat().slice(0, limit)
}

/** 0 is best; beyond the last rank it is not meant at all. */
function rankOf({ names, tags }: Emoji, wanted: string): number {
  if (names.includes(wanted)) return 0
  if (names.some(name => name.startsWith(wanted))) return 1
  if (tags.includes(wanted)) return 2
  if (names.some(name => name.includes(` ${wanted}`)) || tags.some(tag => tag.startsWith(wanted))) return 3
  return names.some(name => name.includes(wanted)) ? 4 : 5
}

function fold(text: string): string {
  return text
    .normalize('NFKD')
    .replaceAll(/\p{M}/gu, '')
    .toLowerCase()
    .replaceAll(/[_\-:\s]+/g, ' ')
    .trim()
}
