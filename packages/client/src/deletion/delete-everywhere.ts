import { type AccountId } from '@sotto/protocol/account'
import { type MessageHash, signRequest, userSigner } from '@sotto/protocol/storage'
import { ClientError } from '../engine/client-error.ts'
import { type EngineContext } from '../engine/context.ts'
import { isAccountConversation } from '../engine/conversation-id.ts'
import { findMessage, isMessage, type MessageRow } from '../messages/rows.ts'
import { mayHear } from '../requests/requests-feature.ts'
import { type Reader, type Tx } from '../store/store.ts'
import { DeletionError } from './deletion-error.ts'
import { forgetMessage, wipeMessage } from './erase.ts'

/**
 * Deletes own messages for everyone, and notes on all own devices: first from the own swarm, and if that fails nothing has
 * changed; then here, and the other side and the own devices are asked to. Each is asked under a time of its own. Spec 10 §5.6.
 * @throws {DeletionError}
 * @throws {ClientError} `client.unknown-message`, `client.not-supported`
 * @throws {NetworkError}
 */
export async function deleteEverywhere(messages: readonly number[], context: EngineContext): Promise<void> {
  const { own, store } = context
  const rows = store.read(reader => messages.map(id => requireDeletable(reader, id, own)))
  const hashes = rows.flatMap(({ hash }) => (hash === undefined ? [] : [hash]))
  if (hashes.length > 0) await deleteFromSwarm(hashes, context)
  store.write(tx => {
    for (const id of messages) {
      const row = findMessage(tx, id)
      if (row === undefined) continue
      context.outbox.cancel(tx, id)
      askToDelete(tx, row, context)
      if (row.conversation === own) forgetMessage(tx, row, context)
      else wipeMessage(tx, row, 'everywhere')
    }
  })
}

/**
 * Deletes messages from the own swarm.
 * @throws {DeletionError} `deletion.not-confirmed` if no member has done it
 * @throws {NetworkError}
 */
export async function deleteFromSwarm(hashes: readonly MessageHash[], context: EngineContext): Promise<void> {
  const { keys, own, stopped, swarm } = context
  const build = () =>
    signRequest('delete', { owner: own, messages: hashes, required: false }, userSigner(keys.ed25519)).params
  const { reply } = await swarm.request(own, 'delete', build, { signal: stopped })
  const members = [...reply.swarm.values()]
  if (!members.some(({ kind }) => kind === 'done')) {
    throw new DeletionError('deletion.not-confirmed', { confirmed: 0, members: members.length })
  }
}

function requireDeletable(reader: Reader, id: number, own: AccountId): MessageRow {
  const row = findMessage(reader, id)
  if (row === undefined) throw new ClientError('client.unknown-message')
  if (!isAccountConversation(row.conversation)) throw new ClientError('client.not-supported')
  if (row.sender !== own) throw new DeletionError('deletion.not-own')
  if (row.conversation !== own && (!isMessage(row) || row.deleted === 'everywhere')) {
    throw new DeletionError('deletion.not-a-message')
  }
  return row
}

/** Someone whom the user has blocked is told nothing. */
function askToDelete(tx: Tx, { conversation, sender, sentAt }: MessageRow, context: EngineContext): void {
  const { outbox, own } = context
  const request = () => ({
    kind: 'unsend' as const,
    targetSentAt: sentAt,
    targetAuthor: sender,
    sentAt: context.nextSentAt(tx),
  })
  if (isAccountConversation(conversation) && mayHear(tx, conversation, context)) {
    outbox.enqueue(tx, { content: request(), recipient: conversation, copy: false })
  }
  outbox.enqueue(tx, { content: request(), recipient: own, copy: false })
}
