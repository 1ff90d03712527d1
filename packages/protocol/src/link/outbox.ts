import { frameTypes, HEADER_SIZE, MAX_PIECE, REPLY_HEAD, REQUEST_HEAD } from './frame.ts'

/** What goes out: a request or reply with its body, or a frame without one. See docs/protocol/node-link.md. */
export type LinkMessage =
  | { readonly kind: 'request'; readonly id: number; readonly path: number; readonly body: Uint8Array }
  | {
      readonly kind: 'reply'
      readonly id: number
      readonly status: number
      readonly type: number
      readonly body: Uint8Array
    }
  | { readonly kind: 'cancel' | 'ping' | 'pong'; readonly id: number }
  | { readonly kind: 'go-away' }

interface Waiting {
  readonly message: LinkMessage
  readonly body: Uint8Array
  /** How much of the body is sent; `undefined` before its first frame. */
  at: number | undefined
}

/** What was not sent of a message that is dropped. See docs/protocol/node-link.md. */
export type Dropped = 'nothing-sent' | 'cut' | 'all-sent'

const none = new Uint8Array()

/**
 * What waits to be sent over one link. Bodies larger than one frame take turns with everything else, so that what is small
 * never waits for the end of what is large. See docs/protocol/node-link.md.
 */
export class LinkOutbox {
  readonly #queue: Waiting[] = []
  #bytes = 0
  readonly #onSent: (id: number) => void

  /** `onSent` is called when the last byte of a request or reply is taken out: its body is not needed any more. */
  constructor(onSent: (id: number) => void) {
    this.#onSent = onSent
  }

  /** Bytes that wait, with their heads. */
  get bytes(): number {
    return this.#bytes
  }

  get isEmpty(): boolean {
    return this.#queue.length === 0
  }

  /** Adds a message. Its body must not change until it is sent. */
  push(message: LinkMessage): void {
    const body = 'body' in message ? message.body : none
    this.#queue.push({ message, body, at: undefined })
    this.#bytes += HEADER_SIZE + body.length
  }

  /** Takes a request or reply out. */
  drop(id: number): Dropped {
    const found = this.#queue.findIndex(({ message }) => 'body' in message && message.id === id)
    const waiting = this.#queue[found]
    if (waiting === undefined) return 'all-sent'
    this.#queue.splice(found, 1)
    this.#bytes -= HEADER_SIZE + waiting.body.length - (waiting.at ?? 0)
    return waiting.at === undefined ? 'nothing-sent' : 'cut'
  }

  /**
   * The next frames, about `most` bytes, as one fresh array to be sent at once: each call of the socket costs more than the
   * copy. `undefined` if nothing waits.
   */
  take(most: number): Uint8Array | undefined {
    if (this.#queue.length === 0) return undefined
    const { count, size } = this.#choose(most)
    const out = new Uint8Array(size)
    const chosen = this.#queue.splice(0, count)
    let at = 0
    for (const waiting of chosen) {
      at = write(out, at, waiting)
      if (waiting.at === waiting.body.length) this.#sent(waiting.message)
      else this.#queue.push(waiting)
    }
    return out
  }

  #choose(most: number): { readonly count: number; readonly size: number } {
    let size = 0
    let count = 0
    for (const { message, body, at } of this.#queue) {
      if (size >= most) break
      const piece = Math.min(MAX_PIECE, body.length - (at ?? 0))
      size += HEADER_SIZE + piece + (at === undefined ? headSize(message) : 0)
      this.#bytes -= piece
      count++
    }
    return { count, size }
  }

  #sent(message: LinkMessage): void {
    this.#bytes -= HEADER_SIZE
    if ('body' in message) this.#onSent(message.id)
  }
}

function headSize({ kind }: LinkMessage): number {
  if (kind === 'request') return REQUEST_HEAD
  return kind === 'reply' ? REPLY_HEAD : 0
}

const typeOf = {
  request: frameTypes.request,
  reply: frameTypes.reply,
  cancel: frameTypes.cancel,
  ping: frameTypes.ping,
  pong: frameTypes.pong,
  'go-away': frameTypes.goAway,
} as const satisfies Record<LinkMessage['kind'], number>

/** Writes the next frame of a message; says where it ends. */
function write(out: Uint8Array, at: number, waiting: Waiting): number {
  const { message, body } = waiting
  const isFirst = waiting.at === undefined
  const from = waiting.at ?? 0
  const to = Math.min(body.length, from + MAX_PIECE)
  const head = isFirst ? headSize(message) : 0
  const length = head + to - from
  out[at] = isFirst ? typeOf[message.kind] : frameTypes.data
  writeNumber(out, at + 1, length, 3)
  writeNumber(out, at + 4, message.kind === 'go-away' ? 0 : message.id, 4)
  if (isFirst) writeHead(out, at + HEADER_SIZE, message)
  out.set(from === 0 && to === body.length ? body : body.subarray(from, to), at + HEADER_SIZE + head)
  waiting.at = to
  return at + HEADER_SIZE + length
}

function writeHead(out: Uint8Array, at: number, message: LinkMessage): void {
  if (message.kind === 'request') {
    out[at] = message.path
    writeNumber(out, at + 1, message.body.length, 4)
  } else if (message.kind === 'reply') {
    writeNumber(out, at, message.status, 2)
    out[at + 2] = message.type
    writeNumber(out, at + 3, message.body.length, 4)
  }
}

function writeNumber(out: Uint8Array, at: number, value: number, size: number): void {
  for (let place = 0; place < size; place++) out[at + place] = value >>> (8 * (size - 1 - place))
}
