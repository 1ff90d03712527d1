import { type NamespaceNews, type WatchNews } from '@sotto/network'
import { ConvertedKeys } from '@sotto/protocol/crypto'
import { type NodeId } from '@sotto/protocol/swarm'
import { namespaces, type RetrieveParams, signRequest, type StoredMessage, userSigner } from '@sotto/protocol/storage'
import { type EngineContext } from '../engine/context.ts'
import { type Tx } from '../store/store.ts'
import { cursorOf, dropCursor, moveCursor } from './cursors.ts'
import { type Dispatcher } from './dispatcher.ts'
import { type Opened, openStored } from './open-stored.ts'
import { keepRaw, rawAfter, removeRaw } from './raw-messages.ts'
import { isSeen, markSeen } from './seen.ts'

/** The people one hears from; some 300 bytes each. */
const REMEMBERED_SENDERS = 1000

/** Takes in what the own swarm has: each message once, with its effects, its hash and the cursor in one transaction. */
export class Inbox {
  readonly #context: EngineContext
  readonly #dispatcher: Dispatcher
  readonly #senders = new ConvertedKeys(REMEMBERED_SENDERS)

  constructor(context: EngineContext, dispatcher: Dispatcher) {
    this.#context = context
    this.#dispatcher = dispatcher
  }

  /** What to ask of a member. `now` is Unix ms of the network. Spec 20 §3.7. */
  retrieves(member: NodeId, now: number): readonly RetrieveParams[] {
    const { keys, own, store } = this.#context
    const place = { owner: own, namespace: namespaces.inbox, member }
    const lastHash = store.read(reader => cursorOf(reader, place))
    const unsigned = {
      owner: own,
      namespace: namespaces.inbox,
      timestamp: now,
      ...(lastHash === undefined ? {} : { lastHash }),
    }
    return [signRequest('retrieve', unsigned, userSigner(keys.ed25519)).params]
  }

  /** Ends when everything is committed, in pieces, each of them with the cursor after it. */
  async deliver({ member, results }: WatchNews): Promise<void> {
    for (const news of results) {
      if (news.namespace === namespaces.inbox) await this.#take(member, news)
    }
  }

  /** Tries again what could not be opened, or not be acted upon: keys or the program have changed. */
  async reopen(): Promise<void> {
    const { clock, limits, own, stopped, store } = this.#context
    let last = 0
    while (!stopped.aborted) {
      const raw = store.read(reader => rawAfter(reader, own, last, limits.inboxChunk))
      const opened = raw.map(({ id, message }) => ({ id, opened: this.#open(message) }))
      store.write(tx => {
        for (const { id, opened: each } of opened) {
          if (each.kind === 'refused' || (each.kind === 'received' && this.#dispatcher.dispatch(tx, each.received)))
            removeRaw(tx, id)
        }
      })
      const next = raw.at(-1)?.id
      if (next === undefined) return
      last = next
      await clock.sleep(0, stopped)
    }
  }

  async #take(member: NodeId, { cursor, messages, namespace, reset }: NamespaceNews): Promise<void> {
    const { clock, limits, own, stopped, store, time } = this.#context
    const place = { owner: own, namespace, member }
    const chunks = chunksOf(messages, limits.inboxChunk)
    for (const chunk of chunks) {
      // No turn of anybody else between reading what is seen and writing it.
      const opened = this.#openNew(chunk)
      const reached = chunk.at(-1)?.hash
      store.write(tx => {
        for (const each of opened) this.#settle(tx, each.message, each.opened)
        if (reached !== undefined) moveCursor(tx, place, reached, time.now())
      })
      if (chunks.length > 1) await clock.sleep(0, stopped) // others get a turn
    }
    if (cursor === messages.at(-1)?.hash && !reset) return
    store.write(tx => {
      if (cursor !== undefined) moveCursor(tx, place, cursor, time.now())
      else if (messages.length === 0) dropCursor(tx, place)
    })
  }

  /** A hash may stand twice in one list. */
  #openNew(chunk: readonly StoredMessage[]): readonly { readonly message: StoredMessage; readonly opened: Opened }[] {
    const { own, store } = this.#context
    const different = [...new Map(chunk.map(message => [message.hash, message])).values()]
    const unseen = store.read(reader => different.filter(({ hash }) => !isSeen(reader, own, hash)))
    return unseen.map(message => ({ message, opened: this.#open(message) }))
  }

  #open(message: StoredMessage): Opened {
    const { keys, time } = this.#context
    return openStored(message, keys, time.now(), key => this.#senders.convert(key))
  }

  #settle(tx: Tx, message: StoredMessage, opened: Opened): void {
    const { limits, own, time } = this.#context
    const now = time.now()
    markSeen(tx, own, message.hash, Math.max(now + limits.seenMs, Math.min(message.expiry, now + 2 * limits.seenMs)))
    const place = { owner: own, namespace: namespaces.inbox, receivedAt: now }
    if (opened.kind === 'raw') keepRaw(tx, place, message, opened.reason, limits)
    if (opened.kind === 'received' && !this.#dispatcher.dispatch(tx, opened.received)) {
      keepRaw(tx, place, message, 'not-applied', limits)
    }
  }
}

function chunksOf<T>(list: readonly T[], size: number): readonly (readonly T[])[] {
  const count = Math.ceil(list.length / size)
  return Array.from({ length: count }, (_, at) => list.slice(at * size, (at + 1) * size))
}
