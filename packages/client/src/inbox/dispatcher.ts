import { type ContentKind } from '@sotto/protocol/message'
import { type EngineContext } from '../engine/context.ts'
import { type Feature, type ReceiveContent, type Received } from '../engine/feature.ts'
import { type Tx } from '../store/store.ts'

/** Tells the features of what came, each message in a part of the transaction that can be undone alone. */
export class Dispatcher {
  readonly #context: () => EngineContext
  readonly #admit: readonly NonNullable<Feature['admit']>[]
  readonly #handlers: ReadonlyMap<ContentKind, readonly ReceiveContent[]>

  constructor(context: () => EngineContext, features: readonly Feature[]) {
    this.#context = context
    this.#admit = features.flatMap(({ admit }) => (admit === undefined ? [] : [admit]))
    this.#handlers = handlersOf(features)
  }

  /** Whether it was dealt with, or deliberately not. If not, nothing of it remains. */
  dispatch(tx: Tx, received: Received): boolean {
    const context = this.#context()
    tx.run('SAVEPOINT received')
    try {
      const isAdmitted = this.#admit.every(admit => admit(tx, received, context))
      const handlers = isAdmitted ? this.#handlers.get(received.content.kind) : undefined
      for (const handle of handlers ?? []) handle(tx, received, context)
      tx.run('RELEASE received')
      return true
    } catch (error) {
      tx.run('ROLLBACK TO received')
      tx.run('RELEASE received')
      context.report(error)
      return false
    }
  }
}

function handlersOf(features: readonly Feature[]): ReadonlyMap<ContentKind, readonly ReceiveContent[]> {
  const handlers = new Map<ContentKind, readonly ReceiveContent[]>()
  for (const { content } of features) {
    for (const [kind, handle] of Object.entries(content ?? {})) {
      // A handler stands under the kind that it takes, which the type checker cannot follow through entries.
      const known = kind as ContentKind
      handlers.set(known, [...(handlers.get(known) ?? []), handle as ReceiveContent])
    }
  }
  return handlers
}
