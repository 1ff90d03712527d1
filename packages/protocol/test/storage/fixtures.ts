import { bytesOf } from '@sotto/testing'
import network from '../../../../vectors/network.json' with { type: 'json' }
import { Ed25519KeyPair, Ed25519Seed, ed25519Sign } from '../../src/crypto/index.ts'
import { decodeHex, utf8Decode, utf8Encode } from '../../src/encoding/index.ts'
import {
  access,
  type CheckContext,
  encodeSubaccountToken,
  groupSigner,
  hashMessage,
  type MessageHash,
  type RequestSigner,
  type SubaccountGrant,
  subaccountSigner,
  type SubaccountToken,
  toNamespace,
  userSigner,
} from '../../src/storage/index.ts'
import { parseSwarmOwner } from '../../src/swarm/index.ts'

/** The time of the known answers, Unix ms. */
export const now = 1_700_000_000_000

const [userKeys, groupKeys, subaccountKeys, nodeKeys] = network.keys

/** A user, a group, the key of a subaccount and a node: those of the known answers. */
export const keys = {
  user: keyPairOf(userKeys?.seed),
  group: keyPairOf(groupKeys?.seed),
  subaccount: keyPairOf(subaccountKeys?.seed),
  node: keyPairOf(nodeKeys?.seed),
}

export const user = parseSwarmOwner(userKeys?.account ?? '')
export const group = parseSwarmOwner(groupKeys?.account ?? '')
export const asUser: RequestSigner = userSigner(keys.user)
export const asGroup: RequestSigner = groupSigner(keys.group)

/** A token of the group with these flags, and its owner's word for it. */
export function grantOf(flags: number, prefix = 0x03): SubaccountGrant {
  const token = encodeSubaccountToken({ prefix, flags, publicKey: keys.subaccount.publicKey })
  return { token, ownerSignature: ed25519Sign(keys.group, token) }
}

/** Signs in the group's stead. */
export function asSubaccount(flags: number = access.read | access.write): RequestSigner {
  return subaccountSigner(text => ed25519Sign(keys.subaccount, text), grantOf(flags))
}

/** A node at the time of the known answers that has revoked nothing. */
export const context: CheckContext = { now, isForwarded: false, hardFork: [19, 4], isRevoked: () => false }

/** Two different hashes that are real ones. */
export const hashes: readonly [MessageHash, MessageHash] = [
  hashMessage(user, toNamespace(0), utf8Encode('one')),
  hashMessage(user, toNamespace(0), utf8Encode('two')),
]

export const token: SubaccountToken = grantOf(access.read).token

/** The bytes of JSON of a value. */
export function json(value: unknown): Uint8Array {
  return utf8Encode(JSON.stringify(value))
}

/** What JSON bytes say, for comparing. */
export function parsed(bytes: Uint8Array): unknown {
  return JSON.parse(utf8Decode(bytes))
}

export const anyHash = bytesOf(8).map(data => hashMessage(user, toNamespace(0), data))

function keyPairOf(seed = ''): Ed25519KeyPair {
  return new Ed25519KeyPair(new Ed25519Seed(decodeHex(seed)))
}
