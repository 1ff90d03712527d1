/** What is known by its id. */
interface Known {
  readonly id: number
}

/**
 * The next list with the objects of the one before wherever they say the same, so that a view can tell by identity what has
 * changed; the list before itself if nothing has.
 */
export function reconcile<T extends Known>(before: readonly T[], next: readonly T[]): readonly T[] {
  const known = new Map(before.map(each => [each.id, each]))
  const result = next.map(each => {
    const same = known.get(each.id)
    return same !== undefined && isSame(same, each) ? same : each
  })
  const isUnchanged = result.length === before.length && result.every((each, at) => each === before[at])
  return isUnchanged ? before : result
}

/** Whether two pieces of plain data say the same; a member that is `undefined` is as good as none. */
export function isSame(a: unknown, b: unknown): boolean {
  if (Object.is(a, b)) return true
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false
  if (Array.isArray(a) || Array.isArray(b)) {
    return Array.isArray(a) && Array.isArray(b) && a.length === b.length && a.every((each, at) => isSame(each, b[at]))
  }
  const [left, right] = [Object.entries(a), new Map(Object.entries(b))]
  for (const [name, value] of left) {
    if (!isSame(value, right.get(name))) return false
    right.delete(name)
  }
  return [...right.values()].every(value => value === undefined)
}
