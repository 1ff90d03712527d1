import { type LinkRequestFrame, linkPaths } from '@sotto/protocol/link'
import { type BodySource } from '../body-pieces.ts'
import { type ByteBudget, Exchange } from '../exchange.ts'
import { type RemoteAddress } from '../remote-address.ts'
import { type RequestHeaders, type ServerReply } from '../route.ts'

/** What an exchange does by its connection. */
export interface LinkExchangeOwner {
  reply(id: number, reply: ServerReply): void
  giveUp(id: number): void
  /** See `ServerRequest`. */
  readonly binding: Uint8Array
}

const noHeaders: RequestHeaders = new Map()

/** A request over a link between nodes. */
export class LinkExchange extends Exchange implements BodySource {
  override readonly way = 'link'
  readonly lends = true
  override readonly method = 'POST'
  override readonly headers = noHeaders
  override readonly declaredBytes: number
  override readonly hasBody: boolean
  readonly id: number
  /** To be given back when the reply is sent. */
  memory: Uint8Array | undefined
  readonly #owner: LinkExchangeOwner
  /** Let go once it is read. */
  #first: Uint8Array | undefined
  #missing: number
  #onData: ((chunk: Uint8Array) => void) | undefined
  #onEnd: (() => void) | undefined

  /** A path that this version does not know has no route. */
  constructor(
    { id, path, length, bytes }: LinkRequestFrame,
    owner: LinkExchangeOwner,
    peer: RemoteAddress,
    { budget, tick }: { readonly budget: ByteBudget; readonly tick: number },
  ) {
    super(linkPaths.get(path) ?? '', peer, budget, tick)
    this.id = id
    this.declaredBytes = length
    this.hasBody = length > 0
    this.#owner = owner
    this.#first = bytes
    this.#missing = length - bytes.length
  }

  /** Derived only for who asks. */
  get binding(): Uint8Array {
    return this.#owner.binding
  }

  /** Takes the next piece of the body, which is of use until then only. False if that is more than was announced. */
  push(bytes: Uint8Array): boolean {
    this.#missing -= bytes.length
    if (this.#missing < 0) return false
    this.#onData?.(bytes)
    if (this.#missing === 0) this.#onEnd?.()
    return true
  }

  /** The one who reads asks for the end last; what has come by then is given at once. */
  on(event: 'data' | 'end', listener: ((chunk: Uint8Array) => void) & (() => void)): void {
    if (event === 'data') return void (this.#onData = listener)
    this.#onEnd = listener
    const first = this.#first
    this.#first = undefined
    if (first !== undefined) this.#onData?.(first)
    if (this.#missing === 0) listener()
  }

  override reply(reply: ServerReply): void {
    this.#owner.reply(this.id, reply)
  }

  override destroy(): void {
    this.#owner.giveUp(this.id)
  }

  protected override get source(): BodySource {
    return this
  }
}
