import { type KeeperNotice } from '../updates/messages.ts'
import { type BuildCrypto } from '../updates/verify-build.ts'

/** What the keeper needs of the browser. */
export interface BuildPorts {
  readonly caches: CacheStorage
  readonly fetch: typeof fetch
  readonly crypto: BuildCrypto
  /** Tells every page. */
  readonly announce: (notice: KeeperNotice) => Promise<void>
}
