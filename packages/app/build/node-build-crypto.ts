import { createHash, createPublicKey, verify } from 'node:crypto'
import { type BuildCrypto } from '../src/updates/verify-build.ts'

/** What stands before the 32 bytes of an Ed25519 key in SubjectPublicKeyInfo. RFC 8410 §4. */
const spkiPrefix = Buffer.from('302a300506032b6570032100', 'hex')

/** The algorithms out of Node. */
export const nodeBuildCrypto: BuildCrypto = {
  sha256: async bytes => createHash('sha256').update(bytes).digest(),
  verify: async (key, signature, message) => {
    const spki = Buffer.concat([spkiPrefix, key])
    return verify(null, message, createPublicKey({ key: spki, format: 'der', type: 'spki' }), signature)
  },
}
