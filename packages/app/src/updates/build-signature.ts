import { membersOf, parseJson } from './build.ts'

/** What `/build.json.sig` says: who answers for a build, and since when. */
export interface BuildSignature {
  /** Ed25519, 64 hex digits. */
  readonly key: string
  /** Of `signedText`, 128 hex digits. */
  readonly signature: string
  /** Unix ms. A build that was signed before the one in use is not taken for a newer one. */
  readonly signedAt: number
  /** Made and signed on the machine that serves it. */
  readonly local: boolean
}

const format = 'sotto-build-signature-1'
/** The longest text that is read. */
const maxSignatureLength = 1024

/** The text of a signature. */
export function formatSignature({ key, signature, signedAt, local }: BuildSignature): string {
  return `${JSON.stringify({ format, key, signature, signedAt, local }, undefined, 2)}\n`
}

/** Reads a signature without looking whether it is right. `undefined` if it is none. */
export function parseSignature(text: string): BuildSignature | undefined {
  if (text.length > maxSignatureLength) return undefined
  const given = membersOf(parseJson(text))
  const [key, signature] = [given.get('key'), given.get('signature')]
  const [signedAt, local] = [given.get('signedAt'), given.get('local')]
  if (given.get('format') !== format || typeof local !== 'boolean') return undefined
  if (typeof key !== 'string' || !/^[0-9a-f]{64}$/.test(key)) return undefined
  if (typeof signature !== 'string' || !/^[0-9a-f]{128}$/.test(signature)) return undefined
  if (typeof signedAt !== 'number' || !Number.isSafeInteger(signedAt) || signedAt < 0) return undefined
  return { key, signature, signedAt, local }
}

/** What is signed: `sotto-build-1`, `local` or `released`, and the time, each on a line; then the description as it is served. */
export function signedText(
  build: Uint8Array,
  { signedAt, local }: Pick<BuildSignature, 'signedAt' | 'local'>,
): Uint8Array<ArrayBuffer> {
  const head = new TextEncoder().encode(`sotto-build-1\n${local ? 'local' : 'released'}\n${signedAt}\n`)
  const text = new Uint8Array(head.length + build.length)
  text.set(head)
  text.set(build, head.length)
  return text
}
