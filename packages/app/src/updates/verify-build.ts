import { type Build, maxBuildBytes, parseBuild } from './build.ts'
import { type BuildSignature, parseSignature, signedText } from './build-signature.ts'

/** The part of WebCrypto that is used; Node and browsers have it. */
export type Subtle = Pick<SubtleCrypto, 'digest' | 'importKey' | 'verify'>

/** A description that somebody answers for. Whether that is the right one is for the caller to say. */
export interface SignedBuild {
  readonly build: Build
  readonly signature: BuildSignature
}

/** `unsupported`: this browser cannot check such signatures. */
export type BuildRefusal = 'malformed' | 'bad-signature' | 'unsupported'

/** Reads a description and looks whether its signature is right. Both are as they came. */
export async function openBuild(
  subtle: Subtle,
  buildBytes: Uint8Array<ArrayBuffer>,
  signatureText: string,
): Promise<SignedBuild | BuildRefusal> {
  if (buildBytes.length > maxBuildBytes) return 'malformed'
  const signature = parseSignature(signatureText)
  const build = parseBuild(decode(buildBytes))
  if (signature === undefined || build === undefined) return 'malformed'
  let key: CryptoKey
  try {
    key = await subtle.importKey('raw', fromHex(signature.key), 'Ed25519', false, ['verify'])
  } catch {
    return 'unsupported'
  }
  const isRight = await subtle.verify(
    'Ed25519',
    key,
    fromHex(signature.signature),
    signedText(buildBytes, signature),
  )
  return isRight ? { build, signature } : 'bad-signature'
}

/** 64 hex digits. */
export async function sha256Hex(subtle: Subtle, bytes: Uint8Array<ArrayBuffer>): Promise<string> {
  return toHex(new Uint8Array(await subtle.digest('SHA-256', bytes)))
}

/** What people compare: the first half of the SHA-256 of a key, in groups of four digits. */
export async function keyFingerprint(subtle: Subtle, key: string): Promise<string> {
  const hash = await sha256Hex(subtle, fromHex(key))
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
