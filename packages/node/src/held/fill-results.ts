import {
  countedSize,
  type HardFork,
  isOpenToRetrieve,
  MAX_HELD_REPLY_SIZE,
  type Outcome,
  StorageError,
  errorReply,
  type RetrieveReply,
} from '@sotto/protocol/storage'
import { type HeldMessages, type HeldPorts, type HeldRead } from './held-ports.ts'
import { type HeldEntryState, type HeldSlot, isEntry } from './holder.ts'

/** One result for each slot, and whether any of them is worth telling at once. Spec 21 §1.3. */
export interface FilledResults {
  readonly results: readonly Outcome<'retrieve'>[]
  readonly hasNews: boolean
}

/** How slots are filled. */
export interface FillParts {
  readonly ports: Pick<HeldPorts, 'wrongSwarm' | 'isRevoked'>
  readonly read: (read: HeldRead) => HeldMessages
  /** Unix ms, for the replies. */
  readonly now: () => number
  readonly hardFork: HardFork
}

/**
 * Reads every entry, in order, until 256 KiB of messages are full; each with news gets at least one message. Authority that
 * may have ended meanwhile is looked at first: the swarm, revocations, but not the clock. Spec 21 §1.2, §1.3.
 */
export function fillResults(slots: readonly HeldSlot[], parts: FillParts): FilledResults {
  const results: Outcome<'retrieve'>[] = []
  let left = MAX_HELD_REPLY_SIZE
  let hasNews = false
  for (const slot of slots) {
    const refused = isEntry(slot) ? refusal(slot, parts) : slot
    if (refused !== undefined || !isEntry(slot)) {
      if (refused !== undefined) results.push(refused)
      hasNews = true
      continue
    }
    const found = parts.read(limited(slot, left))
    left -= sizeOf(found)
    hasNews ||= found.messages.length > 0 || found.more || found.reset
    results.push({ kind: 'reply', method: 'retrieve', status: 200, reply: replyOf(found, parts) })
  }
  return { results, hasNews }
}

/** An outcome with the status and text of an error. */
export function refusedOutcome(error: StorageError): Outcome<'retrieve'> {
  return { kind: 'refused', ...errorReply(error) }
}

/** `undefined` while the entry may be read. */
function refusal(
  { owner, token, isSigned, namespace }: HeldEntryState,
  { ports }: FillParts,
): Outcome<'retrieve'> | undefined {
  const swarm = ports.wrongSwarm(owner)
  if (swarm !== undefined) return { kind: 'wrong-swarm', swarm }
  const isRefused = token === undefined ? !isSigned && !isOpenToRetrieve(namespace) : ports.isRevoked(owner, token)
  return isRefused ? refusedOutcome(new StorageError('storage.bad-signature', {}, { subject: 'retrieve' })) : undefined
}

/** What is read for a slot when so much of the reply is left: plain data, so that equal reads are one. */
function limited({ owner, namespace, lastHash, maxCount, maxSize }: HeldEntryState, left: number): HeldRead {
  return { owner, namespace, lastHash, maxCount, maxSize: Math.max(1, Math.min(maxSize, left)) }
}

function replyOf({ messages, written, more, reset }: HeldMessages, { now, hardFork }: FillParts): RetrieveReply {
  return { messages, written, more, ...(reset ? { reset } : {}), t: now(), hardFork }
}

function sizeOf({ messages }: HeldMessages): number {
  return messages.reduce((sum, { hash, data }) => sum + countedSize(hash.length, data.length), 0)
}
