import { type Namespace } from './namespace.ts'

/** The most message bytes that one retrieve brings, counted by `countedSize`. Spec 20 §3.7. */
export const MAX_RETRIEVE_SIZE = 7_800_000

/** What a message counts against the size: 100 + length of the hash + ⌊data · 4 / 3⌋. Spec 20 §3.7. */
export function countedSize(hashLength: number, dataLength: number): number {
  return 100 + hashLength + Math.floor((dataLength * 4) / 3)
}

/**
 * The size that a retrieve may bring. A negative `max_size` asks for a share: -5 is a fifth, and that is also what is meant if
 * neither it nor `max_count` is given. 0 is the same as not given. At least one message is returned whatever the size.
 * Spec 20 §3.7.
 */
export function retrieveSize(maxSize: number | undefined, maxCount: number | undefined): number {
  const isGiven = maxSize !== undefined && maxSize !== 0
  const asked = isGiven ? maxSize : maxCount === undefined || maxCount === 0 ? -5 : MAX_RETRIEVE_SIZE
  return asked < 0 ? Math.floor(MAX_RETRIEVE_SIZE / -asked) : Math.min(asked, MAX_RETRIEVE_SIZE)
}

/** Inbox and group messages come first; the rest shares what they leave. */
function priority(namespace: Namespace): number {
  return namespace === 0 || namespace === 11 ? 10 : 1
}

/**
 * The `max_size` of each retrieve when several namespaces are polled in one batch, in the order of the namespaces: from
 * the highest priority down, the share is split by the members of a level, plus one if a lower level follows. Spec 20 §5.
 */
export function pollSizes(polled: readonly Namespace[]): readonly number[] {
  const levels = [...new Set(polled.map(priority))].toSorted((a, b) => b - a)
  const shares = new Map<number, number>()
  let share = 1
  for (const [at, level] of levels.entries()) {
    const members = polled.filter(namespace => priority(namespace) === level).length
    share *= members + (at + 1 < levels.length ? 1 : 0)
    shares.set(level, -share)
  }
  return polled.map(namespace => shares.get(priority(namespace)) ?? -share)
}
