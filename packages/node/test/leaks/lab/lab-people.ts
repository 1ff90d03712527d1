import {
  Ed25519KeyPair,
  Ed25519Seed,
  ed25519KeyPairToX25519,
  type RandomBytes,
  sealBox,
  X25519KeyPair,
  X25519SecretKey,
} from '@sotto/protocol/crypto'
import { concatBytes, decodeBase64, encodeHex, utf8Encode } from '@sotto/protocol/encoding'
import { hashMessage, type MessageHash, type Namespace, type RequestSigner, userSigner } from '@sotto/protocol/storage'
import { type SwarmId, type SwarmOwner, swarmOwnerOf } from '@sotto/protocol/swarm'
import { type NodeDirectory } from '@sotto/registry'
import { type Canary, idCanaries, textCanary } from '../scan/canary.ts'

/** A user whose secrets are canaries. */
export interface LabPerson {
  readonly name: string
  readonly owner: SwarmOwner
  readonly keys: Ed25519KeyPair
  readonly signer: RequestSigner
  readonly seed: Uint8Array
  /** What identifies the account. Only its swarm may know. */
  readonly ids: readonly Canary[]
  /** What nobody but the user may know. */
  readonly secrets: readonly Canary[]
}

/** A user of a certain swarm. */
export function drawPerson(name: string, swarm: SwarmId, directory: NodeDirectory, random: RandomBytes): LabPerson {
  for (;;) {
    const seed = random(32)
    const keys = new Ed25519KeyPair(new Ed25519Seed(seed))
    const x25519 = ed25519KeyPairToX25519(keys).publicKey
    const owner = swarmOwnerOf(concatBytes(Uint8Array.of(0x05), x25519))
    if (directory.swarmOf(owner)?.swarmId !== swarm) continue
    const ids = [...idCanaries(`account of ${name}`, x25519), ...idCanaries(`Ed25519 key of ${name}`, keys.publicKey)]
    return { name, owner, keys, signer: userSigner(keys), seed, ids, secrets: idCanaries(`seed of ${name}`, seed) }
  }
}

/** A message as clients make it: a text that is sealed to its reader. Swarms know the sealed bytes and their hash. */
export interface LabMessage {
  readonly data: Uint8Array
  readonly hash: MessageHash
  readonly text: Canary
  /** What only the swarm may know. */
  readonly sealed: readonly Canary[]
}

/** A message with a text of its own. */
export function drawMessage(reader: LabPerson, namespace: Namespace, random: RandomBytes): LabMessage {
  const words = `Tulpe 🌷 "${encodeHex(random(12))}" für ${reader.name}`
  const ephemeral = new X25519KeyPair(new X25519SecretKey(random(32)))
  const data = sealBox(utf8Encode(words), ed25519KeyPairToX25519(reader.keys).publicKey, ephemeral)
  const hash = hashMessage(reader.owner, namespace, data)
  const name = `message to ${reader.name} in ${namespace}`
  const sealed = [
    { name: `${name}, sealed`, bytes: data.slice(0, 48) },
    { name: `hash of ${name}`, bytes: decodeBase64(hash) },
    textCanary(`hash of ${name} as text`, hash),
  ]
  return { data, hash, text: textCanary(`text of ${name}`, words), sealed }
}

/** An address as text, and as IPv6 writes it in bytes; four bytes alone are found everywhere. */
export function addressCanaries(address: string): readonly Canary[] {
  const mapped = Uint8Array.from([0, 0, 0xff, 0xff, ...address.split('.').map(Number)])
  return [
    { name: `address ${address}`, bytes: utf8Encode(address) },
    { name: `address ${address} in bytes`, bytes: mapped },
  ]
}
