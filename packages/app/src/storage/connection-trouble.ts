import { type ConnectionView } from '@sotto/client'
import { type HomeStatus } from '@sotto/client/web'

/** Why nothing comes or goes. */
export type ConnectionTrouble =
  | { readonly kind: 'offline'; readonly queued: number }
  /** `nextTryAt` is Unix ms of this device; `undefined` while it is being tried. */
  | { readonly kind: 'gateway' | 'network'; readonly nextTryAt: number | undefined }

/** What the banner speaks of; `undefined` while all is well, or will be in a moment. */
export function troubleOf(
  status: HomeStatus | undefined,
  connection: Pick<ConnectionView, 'kind' | 'nextTryAt' | 'queued'> | undefined,
): ConnectionTrouble | undefined {
  if (status === undefined) return undefined
  if (!status.online) return { kind: 'offline', queued: connection?.queued ?? 0 }
  // That has a notice of its own, and trying again does not help.
  if (status.network === 'foreign-key') return undefined
  if (status.gateway === 'waiting') return { kind: 'gateway', nextTryAt: status.nextTryAt }
  if (connection?.kind === 'waiting') return { kind: 'network', nextTryAt: connection.nextTryAt }
  return undefined
}

/**
 * The same, with what was shown before: while the gateway or the network is being tried again it is not well yet, and words
 * that come and go with each attempt would help nobody.
 */
export function nextTrouble(
  previous: ConnectionTrouble | undefined,
  status: HomeStatus | undefined,
  connection: Pick<ConnectionView, 'kind' | 'nextTryAt' | 'queued'> | undefined,
): ConnectionTrouble | undefined {
  const trouble = troubleOf(status, connection)
  if (previous === undefined || previous.kind === 'offline' || trouble?.kind === 'offline') return trouble
  if (status === undefined || status.network === 'foreign-key') return undefined
  // Behind a gateway that can't be reached everything else waits as well: that is not what is wrong.
  if (previous.kind === 'gateway' && status.gateway === 'connecting') return { kind: 'gateway', nextTryAt: undefined }
  const isTried = previous.kind === 'network' && connection?.kind === 'connecting'
  return trouble ?? (isTried ? { kind: 'network', nextTryAt: undefined } : undefined)
}

/** Whether both say the same. */
export function isSameTrouble(a: ConnectionTrouble | undefined, b: ConnectionTrouble | undefined): boolean {
  if (a === undefined || b === undefined) return a === b
  if (a.kind === 'offline') return b.kind === 'offline' && a.queued === b.queued
  return a.kind === b.kind && a.nextTryAt === b.nextTryAt
}

/** Whole seconds until then, as a countdown shows them: 0 when it is time. */
export function secondsUntil(at: number | undefined, now: number): number {
  return at === undefined ? 0 : Math.max(0, Math.ceil((at - now) / 1000))
}
