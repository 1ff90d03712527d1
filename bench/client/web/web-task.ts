/** What a worker of the page is asked to do. Each task has a worker of its own; files stay between them. */
export type WebTask =
  /** Makes an account that takes messages of a friend. */
  | { readonly kind: 'prepare'; readonly gateway: string; readonly friend: string }
  /** Goes online and takes in what has waited. The answer is in seconds. */
  | {
      readonly kind: 'fetch'
      readonly gateway: string
      readonly friend: string
      readonly slot: string
      readonly count: number
    }

/** Whose messages are to wait. */
export interface Prepared {
  readonly slot: string
  readonly accountId: string
}
