import { type ReactionView } from '@sotto/client'

/** Up to six kinds are shown; of more than that four, and the rest behind a button. Spec 50 §0. */
const MAX_KINDS = 6
const KINDS_BESIDE_REST = 4
const MAX_NAMES = 3

/** Which kinds of reactions are shown, and which wait behind a button. */
export function splitReactions(
  reactions: readonly ReactionView[],
  isOpen: boolean,
): { readonly shown: readonly ReactionView[]; readonly rest: readonly ReactionView[] } {
  if (isOpen || reactions.length <= MAX_KINDS) return { shown: reactions, rest: [] }
  return { shown: reactions.slice(0, KINDS_BESIDE_REST), rest: reactions.slice(KINDS_BESIDE_REST) }
}

/** Who may react in a conversation of two. */
export interface ReactionPeople {
  readonly own: string
  /** Of the other person. */
  readonly name: string
  /** The word for oneself. */
  readonly you: string
}

/** Who put a reaction there, oneself first; the rest as a number. */
export function reactionNames(
  senders: readonly string[],
  { name, own, you }: ReactionPeople,
): { readonly shown: readonly string[]; readonly others: number } {
  const sorted = senders.toSorted((a, b) => Number(b === own) - Number(a === own))
  const shown = sorted.slice(0, MAX_NAMES).map(sender => (sender === own ? you : name))
  return { shown, others: sorted.length - shown.length }
}
