import { build, present, type UnreadField } from './codec.ts'
import { type ProMessage, ProMessageSchema, type ProProof as WireProof, ProProofSchema } from './gen/session_pb.ts'
import { requireBytes } from './ids.ts'
import { MessageError } from './message-error.ts'
import { readTime, writeTime } from './time.ts'

/** What a message of a paying user claims. It is data: nothing of it has been verified. Spec 10 §3.6, §4.10. */
export interface Pro {
  readonly proof?: ProProof | undefined
  /** See `proFeature`. */
  readonly profileBits?: bigint | undefined
  readonly messageBits?: bigint | undefined
  readonly unread?: readonly UnreadField[] | undefined
}

/** The bits of the two sets: a badge and an animated picture of the profile, a long text of the message. Spec 10 §4.10. */
export const proFeature = { badge: 1n, animatedPicture: 2n, longMessage: 1n } as const

interface ProofOfAnyKind {
  /** 32 bytes, Ed25519. Signs the messages. */
  readonly rotatingPublicKey: Uint8Array
  /** Unix ms. */
  readonly expiresAt: number
  /** 64 bytes, by the backend. */
  readonly signature: Uint8Array
  readonly unread?: readonly UnreadField[] | undefined
}

/** As the clients of April 2026 send it; told by its version. Spec 10 §4.10. */
export interface VersionedProProof extends ProofOfAnyKind {
  readonly form: 'versioned'
  readonly version: number
  /** 32 bytes. */
  readonly genIndexHash: Uint8Array
}

/** As the development state of the library sends it: without version, its expiry in whole seconds. Spec 10 §4.10. */
export interface RevocableProProof extends ProofOfAnyKind {
  readonly form: 'revocable'
  /** 32 bytes. */
  readonly revocationTag: Uint8Array
}

/** The two forms share their field numbers. Spec 10 §4.10. */
export type ProProof = VersionedProProof | RevocableProProof

/** @throws {MessageError} `message.bad-length` for a field of a proof with another size, `message.bad-time` */
export function readPro(wire: ProMessage): Pro {
  return {
    proof: wire.proof === undefined ? undefined : readProof(wire.proof),
    profileBits: present(wire, 'profileBitset'),
    messageBits: present(wire, 'messageBitset'),
    unread: wire.$unknown,
  }
}

function readProof(wire: WireProof): ProProof {
  const version = present(wire, 'version')
  const tag = requireBytes(wire.tag, 32)
  const shared = {
    rotatingPublicKey: requireBytes(wire.rotatingPublicKey, 32),
    signature: requireBytes(wire.sig, 64),
    unread: wire.$unknown,
  }
  return version === undefined
    ? { form: 'revocable', revocationTag: tag, expiresAt: readTime(wire.expiry * 1000n), ...shared }
    : { form: 'versioned', version, genIndexHash: tag, expiresAt: readTime(wire.expiry), ...shared }
}

/** @throws {MessageError} `message.bad-time` */
export function writePro({ proof, profileBits, messageBits, unread }: Pro): ProMessage {
  const wireProof = proof === undefined ? undefined : writeProof(proof)
  return build(ProMessageSchema, { proof: wireProof, profileBitset: profileBits, messageBitset: messageBits }, unread)
}

function writeProof(proof: ProProof): WireProof {
  const { rotatingPublicKey, signature: sig, unread } = proof
  const expiry = writeTime(proof.expiresAt)
  if (proof.form === 'versioned') {
    const { version, genIndexHash: tag } = proof
    return build(ProProofSchema, { version, tag, rotatingPublicKey, expiry, sig }, unread)
  }
  if (expiry % 1000n !== 0n) throw new MessageError('message.bad-time')
  return build(ProProofSchema, { tag: proof.revocationTag, rotatingPublicKey, expiry: expiry / 1000n, sig }, unread)
}
