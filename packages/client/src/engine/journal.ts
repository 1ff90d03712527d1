import { type Tx } from '../store/store.ts'

/** The config messages that decisions go into: their namespaces. Spec 30 §4. */
export const journalOf = { userProfile: 2, contacts: 3, conversationInfo: 4, userGroups: 5 } as const

/** What was decided: which field of which entry of which config, and its value as plain data. */
export interface Decision {
  readonly namespace: (typeof journalOf)[keyof typeof journalOf]
  /** The id of the entry; empty in a config that has only one. */
  readonly subject: string
  readonly field: string
  readonly value: unknown
}

/**
 * Remembers what the user decided on this device (Unix ms, network), until the config that holds it is known to be on the
 * network: merging may lose it, and it is then applied once more. The newest one of a field counts. Architecture §3.
 */
export function recordDecision(tx: Tx, { namespace, subject, field, value }: Decision, decidedAt: number): void {
  tx.run(
    'INSERT OR REPLACE INTO journal (namespace, subject, field, value, decided_at) VALUES (?, ?, ?, ?, ?)',
    namespace,
    subject,
    field,
    JSON.stringify(value),
    decidedAt,
  )
}
