import { type AccountId } from '@sotto/protocol/account'
import { isTransient } from '@sotto/network'
import { type EngineContext } from '../engine/context.ts'
import { type ConversationId, isAccountConversation } from '../engine/conversation-id.ts'
import { mayHear } from '../requests/requests-feature.ts'
import { readSetting } from '../settings/settings.ts'

/** How often "started" is repeated, and how long after the last key "stopped" follows. Spec 10 §5.4. */
const REPEAT_MS = 10_000
const IDLE_MS = 10_000

/** A conversation in which the user writes. Times are those of the monotonic clock. */
interface Writing {
  readonly recipient: AccountId
  toldAt: number
  lastKeyAt: number
}

/** Tells others that the user writes: once, then each 10 s, and when it is over. Nothing is kept or sent again. */
export class TypingSender {
  readonly #context: EngineContext
  readonly #writing = new Map<string, Writing>()

  constructor(context: EngineContext) {
    this.#context = context
  }

  /** The user has changed the text. */
  key(recipient: ConversationId): void {
    if (!isAccountConversation(recipient) || !this.#mayTell(recipient)) return
    const now = this.#context.clock.monotonic()
    const writing = this.#writing.get(recipient)
    if (writing === undefined) {
      const begun = { recipient, toldAt: now, lastKeyAt: now }
      this.#writing.set(recipient, begun)
      this.#tell(recipient, 'started')
      void this.#endWhenIdle(begun)
      return
    }
    writing.lastKeyAt = now
    if (now - writing.toldAt < REPEAT_MS) return
    writing.toldAt = now
    this.#tell(recipient, 'started')
  }

  /** The text is empty again, or left alone. */
  stop(conversation: string): void {
    const writing = this.#writing.get(conversation)
    if (writing === undefined) return
    this.#writing.delete(conversation)
    this.#tell(writing.recipient, 'stopped')
  }

  /** What was written is on its way, which says enough. */
  sent(conversation: string): void {
    this.#writing.delete(conversation)
  }

  #mayTell(recipient: AccountId): boolean {
    return this.#context.store.read(
      reader => readSetting(reader, 'typingIndicators') && mayHear(reader, recipient, this.#context),
    )
  }

  async #endWhenIdle(writing: Writing): Promise<void> {
    const { recipient } = writing
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
