import { type AccountId, parseAccountId } from '@sotto/protocol/account'
import { type EngineContext } from '../engine/context.ts'
import { isAccountConversation } from '../engine/conversation-id.ts'
import { type ReadMessages } from '../engine/read-messages.ts'
import { mayHear } from '../requests/requests-feature.ts'
import { type DueJob } from '../schedule/job.ts'
import { readSetting } from '../settings/settings.ts'
import { numberOf } from '../store/columns.ts'
import { type Reader, type Tx } from '../store/store.ts'

/** The name of the job that tells one sender what was read. Its key is the conversation. */
export const RECEIPTS_JOB = 'receipts'

/** What is read one after the other is told together. */
const GATHERING_MS = 1500
/** The most that one receipt names. */
const MAX_PER_RECEIPT = 500

/** Notes that the sender is to be told, if the user wants that at the time of reading. Spec 10 §5.3. */
export function noteRead(tx: Tx, { conversation, messages }: ReadMessages, context: EngineContext): void {
  if (!isAccountConversation(conversation) || !mayTell(tx, conversation, context)) return
  for (const { sentAt } of messages) {
    tx.run('INSERT OR IGNORE INTO waiting_receipts (conversation, sent_at) VALUES (?, ?)', conversation, sentAt)
  }
  context.schedule.atLatest(tx, RECEIPTS_JOB, conversation, context.time.now() + GATHERING_MS)
}

/** Queues one receipt for all that was read, or drops it if the user has changed their mind about the person. */
export function sendReceipts({ key }: DueJob, context: EngineContext): void {
  const { outbox, store } = context
  store.write(tx => {
    const recipient = parseAccountId(key)
    const read = takeWaiting(tx, recipient)
    if (!mayTell(tx, recipient, context)) return
    for (let at = 0; at < read.length; at += MAX_PER_RECEIPT) {
      const readMessages = read.slice(at, at + MAX_PER_RECEIPT)
      const content = { kind: 'receipt', readMessages, sentAt: context.nextSentAt(tx) } as const
      outbox.enqueue(tx, { content, recipient, copy: false })
    }
  })
}

function mayTell(reader: Reader, recipient: AccountId, context: EngineContext): boolean {
  return readSetting(reader, 'readReceipts') && mayHear(reader, recipient, context)
}

function takeWaiting(tx: Tx, conversation: AccountId): readonly number[] {
  const rows = tx.all('SELECT sent_at FROM waiting_receipts WHERE conversation = ? ORDER BY sent_at', conversation)
  tx.run('DELETE FROM waiting_receipts WHERE conversation = ?', conversation)
  return rows.map(row => numberOf(row, 'sent_at'))
}
