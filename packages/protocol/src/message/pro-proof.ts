import {
  blake2bWith,
  type Ed25519PublicKey,
  ed25519PublicKey,
  Ed25519Seed,
  type Ed25519Signature,
  ed25519Signature,
  ed25519Verify,
} from '../crypto/index.ts'
import { concatBytes, encodeUint64LittleEndian, utf8Encode } from '../encoding/index.ts'
import { type Content } from './content.ts'
import { type ProProof, type VersionedProProof } from './pro.ts'
import { requireTime, requireWhole } from './time.ts'

const proofPersonalisation = utf8Encode('ProProof________')
const seedPersonalisation = utf8Encode('ProRotatingSeed_')
const ROTATION_SECONDS = 604_800

/**
 * What a claim to have paid comes to. None of them is a reason to drop a message. `unknown-form` is a proof whose signed
 * text we do not know. Spec 10 §3.6.
 */
export type ProStatus = 'valid' | 'expired' | 'bad-backend-signature' | 'bad-user-signature' | 'unknown-form'

/** What a user signed, and with what: the content of the envelope, or in a room the padded content. Spec 10 §3.6. */
export interface ProSignature {
  readonly signed: Uint8Array
  readonly signature: Uint8Array
}

/** `undefined` if the message claims nothing, or says no time to compare with. Spec 10 §3.6. */
export function proStatus(
  content: Content,
  { signed, signature }: ProSignature,
  backend: Ed25519PublicKey,
): ProStatus | undefined {
  const proof = content.pro?.proof
  if (proof === undefined || content.sentAt === undefined) return undefined
  if (proof.form === 'revocable' || proof.version > 0xff) return 'unknown-form'
  if (!ed25519Verify(backend, proProofHash(proof), signatureOf(proof))) return 'bad-backend-signature'
  const user = ed25519PublicKey(proof.rotatingPublicKey)
  if (signature.length !== 64 || !ed25519Verify(user, signed, ed25519Signature(signature))) return 'bad-user-signature'
  return content.sentAt > proof.expiresAt ? 'expired' : 'valid'
}

/** What the backend signs: 32 bytes. The version is one byte. Spec 10 §3.6. */
export function proProofHash({ version, genIndexHash, rotatingPublicKey, expiresAt }: VersionedProProof): Uint8Array {
  const expiry = encodeUint64LittleEndian(BigInt(requireTime(expiresAt)))
  const proof = concatBytes(Uint8Array.of(version), genIndexHash, rotatingPublicKey, expiry)
  return blake2bWith(32, { personalisation: proofPersonalisation }, proof)
}

/**
 * The seed of the key that signs the messages of one week, the same on all devices of an account. Spec 30 §4.1.
 * @throws {MessageError} `message.bad-value` for a time that is no whole number of seconds since 1970
 */
export function deriveProRotatingSeed(master: Ed25519Seed, unixSeconds: number): Ed25519Seed {
  const start = requireWhole(unixSeconds) - (unixSeconds % ROTATION_SECONDS)
  const options = { personalisation: seedPersonalisation }
  return new Ed25519Seed(blake2bWith(32, options, master.expose(), utf8Encode(String(start))))
}

function signatureOf(proof: ProProof): Ed25519Signature {
  return ed25519Signature(proof.signature)
}
