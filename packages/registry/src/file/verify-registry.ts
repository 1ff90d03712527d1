import { blake2b, type Ed25519PublicKey, ed25519Verify } from '@sotto/protocol/crypto'
import { encodeHex } from '@sotto/protocol/encoding'
import { checkNodes, type NodeRules } from '../check-nodes.ts'
import { RegistryError } from '../registry-error.ts'
import { type ServiceNodeList } from '../service-node-list.ts'
import { registryText } from './create-registry.ts'
import { decodePayload } from './payload.ts'
import { type RegistryContents, type RegistryHeader } from './registry-contents.ts'
import { parseRegistryFile, type SignedRegistry } from './registry-file.ts'

/** Whom and what a program believes: from its own settings, never from the file. */
export interface RegistryPolicy extends NodeRules {
  /** Compiled in, or given by the user. */
  readonly trustedKeys: readonly Ed25519PublicKey[]
  /** How many of them must have signed, at least 1. Default 1; the list itself can ask for more. */
  readonly requiredSignatures?: number
  /** Default: any network that the trusted keys sign for. */
  readonly networkId?: string
  /** Refuse lists that were made longer ago than this, even if they set themselves no end. Default: no limit. */
  readonly maxAgeMs?: number
  /** How far ahead the time of making may be, as clocks of devices go wrong. Default one day. */
  readonly clockToleranceMs?: number
}

/** A list that has passed every check. */
export interface VerifiedRegistry extends RegistryContents {
  readonly list: ServiceNodeList
  /** The bytes that were signed: two lists are the same if these are. */
  readonly payload: Uint8Array
}

const day = 86_400_000

/**
 * Reads, then verifies a file.
 * @throws {RegistryError} those of `parseRegistryFile` and `verifyRegistry`
 */
export function openRegistry(file: Uint8Array, policy: RegistryPolicy, now: number): VerifiedRegistry {
  return verifyRegistry(parseRegistryFile(file), policy, now)
}

/**
 * Signatures first, then what they cover. A wrong signature under a trusted key condemns the list; signatures by others do
 * not count. `now` is Unix ms. Spec 60 §14.
 * @throws {RegistryError} `registry.bad-policy`, `registry.bad-signature`, `registry.too-few-signatures`,
 * `registry.other-network`, `registry.from-future`, `registry.expired`, and those of `decodePayload` and `checkNodes`
 */
export function verifyRegistry(registry: SignedRegistry, policy: RegistryPolicy, now: number): VerifiedRegistry {
  const signed = countSignatures(registry, policy)
  const payload = registry.payload.slice()
  const draft = decodePayload(payload)
  if (signed < draft.requiredSignatures) throw tooFew(signed, draft.requiredSignatures)
  if (policy.networkId !== undefined && draft.networkId !== policy.networkId) {
    throw new RegistryError('registry.other-network')
  }
  checkFreshness(draft, policy, now)
  const nodes = checkNodes(draft.nodes, policy)
  const { sequence, createdAt, names } = draft
  const list = { number: sequence, hash: blake2b(32, payload), timestamp: createdAt, nodes, names }
  return { ...draft, nodes, list, payload }
}

/** @throws {RegistryError} `registry.from-future`, `registry.expired` */
export function checkFreshness(
  { createdAt, validUntil = Infinity }: Pick<RegistryHeader, 'createdAt' | 'validUntil'>,
  { maxAgeMs = Infinity, clockToleranceMs = day }: Pick<RegistryPolicy, 'maxAgeMs' | 'clockToleranceMs'>,
  now: number,
): void {
  if (createdAt > now + clockToleranceMs) throw new RegistryError('registry.from-future')
  if (now >= validUntil || now - createdAt > maxAgeMs) throw new RegistryError('registry.expired')
}

/** How many different trusted keys have signed. */
function countSignatures({ payload, signatures }: SignedRegistry, policy: RegistryPolicy): number {
  const trusted = new Set(policy.trustedKeys.map(encodeHex))
  const required = policy.requiredSignatures ?? 1
  if (!Number.isInteger(required) || required < 1 || required > trusted.size) {
    throw new RegistryError('registry.bad-policy', { required, trusted: trusted.size })
  }
  const signers = new Set<string>()
  const text = registryText(payload)
  for (const { key, signature } of signatures) {
    const id = encodeHex(key)
    if (!trusted.has(id) || signers.has(id)) continue
    if (!ed25519Verify(key, text, signature)) throw new RegistryError('registry.bad-signature')
    signers.add(id)
  }
  if (signers.size < required) throw tooFew(signers.size, required)
  return signers.size
}

function tooFew(signed: number, required: number): RegistryError {
  return new RegistryError('registry.too-few-signatures', { signed, required })
}
