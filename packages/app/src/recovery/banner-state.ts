/** With so many conversations there is something to lose. Spec 50 §0. */
const enough = 3

/** What is remembered of the banner for one account on this device. */
export type BannerMemory = 'unseen' | 'shown' | 'dismissed'

/**
 * What is to be remembered next, and so whether the banner shows. Somebody who had more conversations before it could be shown
 * was not waiting for it; once it is shown it stays until it is dismissed. Spec 50 §2.5.
 */
export function nextBannerMemory(memory: BannerMemory, conversations: number): BannerMemory {
  if (memory !== 'unseen') return memory
  if (conversations === enough) return 'shown'
  return conversations > enough ? 'dismissed' : 'unseen'
}
