import { blake2bWith, Ed25519KeyPair, Ed25519Seed, ed25519Sign, wipeBytes } from '../crypto/index.ts'
import { concatBytes, encodeBase64, utf8Encode } from '../encoding/index.ts'
import { AccountError } from './account-error.ts'
import { formatVersionCheckId, type VersionCheckId } from './version-check-id.ts'

/** Who asks the file server for new versions: always the same one, and not to be traced to the account. Spec 10 §1.5. */
export interface VersionCheckIdentity {
  readonly keyPair: Ed25519KeyPair
  readonly id: VersionCheckId
}

/** A request to the file server, as far as it is signed. Spec 40 §8.5. */
export interface FileServerRequest {
  /** In capitals, such as `GET`. */
  readonly method: string
  /** With its query, such as `/session_version?platform=desktop`. */
  readonly path: string
  /** The server takes what is less than a day off its own clock. */
  readonly sentAtSeconds: number
  /** What clients sign; existing servers fail on any body (spec 40, traps), so only requests without one are sent. */
  readonly body?: Uint8Array
}

/** All three have to be sent, or none. Spec 40 §8.5. */
export interface FileServerHeaders {
  readonly 'X-FS-Pubkey': VersionCheckId
  readonly 'X-FS-Timestamp': string
  readonly 'X-FS-Signature': string
}

/** Takes the padded seed of the account. Spec 10 §1.5. */
export function deriveVersionCheckIdentity(seed: Ed25519Seed): VersionCheckIdentity {
  const bytes = blake2bWith(32, { key: utf8Encode('VersionCheckKey_sig') }, seed.expose())
  const keyPair = new Ed25519KeyPair(new Ed25519Seed(bytes))
  wipeBytes(bytes)
  return { keyPair, id: formatVersionCheckId(keyPair.publicKey) }
}

/**
 * The headers that count a request without naming the account. Signed: decimal time ‖ method ‖ path ‖ body. Spec 10 §1.5.
 * @throws {AccountError} `account.bad-time`
 */
export function signFileServerRequest(identity: VersionCheckIdentity, request: FileServerRequest): FileServerHeaders {
  const { method, path, sentAtSeconds, body = new Uint8Array() } = request
  if (!Number.isSafeInteger(sentAtSeconds) || sentAtSeconds < 0) throw new AccountError('account.bad-time')
  const signed = concatBytes(utf8Encode(`${sentAtSeconds}${method}${path}`), body)
  return {
    'X-FS-Pubkey': identity.id,
    'X-FS-Timestamp': String(sentAtSeconds),
    'X-FS-Signature': encodeBase64(ed25519Sign(identity.keyPair, signed)),
  }
}
