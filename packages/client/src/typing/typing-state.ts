import { type AccountId } from '@sotto/protocol/account'
import { isTypingTimely } from '@sotto/protocol/message'
import { type EngineContext } from '../engine/context.ts'
import { type Received } from '../engine/feature.ts'
import { mayHear } from '../requests/requests-feature.ts'
import { readSetting } from '../settings/settings.ts'
import { type Tx } from '../store/store.ts'
import { TypingBoard } from './typing-board.ts'
import { TypingSender } from './typing-sender.ts'

/** Announced when someone begins or ends. */
export const TYPING_TOPIC = 'typing'

/** A sign of typing is kept for so long by the network; later it says nothing. Spec 10 §5.4. */
const FRESH_MS = 20_000

/** Typing of one account, both ways; in memory only. */
export class TypingState {
  readonly sender: TypingSender
  readonly #board = new TypingBoard()
  readonly #context: EngineContext
  #isSweeping = false

  constructor(context: EngineContext) {
    this.#context = context
    this.sender = new TypingSender(context)
  }

  /** Who writes, in the order in which they began. */
  writers(): readonly AccountId[] {
    return this.#board.writers()
  }

  /** Shows it, or no more: if the user wants that, and of people whom the user accepts. */
  receive(tx: Tx, received: Received<'typing'>): void {
    const { content, receivedAt, sender, sentAt } = received
    const isFresh = Math.abs(receivedAt - sentAt) <= FRESH_MS
    if (!isTypingTimely(content, sentAt) || !isFresh || !readSetting(tx, 'typingIndicators')) return
    if (!mayHear(tx, sender, this.#context)) return
    tx.afterCommit(() => {
      if (content.action === 'stopped') this.ended(sender)
      else this.#began(sender)
    })
  }

  /** What this person wrote has come, or will not. */
  ended(writer: AccountId): void {
    if (this.#board.end(writer)) this.#context.store.announce(TYPING_TOPIC)
  }

  #began(writer: AccountId): void {
    const { clock, store } = this.#context
    this.#board.begin(writer, clock.monotonic())
    store.announce(TYPING_TOPIC)
    void this.#sweep()
  }

  /** Takes down what was shown long enough, until nothing is left. */
  async #sweep(): Promise<void> {
    if (this.#isSweeping) return
    this.#isSweeping = true
    const { clock, report, stopped, store } = this.#context
    try {
      for (let end = this.#board.nextEnd(); end !== undefined; end = this.#board.nextEnd()) {
        await clock.sleep(Math.max(0, end - clock.monotonic()), stopped)
        if (this.#board.sweep(clock.monotonic())) store.announce(TYPING_TOPIC)
      }
    } catch (error) {
      if (!stopped.aborted) report(error)
    } finally {
      this.#isSweeping = false
    }
  }
}
