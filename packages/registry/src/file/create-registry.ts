import { type Ed25519KeyPair, ed25519Sign } from '@sotto/protocol/crypto'
import { compareBytes, concatBytes, utf8Encode } from '@sotto/protocol/encoding'
import { checkNodes, type NodeRules } from '../check-nodes.ts'
import { maxRegistryBytes, maxSignatures } from '../limits.ts'
import { RegistryError } from '../registry-error.ts'
import { decodePayload, encodePayload, type RegistryDraft } from './payload.ts'
import { formatRegistryFile, type RegistrySignature, type SignedRegistry } from './registry-file.ts'

const signatureTag = utf8Encode('sotto-static-1')

/** What a signer of static lists signs: `sotto-static-1` ‖ payload. Spec 60 §14. */
export function registryText(payload: Uint8Array): Uint8Array {
  return concatBytes(signatureTag, payload)
}

/**
 * Writes and signs a list, once it has passed all that readers check. Drafts without swarm ids stay without: readers work
 * the same swarms out.
 * @throws {RegistryError} those of `decodePayload` and `checkNodes`; `registry.too-large`
 */
export function createRegistry(
  draft: RegistryDraft,
  signers: readonly Ed25519KeyPair[],
  rules: NodeRules = {},
): SignedRegistry {
  checkNodes(draft.nodes, rules)
  const payload = encodePayload(draft)
  decodePayload(payload)
  return signers.reduce(countersign, { payload, signatures: [] })
}

/**
 * Adds a signer, or renews the signature it has given. So several people sign one list in turn; and so keys are rotated:
 * while programs still trust only the old key, lists are signed with the old and the new one.
 * @throws {RegistryError} `registry.bad-file` past 64 signatures, `registry.too-large`
 */
export function countersign(registry: SignedRegistry, signer: Ed25519KeyPair): SignedRegistry {
  const { payload } = registry
  const added: RegistrySignature = { key: signer.publicKey, signature: ed25519Sign(signer, registryText(payload)) }
  const others = registry.signatures.filter(({ key }) => compareBytes(key, signer.publicKey) !== 0)
  const signed = { payload, signatures: [...others, added] }
  if (signed.signatures.length > maxSignatures) throw new RegistryError('registry.bad-file')
  const { length } = formatRegistryFile(signed)
  if (length > maxRegistryBytes) throw new RegistryError('registry.too-large', { length })
  return signed
}
