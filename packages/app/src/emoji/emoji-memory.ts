/** What this device remembers of the use of emoji. It says nothing about whom they were for. */
export interface EmojiMemory {
  /** Last used first, in the tone in which they were. */
  readonly recent: readonly string[]
  readonly tone: SkinTone
}

/** 0 is the yellow one, then from light to dark. */
export type SkinTone = 0 | 1 | 2 | 3 | 4 | 5

/** Shown before any was used. Spec 50 §0. */
const firstEmoji = ['😂', '🥰', '😢', '😡', '😮', '😈'] as const
const maxRemembered = 32
/** No emoji is longer, in UTF-16 units. */
const maxUnits = 40
const tones: readonly SkinTone[] = [0, 1, 2, 3, 4, 5]

/** Takes what makes sense of what was kept. */
export function parseEmojiMemory(json: string | null): EmojiMemory {
  const { recent, tone } = readObject(json)
  const kept = Array.isArray(recent) ? recent.filter(each => typeof each === 'string') : []
  return {
    recent: [...new Set(kept)].filter(each => each !== '' && each.length <= maxUnits).slice(0, maxRemembered),
    tone: tones.find(each => each === tone) ?? 0,
  }
}

/** One was used: it comes first. */
export function withUse(memory: EmojiMemory, emoji: string): EmojiMemory {
  const others = memory.recent.filter(each => each !== emoji)
  return { ...memory, recent: [emoji, ...others].slice(0, maxRemembered) }
}

/** The `count` that were used last, made up with the first ones where there are fewer. */
export function lastUsed({ recent }: EmojiMemory, count: number): readonly string[] {
  return [...new Set([...recent, ...firstEmoji])].slice(0, Math.max(count, 0))
}

function readObject(json: string | null): Readonly<Record<'recent' | 'tone', unknown>> {
  const nothing = { recent: undefined, tone: undefined }
  if (json === null) return nothing
  try {
    const value: unknown = JSON.parse(json)
    return typeof value === 'object' && value !== null ? { ...nothing, ...value } : nothing
  } catch {
    return nothing
  }
}
