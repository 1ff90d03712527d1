import {
  asDict,
  BencodeError,
  type BencodeInput,
  decodeBencode,
  encodeBencode,
  expectBytes,
  expectNumber,
  expectText,
  optionalBytes,
} from '../../encoding/index.ts'
import { type SwarmId, type SwarmOwner, swarmOwnerBytes, swarmOwnerOf } from '../../swarm/index.ts'
import { MAX_MESSAGE_BYTES } from '../limits.ts'
import { type MessageHash, parseMessageHash } from '../message-hash.ts'
import { type Namespace, toNamespace } from '../namespace.ts'
import { StorageError } from '../storage-error.ts'
import { problemMembers } from './monitor-reply.ts'

/** A message was stored for a monitored account. OMQ `notify.message`, QUIC `notify`. Spec 20 §3.16. */
export interface MessageNotification {
  readonly owner: SwarmOwner
  readonly hash: MessageHash
  readonly namespace: Namespace
  /** Unix ms, as the sender had it. */
  readonly timestamp: number
  /** Unix ms. */
  readonly expiry: number
  /** Only if the subscription asked for it. */
  readonly data?: Uint8Array
}

/** A bencoded dictionary. Undone by {@link decodeNotification}. Spec 20 §3.16. */
export function encodeNotification(notification: MessageNotification): Uint8Array {
  const { owner, hash, namespace, timestamp, expiry, data } = notification
  const members: [string, BencodeInput][] = [
    ['@', swarmOwnerBytes(owner)],
    ['h', hash],
    ['n', namespace],
    ['t', timestamp],
    ['z', expiry],
  ]
  return encodeBencode(new Map<string, BencodeInput>(data === undefined ? members : [...members, ['~', data]]))
}

/** Data is a view. Spec 20 §3.16. @throws {StorageError} `storage.bad-frame`, `storage.bad-hash` */
export function decodeNotification(body: Uint8Array): MessageNotification {
  try {
    const dict = asDict(decodeBencode(body))
    const data = optionalBytes(dict, '~', { maxLength: MAX_MESSAGE_BYTES })
    return {
      owner: swarmOwnerOf(expectBytes(dict, '@', { length: 33 })),
      hash: parseMessageHash(expectText(dict, 'h')),
      namespace: toNamespace(expectNumber(dict, 'n', { min: -32768, max: 32767 })),
      timestamp: expectNumber(dict, 't', { min: 0 }),
      expiry: expectNumber(dict, 'z', { min: 0 }),
      ...(data === undefined ? {} : { data }),
    }
  } catch (cause) {
    if (cause instanceof BencodeError) throw new StorageError('storage.bad-frame', {}, { cause })
    throw cause
  }
}

/** Tells a subscriber that an account has left this node's swarm: `monitor_ended`. Spec 20 §3.16. */
export function encodeMonitorEnded(owner: SwarmOwner, swarm: SwarmId): Uint8Array {
  return encodeBencode(
    new Map<string, BencodeInput>([['@', swarmOwnerBytes(owner)], ...problemMembers('wrong-swarm', swarm)]),
  )
}
