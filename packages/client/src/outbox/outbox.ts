import { type AccountId } from '@sotto/protocol/account'
import { X25519KeyPair, X25519SecretKey } from '@sotto/protocol/crypto'
import { contentTtlMs, ttlMs } from '@sotto/protocol/message'
import { createProDecoy, sealInboxMessage, type TimedContent } from '@sotto/protocol/seal'
import { hashMessage, namespaces } from '@sotto/protocol/storage'
import { type EngineContext } from '../engine/context.ts'
import { type Outgoing, type OutboxQueue } from '../engine/ports.ts'
import { markSeen } from '../inbox/seen.ts'
import { type Reader, type Tx } from '../store/store.ts'
import { insertJob, type NewJob } from './jobs.ts'

/** Whoever sends what is queued. */
export interface OutboxWaker {
  /** There is something to do in this lane. */
  wake(lane: string): void
}

/** The queue in the database. */
export class Outbox implements OutboxQueue {
  readonly #context: () => EngineContext
  readonly #waker: OutboxWaker

  constructor(context: () => EngineContext, waker: OutboxWaker) {
    this.#context = context
    this.#waker = waker
  }

  enqueue(tx: Tx, { content, recipient, copy, copySentAt, message }: Outgoing): void {
    const { own } = this.#context()
    const toOwn = recipient === own
    const first = this.#insert(tx, toOwn ? copyFor(content, own) : content, {
      lane: `to:${recipient}`,
      recipient,
      isCopy: false,
      message,
      after: undefined,
    })
    if (toOwn || !copy) return
    this.#insert(
      tx,
      { ...copyFor(content, recipient), sentAt: copySentAt ?? content.sentAt },
      {
        lane: `copy:${recipient}`,
        recipient: own,
        isCopy: true,
        message,
        after: first,
      },
    )
  }

  async sendOnce(content: TimedContent, recipient: AccountId): Promise<void> {
    const { swarm, stopped } = this.#context()
    const data = this.#seal(content, recipient)
    const ttl = contentTtlMs(content, false)
    await swarm.store(
      recipient,
      now => ({
        owner: recipient,
        namespace: namespaces.inbox,
        data,
        timestamp: now,
        expiry: now + ttl,
        sigTimestamp: now,
      }),
      { signal: stopped, deadlineMs: Math.min(ttl, SEND_ONCE_MS) },
    )
  }

  cancel(tx: Tx, message: number): void {
    tx.run('DELETE FROM outbox WHERE message = ?', message)
  }

  retry(tx: Tx, message: number): boolean {
    const expiresAt = this.#context().time.now() + ttlMs.message
    const { changes } = tx.run(
      'UPDATE outbox SET failed = 0, attempts = 0, next_at = 0, expires_at = ? WHERE message = ?',
      expiresAt,
      message,
    )
    for (const lane of lanesOf(tx, message)) this.#wakeAfter(tx, lane)
    return changes > 0
  }

  hurry(tx: Tx): void {
    for (const row of tx.all('SELECT DISTINCT lane FROM outbox WHERE failed = 0 AND next_at > 0')) {
      if (typeof row['lane'] === 'string') this.#wakeAfter(tx, row['lane'])
    }
    tx.run('UPDATE outbox SET next_at = 0 WHERE failed = 0 AND next_at > 0')
  }

  #insert(tx: Tx, content: TimedContent, place: JobPlace): number {
    const { own, time, limits } = this.#context()
    const { recipient, ...rest } = place
    const data = this.#seal(content, recipient)
    const hash = hashMessage(recipient, namespaces.inbox, data)
    const now = time.now()
    const job: NewJob = {
      ...rest,
      owner: recipient,
      namespace: namespaces.inbox,
      kind: content.kind,
      data,
      hash,
      ttlMs: contentTtlMs(content, recipient === own),
      createdAt: now,
      expiresAt: now + ttlMs.message,
    }
    if (recipient === own) markSeen(tx, own, hash, now + limits.seenMs)
    this.#wakeAfter(tx, job.lane)
    return insertJob(tx, job)
  }

  #seal(content: TimedContent, recipient: AccountId): Uint8Array {
    const { keys, random } = this.#context()
    const ephemeral = new X25519KeyPair(new X25519SecretKey(random(32)))
    const mark = { decoy: createProDecoy(random) }
    return sealInboxMessage(content, { sender: keys.ed25519, recipient, ephemeral, mark })
  }

  #wakeAfter(tx: Tx, lane: string): void {
    tx.afterCommit(() => {
      this.#waker.wake(lane)
    })
  }
}

const SEND_ONCE_MS = 15_000

interface JobPlace extends Pick<NewJob, 'lane' | 'isCopy' | 'message' | 'after'> {
  readonly recipient: AccountId
}

function lanesOf(reader: Reader, message: number): readonly string[] {
  return reader
    .all('SELECT DISTINCT lane FROM outbox WHERE message = ?', message)
    .flatMap(({ lane }) => (typeof lane === 'string' ? [lane] : []))
}

/** For the own devices: whom it went to, and no profile. Spec 10 §5.9. */
function copyFor(content: TimedContent, recipient: AccountId): TimedContent {
  switch (content.kind) {
    case 'message':
    case 'reaction':
    case 'expiry-change':
      return { ...content, syncTarget: recipient, profile: undefined, abilities: undefined }
    default:
      return content
  }
}
