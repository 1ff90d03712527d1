import { type CheckContext } from '@sotto/protocol/storage'

/** What nodes know when they judge a request. */
export function contextAt(now: number): CheckContext {
  return { now, isForwarded: false, hardFork: [25, 0], isRevoked: () => false }
}
