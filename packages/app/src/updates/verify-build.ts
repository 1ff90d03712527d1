import { type Build, maxBuildBytes, parseBuild } from './build.ts'
import { type BuildSignature, parseSignature, signedText } from './build-signature.ts'

/** The algorithms that builds are checked with. */
export interface BuildCrypto {
  readonly sha256: (bytes: Uint8Array<ArrayBuffer>) => Promise<Uint8Array>
  /** Ed25519. Rejects where there is no such algorithm, as in old browsers. */
  readonly verify: (
    key: Uint8Array<ArrayBuffer>,
    signature: Uint8Array<ArrayBuffer>,
    message: Uint8Array<ArrayBuffer>,
  ) => Promise<boolean>
}

/** A description that somebody answers for. Whether that is the right one is for the caller to say. */
export interface SignedBuild {
  readonly build: Build
  readonly signature: BuildSignature
}

/** `unsupported`: this browser cannot check such signatures. */
export type BuildRefusal = 'malformed' | 'bad-signature' | 'unsupported'

/** Reads a description and looks whether its signature is right. Both are as they came. */
export async function openBuild(
  crypto: BuildCrypto,
  buildBytes: Uint8Array<ArrayBuffer>,
  signatureText: string,
): Promise<SignedBuild | BuildRefusal> {
  if (buildBytes.length > maxBuildBytes) return 'malformed'
  const signature = parseSignature(signatureText)
  const build = parseBuild(decode(buildBytes))
  if (signature === undefined || build === undefined) return 'malformed'
  try {
    const message = signedText(buildBytes, signature)
    const isRight = await crypto.verify(fromHex(signature.key), fromHex(signature.signature), message)
    return isRight ? { build, signature } : 'bad-signature'
  } catch {
    return 'unsupported'
  }
}

/** 64 hex digits. */
export async function sha256Hex(crypto: BuildCrypto, bytes: Uint8Array<ArrayBuffer>): Promise<string> {
  return toHex(await crypto.sha256(bytes))
}

/** What people compare: the first half of the SHA-256 of a key, in groups of four digits. */
export async function keyFingerprint(crypto: BuildCrypto, key: string): Promise<string> {
  const hash = await sha256Hex(crypto, fromHex(key))
  return (hash.slice(0, 32).match(/.{4}/g) ?? []).join(' ')
}

function decode(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
  } catch {
    return ''
  }
}

function toHex(bytes: Uint8Array): string {
  return Array.from(bytes, byte => byte.toString(16).padStart(2, '0')).join('')
}

/** Takes an even number of hex digits. */
function fromHex(text: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(text.match(/../g) ?? [], digits => Number.parseInt(digits, 16))
}
