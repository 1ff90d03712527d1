import { type BuildCrypto } from './verify-build.ts'

/** The algorithms out of the browser's own cryptography. */
export function webBuildCrypto(subtle: SubtleCrypto): BuildCrypto {
  return {
    sha256: async bytes => new Uint8Array(await subtle.digest('SHA-256', bytes)),
    verify: async (key, signature, message) => {
      const imported = await subtle.importKey('raw', key, 'Ed25519', false, ['verify'])
      return subtle.verify('Ed25519', imported, signature, message)
    },
  }
}
