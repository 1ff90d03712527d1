import { keyFingerprint } from '../src/updates/verify-build.ts'
import { nodeBuildCrypto } from './node-build-crypto.ts'

/** What people compare of a key (hex) that signs builds: 32 hex digits in groups of four. */
export async function buildKeyFingerprint(key: string): Promise<string> {
  return keyFingerprint(nodeBuildCrypto, key)
}
