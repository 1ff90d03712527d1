/** What a key does to what is shown. */
export type ViewerAct = 'next' | 'previous' | 'larger' | 'smaller' | 'fit' | 'save'

interface Key {
  readonly key: string
  readonly ctrlKey: boolean
  readonly metaKey: boolean
  readonly altKey: boolean
  readonly target: unknown
}

/** Arrows point where they point: to the next one at the end side. Keys on a player are its own. */
export function viewerAct(
  { altKey, ctrlKey, key, metaKey, target }: Key,
  isRightToLeft: boolean,
): ViewerAct | undefined {
  if (altKey || (typeof HTMLMediaElement !== 'undefined' && target instanceof HTMLMediaElement)) return undefined
  if (ctrlKey || metaKey) return key.toLowerCase() === 's' ? 'save' : undefined
  switch (key) {
    case 'ArrowRight':
      return isRightToLeft ? 'previous' : 'next'
    case 'ArrowLeft':
      return isRightToLeft ? 'next' : 'previous'
    case '+':
    case '=':
      return 'larger'
    case '-':
    case '_':
      return 'smaller'
    case '0':
      return 'fit'
    default:
      return undefined
  }
}
