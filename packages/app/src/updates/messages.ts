/** What a page asks of the service worker. */
export type UpdateRequest =
  /** How things stand. */
  | { readonly kind: 'status' }
  /** Look now whether there is a newer build. */
  | { readonly kind: 'check' }
  /** Use the build that is ready from now on; pages load again after that. */
  | { readonly kind: 'activate' }
  /** Take the build whose key is another one after all. Only between builds of this machine. */
  | { readonly kind: 'trust' }

/** Why a build was not taken: another key signed it, it was signed before the one in use, or it is not as it was signed. */
export type UpdateRefusal =
  | { readonly kind: 'foreign-key'; readonly key: string; readonly local: boolean }
  | { readonly kind: 'older' }
  | { readonly kind: 'damaged' }

/** A build that the service worker knows. */
export interface KnownBuild {
  readonly version: string
  /** Unix ms. */
  readonly signedAt: number
  /** Made and signed on the machine that serves it. */
  readonly local: boolean
}

/** How things stand. */
export interface UpdateStatus {
  readonly kind: 'status'
  /** The key in whose builds this browser believes, hex; the one of its first visit. */
  readonly key: string
  /** The build that is served. */
  readonly pinned: KnownBuild
  /** A newer one that waits for `activate`. */
  readonly ready?: KnownBuild
  /** What came of the last look, if that was bad. */
  readonly refusal?: UpdateRefusal
  readonly checking: boolean
}

/** What the service worker tells every page of this origin. */
export type KeeperNotice =
  | UpdateStatus
  | UpdateRefusal
  | { readonly kind: 'ready'; readonly version: string }
  /** The gateway did not answer; the app goes on without. */
  | { readonly kind: 'unreachable' }
  /** Another build is served from now on. */
  | { readonly kind: 'activated'; readonly version: string }
