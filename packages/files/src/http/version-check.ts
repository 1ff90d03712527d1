import { parseVersionCheckId, versionCheckKey } from '@sotto/protocol/account'
import {
  type Ed25519PublicKey,
  type Ed25519Signature,
  ed25519Signature,
  ed25519Verify,
  tryEd25519ToX25519,
} from '@sotto/protocol/crypto'
import { decodeHexOrBase64, utf8Encode } from '@sotto/protocol/encoding'
import { SottoError } from '@sotto/protocol/error'
import { type Clock, type ServerReply, type ServerRequest, textReply } from '@sotto/server'
import { statusReply } from './replies.ts'

const platforms: ReadonlySet<string> = new Set(['desktop', 'android', 'ios'])
const channels: ReadonlySet<string> = new Set(['stable', 'prerelease', 'alpha'])
const headerNames = ['x-fs-pubkey', 'x-fs-timestamp', 'x-fs-signature'] as const
const windowSeconds = 86_400

/** What becomes of a request that may be signed. */
type Check = ServerReply | 'anonymous' | 'signed'

/**
 * `GET /session_version`. This server fetches nothing from elsewhere, so it knows of no version: 502, as one that has none at
 * hand yet. Whom a key belongs to is looked at, and kept nowhere. Spec 40 §8.5.
 */
export function sessionVersion(clock: Pick<Clock, 'now'>, request: ServerRequest): ServerReply {
  const query = new URLSearchParams(request.query)
  if (!platforms.has(query.get('platform') ?? '')) return statusReply(404)
  if (!channels.has(query.get('release_channel') ?? 'stable')) return statusReply(404)
  const check = checkSigned(clock, request)
  return typeof check === 'string' ? statusReply(502) : check
}

/** The three headers go together. Signed: time ‖ method ‖ path with query, for there is no body. Spec 40 §8.5, trap 26. */
function checkSigned(clock: Pick<Clock, 'now'>, { headers, method, path, query }: ServerRequest): Check {
  const [id, time, signature] = headerNames.map(name => headers.get(name))
  if (id === undefined && time === undefined && signature === undefined) return 'anonymous'
  if (id === undefined || time === undefined || signature === undefined) return refusal('missing X-FS-* headers')
  const key = readKey(id)
  if (key === undefined) return refusal('X-FS-Pubkey is not a valid 07-prefixed pubkey')
  if (!/^[0-9]{1,15}$/.test(time)) return refusal('X-FS-Timestamp is not a valid timestamp')
  const bytes = readSignature(signature)
  if (bytes === undefined) return refusal('X-FS-Signature is not base64[88] or hex[128]')
  if (Math.abs(Number(time) - clock.now() / 1000) > windowSeconds) {
    return refusal('X-FS-Timestamp is too far from current time', 425)
  }
  const signed = utf8Encode(`${time}${method}${path}${query === '' ? '' : `?${query}`}`)
  if (!ed25519Verify(key, signed, bytes)) return refusal('X-FS-Signature verification failed', 401)
  return 'signed'
}

function refusal(why: string, status = 400): ServerReply {
  return textReply(status, `Invalid authentication: ${why}`)
}

function readKey(text: string): Ed25519PublicKey | undefined {
  const key = tryTo(() => versionCheckKey(parseVersionCheckId(text)))
  return key === undefined || tryEd25519ToX25519(key) === undefined ? undefined : key
}

function readSignature(text: string): Ed25519Signature | undefined {
  const bytes = decodeHexOrBase64(text, 64)
  return bytes === undefined ? undefined : ed25519Signature(bytes)
}

function tryTo<T>(run: () => T): T | undefined {
  try {
    return run()
  } catch (error) {
    if (error instanceof SottoError) return undefined
    throw error
  }
}
