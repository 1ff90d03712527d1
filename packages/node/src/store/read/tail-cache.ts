import { countedSize, type MessageHash, type Namespace, type StoredMessage } from '@sotto/protocol/storage'
import { type SwarmOwner } from '@sotto/protocol/swarm'
import { type RetrieveLimits } from '../port/message.ts'

/** The end of a box: all that lies there after a message, or from the beginning, in the order of this node. */
export interface BoxTail {
  /** After which message; `undefined` for all that lies in the box. */
  readonly after: MessageHash | undefined
  readonly messages: readonly StoredMessage[]
  /** The same, as they stand in replies. */
  readonly written: readonly string[]
}

/** Messages of a reply, and whether there were more. */
export interface CutMessages {
  readonly messages: readonly StoredMessage[]
  readonly written: readonly string[]
  readonly more: boolean
}

interface Kept extends BoxTail {
  /** Between these the tail is what the database would say, Unix ms. */
  readonly since: number
  readonly until: number
  readonly bytes: number
}

/** Longer tails are read from the database: who is told of them has been away for long, and does not come back soon. */
const mostMessages = 64
/** About what a tail and a message take beside their bytes. */
const tailOverhead = 300
const messageOverhead = 250

/**
 * Remembers the ends of boxes that are asked for again and again, by polls and by several devices. It never knows less than the
 * database: whatever changes a box is told here before anybody is told that it is done.
 */
export class TailCache {
  readonly #maxBytes: number
  /** The one that was kept first goes first. */
  readonly #owners = new Map<SwarmOwner, Map<Namespace, Kept>>()
  #bytes = 0

  constructor(maxBytes: number) {
    this.#maxBytes = maxBytes
  }

  /** What a retrieve brings; `undefined` if that is not known here. */
  read(owner: SwarmOwner, namespace: Namespace, limits: RetrieveLimits, now: number): CutMessages | undefined {
    const tail = this.#owners.get(owner)?.get(namespace)
    if (tail === undefined || now < tail.since || now >= tail.until) return undefined
    const start = startOf(tail, limits.after)
    return start === undefined ? undefined : cutMessages(tail, start, limits)
  }

  /** Keeps what was read just now. `validUntil`: how long the message that it begins after is remembered, Unix ms. */
  keep(owner: SwarmOwner, namespace: Namespace, tail: BoxTail, now: number, validUntil: number): void {
    const { messages, written } = tail
    if (messages.length > mostMessages) return
    let bytes = tailOverhead
    let until = validUntil
    for (const [at, { expiry, data }] of messages.entries()) {
      bytes += messageOverhead + data.length + (written[at]?.length ?? 0)
      until = Math.min(until, expiry)
    }
    if (bytes > this.#maxBytes) return
    this.#forgetBox(owner, namespace)
    while (this.#bytes + bytes > this.#maxBytes) this.#forgetOldest()
    const boxes = this.#owners.get(owner) ?? new Map<Namespace, Kept>()
    this.#owners.set(owner, boxes.set(namespace, { ...tail, since: now, until, bytes }))
    this.#bytes += bytes
  }

  /** Something of the account has changed. */
  forget(owner: SwarmOwner): void {
    const boxes = this.#owners.get(owner)
    if (boxes === undefined) return
    for (const { bytes } of boxes.values()) this.#bytes -= bytes
    this.#owners.delete(owner)
  }

  /** Nobody knows what has changed. */
  clear(): void {
    this.#owners.clear()
    this.#bytes = 0
  }

  #forgetBox(owner: SwarmOwner, namespace: Namespace): void {
    const boxes = this.#owners.get(owner)
    const known = boxes?.get(namespace)
    if (boxes === undefined || known === undefined) return
    this.#bytes -= known.bytes
    boxes.delete(namespace)
    if (boxes.size === 0) this.#owners.delete(owner)
  }

  #forgetOldest(): void {
    for (const owner of this.#owners.keys()) return this.forget(owner)
  }
}

/** Where the messages begin that a client misses; the ones it has last are looked at first. */
function startOf({ after, messages }: BoxTail, cursor: MessageHash | undefined): number | undefined {
  if (cursor === after) return 0
  if (cursor === undefined) return undefined
  const at = messages.findLastIndex(({ hash }) => hash === cursor)
  return at < 0 ? undefined : at + 1
}

/** As many messages as a reply may have, at least one. Spec 20 §3.7. */
function cutMessages(
  { messages, written }: Omit<BoxTail, 'after'>,
  start: number,
  { maxCount = Infinity, maxSize }: RetrieveLimits,
): CutMessages {
  let size = 0
  for (let at = start; at < messages.length; at++) {
    const message = messages[at]
    if (message === undefined) break
    size += countedSize(message.hash.length, message.data.length)
    const isFull = size > maxSize || at - start >= maxCount
    if (at > start && isFull)
      return { messages: messages.slice(start, at), written: written.slice(start, at), more: true }
  }
  if (start === 0) return { messages, written, more: false }
  return { messages: messages.slice(start), written: written.slice(start), more: false }
}
