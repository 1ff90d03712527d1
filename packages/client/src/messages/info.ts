import { type AccountId } from '@sotto/protocol/account'
import { type MessageHash } from '@sotto/protocol/storage'
import { ClientError } from '../engine/client-error.ts'
import { flagOf, numberOf, optionalText } from '../store/columns.ts'
import { type Reader } from '../store/store.ts'
import { findMessage, type MessageState } from './rows.ts'

/** Everything that is known of a message beside what it says. Times are Unix ms. */
export interface MessageInfo {
  readonly id: number
  readonly sender: AccountId
  readonly state: MessageState
  readonly sentAt: number
  /** When it came to this device, or was written on it. */
  readonly receivedAt: number
  readonly readAt: number | undefined
  /** In the own swarm, and in that of the recipient. */
  readonly hash: MessageHash | undefined
  readonly remoteHash: MessageHash | undefined
  /** When the own swarm forgets it. */
  readonly networkExpiry: number | undefined
  readonly deliveries: readonly DeliveryInfo[]
}

/** Something of it that is still on its way. */
export interface DeliveryInfo {
  /** For the own devices. */
  readonly isCopy: boolean
  readonly attempts: number
  readonly nextTryAt: number | undefined
  readonly givenUpAt: number
  readonly failure: string | undefined
  readonly failed: boolean
}

/** @throws {ClientError} `client.unknown-message` */
export function infoOf(reader: Reader, id: number): MessageInfo {
  const message = findMessage(reader, id)
  if (message === undefined) throw new ClientError('client.unknown-message')
  const { hash, networkExpiry, readAt, receivedAt, remoteHash, sender, sentAt, state } = message
  const deliveries = deliveriesOf(reader, id)
  return { id, sender, state, sentAt, receivedAt, readAt, hash, remoteHash, networkExpiry, deliveries }
}

function deliveriesOf(reader: Reader, id: number): readonly DeliveryInfo[] {
  return reader.all('SELECT * FROM outbox WHERE message = ? ORDER BY id', id).map(row => {
    const nextAt = numberOf(row, 'next_at')
    const failed = flagOf(row, 'failed')
    return {
      isCopy: flagOf(row, 'copy'),
      attempts: numberOf(row, 'attempts'),
      nextTryAt: failed || nextAt === 0 ? undefined : nextAt,
      givenUpAt: numberOf(row, 'expires_at'),
      failure: optionalText(row, 'failure'),
      failed,
    }
  })
}
