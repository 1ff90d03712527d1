import { type AccountId } from '@sotto/protocol/account'
import { isTransient } from '@sotto/network'
import { type EngineContext } from '../engine/context.ts'
import { requireAccepted } from '../contacts/require-accepted.ts'
import { type ConversationId } from '../engine/conversation-id.ts'
import { mayHear } from '../requests/requests-feature.ts'
import { readSetting } from '../settings/settings.ts'

/** How often "started" is repeated, and how long after the last key "stopped" follows. Spec 10 §5.4. */
const REPEAT_MS = 10_000
const IDLE_MS = 10_000

/** A conversation in which the user writes. Times are those of the monotonic clock. */
interface Writing {
  toldAt: number
  lastKeyAt: number
}

/** Tells others that the user writes: once, then each 10 s, and when it is over. Nothing is kept or sent again. */
export class TypingSender {
  readonly #context: EngineContext
  readonly #writing = new Map<AccountId, Writing>()

  constructor(context: EngineContext) {
    this.#context = context
  }

  /** The user has changed the text. */
  key(conversation: ConversationId): void {
    const { clock, own, store } = this.#context
    const recipient = store.read(reader => requireAccepted(reader, conversation, own))
    if (!this.#mayTell(recipient)) return
    const now = clock.monotonic()
    const writing = this.#writing.get(recipient)
    if (writing === undefined) {
      const begun = { toldAt: now, lastKeyAt: now }
      this.#writing.set(recipient, begun)
      this.#tell(recipient, 'started')
      void this.#endWhenIdle(recipient, begun)
      return
    }
    writing.lastKeyAt = now
    if (now - writing.toldAt < REPEAT_MS) return
    writing.toldAt = now
    this.#tell(recipient, 'started')
  }

  /** The text is empty again, or left alone. */
  stop(recipient: ConversationId): void {
    if (this.#writing.delete(recipient as AccountId)) this.#tell(recipient as AccountId, 'stopped')
  }

  /** What was written is on its way, which says enough. */
  sent(recipient: string): void {
    this.#writing.delete(recipient as AccountId)
  }

  #mayTell(recipient: AccountId): boolean {
    return this.#context.store.read(
      reader => readSetting(reader, 'typingIndicators') && mayHear(reader, recipient, this.#context),
    )
  }

  async #endWhenIdle(recipient: AccountId, writing: Writing): Promise<void> {
    const { clock, report, stopped } = this.#context
    try {
      while (this.#writing.get(recipient) === writing) {
        const wait = writing.lastKeyAt + IDLE_MS - clock.monotonic()
        if (wait <= 0) this.stop(recipient)
        else await clock.sleep(wait, stopped)
      }
    } catch (error) {
      if (!stopped.aborted) report(error)
    }
  }

  /** Once, and not again if it fails: by then it is worth nothing. */
  #tell(recipient: AccountId, action: 'started' | 'stopped'): void {
    const { outbox, report, stopped, store } = this.#context
    if (action === 'stopped' && !this.#mayTell(recipient)) return
    const sentAt = store.write(tx => this.#context.nextSentAt(tx))
    outbox.sendOnce({ kind: 'typing', action, typedAt: sentAt, sentAt }, recipient).catch((error: unknown) => {
      if (!isTransient(error) && !stopped.aborted) report(error)
    })
  }
}
