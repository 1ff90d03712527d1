import { type KnownBuild, type UpdateStatus } from './messages.ts'

/** What a page shows of builds. */
export type UpdateState =
  /** No service worker keeps a build: not in a development server, not without a secure origin, not in old browsers. */
  | { readonly kind: 'none' }
  | { readonly kind: 'current'; readonly build: KnownBuild }
  | { readonly kind: 'checking'; readonly build: KnownBuild }
  /** `next` is here and verified; `activate` uses it. */
  | { readonly kind: 'ready'; readonly build: KnownBuild; readonly next: KnownBuild }
  /** Another tab has activated this one: this page still is the old one until it loads again. */
  | { readonly kind: 'activated'; readonly version: string }
  /** What the gateway offers was signed by another key. `mayTrust`: both are of this machine, so that a user may say yes. */
  | { readonly kind: 'foreign-key'; readonly build: KnownBuild; readonly key: string; readonly mayTrust: boolean }
  /** What the gateway offers was signed before the build in use. */
  | { readonly kind: 'older'; readonly build: KnownBuild }
  /** What the gateway offers is not as it was signed. */
  | { readonly kind: 'damaged'; readonly build: KnownBuild }

/** What a page shows after the service worker has told how things stand. */
export function stateOf({ pinned: build, ready, refusal, checking }: UpdateStatus): UpdateState {
  if (checking) return { kind: 'checking', build }
  if (ready !== undefined) return { kind: 'ready', build, next: ready }
  switch (refusal?.kind) {
    case 'foreign-key':
      return { kind: 'foreign-key', build, key: refusal.key, mayTrust: refusal.local && build.local }
    case 'older':
      return { kind: 'older', build }
    case 'damaged':
      return { kind: 'damaged', build }
    default:
      return { kind: 'current', build }
  }
}
