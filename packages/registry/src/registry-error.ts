import { SottoError } from '@sotto/protocol/error'

/** Codes of `RegistryError`; stable. */
export type RegistryErrorCode =
  | 'registry.too-large'
  | 'registry.bad-file'
  | 'registry.bad-payload'
  | 'registry.unknown-version'
  | 'registry.bad-policy'
  | 'registry.bad-signature'
  | 'registry.too-few-signatures'
  | 'registry.other-network'
  | 'registry.not-newer'
  | 'registry.from-future'
  | 'registry.expired'
  | 'registry.no-nodes'
  | 'registry.too-many-nodes'
  | 'registry.bad-entry'
  | 'registry.bad-key'
  | 'registry.wrong-x25519'
  | 'registry.bad-address'
  | 'registry.local-address'
  | 'registry.bad-port'
  | 'registry.bad-swarm'
  | 'registry.duplicate-node'
  | 'registry.duplicate-address'
  | 'registry.bad-name'
  | 'registry.bad-request'
  | 'registry.bad-reply'

const sentences: Readonly<Record<RegistryErrorCode, string>> = {
  'registry.too-large': 'The node list is larger than 8 MiB.',
  'registry.bad-file': 'The file is not a signed node list.',
  'registry.bad-payload': 'The signed part of the node list cannot be read.',
  'registry.unknown-version': 'The node list is written in a newer form than this program knows.',
  'registry.bad-policy': 'The settings ask for more signatures than there are trusted signers, or for none.',
  'registry.bad-signature': 'A signature of the node list is wrong.',
  'registry.too-few-signatures': 'Too few trusted signers have signed the node list.',
  'registry.other-network': 'The node list belongs to another network.',
  'registry.not-newer': 'The node list is older than the one in use, or differs from it under the same number.',
  'registry.from-future': 'The node list says it was made in the future; the clock may be wrong.',
  'registry.expired': 'The node list is no longer valid; a newer one is needed.',
  'registry.no-nodes': 'The node list is empty.',
  'registry.too-many-nodes': 'The node list holds too many nodes.',
  'registry.bad-entry': 'An entry of the node list is not written as it should be.',
  'registry.bad-key': 'The key of a node is not a valid point of the curve.',
  'registry.wrong-x25519': 'The encryption key of a node does not belong to its signing key.',
  'registry.bad-address': 'The address of a node is not an IP address that can be reached.',
  'registry.local-address': 'The address of a node is a local one, and the settings do not allow that.',
  'registry.bad-port': 'A port of a node is out of range.',
  'registry.bad-swarm': 'The swarms of the node list are not complete, or a node is in one where it must not be.',
  'registry.duplicate-node': 'A node is in the list twice.',
  'registry.duplicate-address': 'Two nodes of the list have the same address.',
  'registry.bad-name': 'A registered name of the node list is not written as it should be.',
  'registry.bad-request': 'The question about nodes is not written as it should be.',
  'registry.bad-reply': 'The answer about nodes is not written as it should be.',
}

/** Thrown for node lists, and questions and answers about them, that are not what they should be. */
export class RegistryError extends SottoError<RegistryErrorCode> {
  override readonly name = 'RegistryError'

  override get sentence(): string {
    return sentences[this.code]
  }
}
