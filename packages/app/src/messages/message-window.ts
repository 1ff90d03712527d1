import { type MessageView, type Page, type TypedClient, type UnreadPlace } from '@sotto/client'
import { reconcile } from './reconcile.ts'

/** The part of a conversation that is shown. */
export interface WindowState {
  /** Oldest first. The objects stay the same as long as they say the same. */
  readonly messages: readonly MessageView[]
  readonly hasOlder: boolean
  readonly hasNewer: boolean
  /** Whether the first answer has come. */
  readonly isReady: boolean
  /** What was unread when the conversation was opened. */
  readonly unread: UnreadPlace | undefined
}

/** What it needs of a client. */
export type WindowClient = Pick<TypedClient, 'query' | 'watch'>

/** How many come at first; how many are added at once while one scrolls, which has to be done between two frames. */
const STEP = 60
const GROWTH = 15
/** How many are kept at most, and how many may stand between two positions until they are cut. */
const MAX_KEPT = 300
const MAX_ASKED = 400
/** What stays of a full window that moves on. */
const KEPT_WHEN_CUT = 240
/** Following a range costs an answer of all that is in it: while one scrolls on, it waits until one rests, or for a while. */
const REST_MS = 150
const MOST_WAIT_MS = 600

const nothing: WindowState = { messages: [], hasOlder: false, hasNewer: false, isReady: false, unread: undefined }

/**
 * A piece of a conversation of any length: it grows at either end and loses what is far away, and what is in it stays up to date.
 * At its newer end it is live: new messages come into it by themselves.
 */
export class MessageWindow {
  readonly #client: WindowClient
  readonly #conversation: string
  readonly #listeners = new Set<() => void>()
  #state = nothing
  #unwatch: (() => void) | undefined
  #watchTimer: ReturnType<typeof setTimeout> | undefined
  /** Since when the range has changed without being followed. */
  #unwatchedSince: number | undefined
  /** Tells apart what was asked before the window was moved. */
  #epoch = 0
  #growing = false
  #following = true

  constructor(client: WindowClient, conversation: string) {
    this.#client = client
    this.#conversation = conversation
  }

  readonly get = (): WindowState => this.#state

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  /** Whether the end is in sight: then the window moves on with new messages; otherwise it keeps what is in it. */
  follow(isFollowing: boolean): void {
    this.#following = isFollowing
  }

  /** Shows a message if one is given and here, otherwise the first unread one, otherwise the end. */
  async start(message?: number): Promise<void> {
    const epoch = this.#begin()
    const conversation = this.#conversation
    const [unread, newest] = await Promise.all([
      this.#client.query('messages.first-unread', { conversation }),
      this.#client.query('messages.range', { conversation, limit: STEP }),
    ])
    const wanted = message === undefined ? undefined : await this.#positionOf(message)
    const position = wanted ?? unread?.position
    const isHere = newest.messages.some(each => each.position === position)
    const page = position === undefined || isHere ? newest : await this.#around(position)
    if (epoch === this.#epoch) this.#show(page, unread)
  }

  /** Nothing is asked or told any more; `start` begins anew. */
  stop(): void {
    this.#epoch += 1
    this.#leave()
  }

  /** The newest messages. */
  async toEnd(): Promise<void> {
    if (this.#state.isReady && !this.#state.hasNewer) return
    const epoch = this.#begin()
    const page = await this.#client.query('messages.range', { conversation: this.#conversation, limit: STEP })
    if (epoch === this.#epoch) this.#show(page)
  }

  /** A message and what is around it; `false` if it is not here any more. */
  async to(message: number): Promise<boolean> {
    if (this.#state.messages.some(({ id }) => id === message)) return true
    const position = await this.#positionOf(message)
    return position === undefined ? false : this.toPosition(position)
  }

  /** What is around a position; `false` if the window was moved elsewhere meanwhile. */
  async toPosition(position: string): Promise<boolean> {
    if (this.#state.messages.some(each => each.position === position)) return true
    const epoch = this.#begin()
    const page = await this.#around(position)
    if (epoch !== this.#epoch) return false
    this.#show(page)
    return true
  }

  /** The first message at or after a time (Unix ms); `undefined` if there is none at all. */
  async toDate(at: number): Promise<number | undefined> {
    const place = await this.#client.query('messages.at-date', { conversation: this.#conversation, at })
    if (place === undefined) return undefined
    return (await this.toPosition(place.position)) ? place.message : undefined
  }

  /** Takes in what is before the first message, if there is any and nothing is under way. */
  async older(): Promise<void> {
    const [first] = this.#state.messages
    if (first === undefined || !this.#state.hasOlder) return
    await this.#grow({ to: first.position }, page => {
      const added = page.messages.filter(({ id }) => !this.#has(id))
      const all = [...added, ...this.#state.messages]
      const hasNewer = this.#state.hasNewer || all.length > MAX_KEPT
      return { messages: all.slice(0, MAX_KEPT), hasOlder: page.hasOlder, hasNewer }
    })
  }

  /** Takes in what is after the last message. */
  async newer(): Promise<void> {
    const last = this.#state.messages.at(-1)
    if (last === undefined || !this.#state.hasNewer) return
    await this.#grow({ from: last.position }, page => {
      const added = page.messages.filter(({ id }) => !this.#has(id))
      const all = [...this.#state.messages, ...added]
      const hasOlder = this.#state.hasOlder || all.length > MAX_KEPT
      return { messages: all.slice(-MAX_KEPT), hasOlder, hasNewer: page.hasNewer }
    })
  }

  async #grow(
    side: { readonly from: string } | { readonly to: string },
    join: (page: Page<MessageView>) => Page<MessageView>,
  ): Promise<void> {
    if (this.#growing) return
    this.#growing = true
    const epoch = this.#epoch
    try {
      const page = await this.#client.query('messages.range', {
        conversation: this.#conversation,
        ...side,
        limit: GROWTH + 1,
      })
      if (epoch !== this.#epoch) return
      this.#leave()
      this.#set(join(page), this.#state.unread)
      this.#watchSoon()
    } finally {
      this.#growing = false
    }
  }

  #begin(): number {
    this.#epoch += 1
    return this.#epoch
  }

  #has(id: number): boolean {
    return this.#state.messages.some(each => each.id === id)
  }

  async #positionOf(message: number): Promise<string | undefined> {
    const view = await this.#client.query('messages.get', { message })
    return view?.conversation === this.#conversation ? view.position : undefined
  }

  async #around(position: string): Promise<Page<MessageView>> {
    const conversation = this.#conversation
    const [before, after] = await Promise.all([
      this.#client.query('messages.range', { conversation, to: position, limit: STEP / 2 }),
      this.#client.query('messages.range', { conversation, from: position, limit: STEP }),
    ])
    const older = before.messages.filter(each => each.position !== position)
    return { messages: [...older, ...after.messages], hasOlder: before.hasOlder, hasNewer: after.hasNewer }
  }

  #show(page: Page<MessageView>, unread = this.#state.unread): void {
    this.#set(page, unread)
    this.#watch()
  }

  #leave(): void {
    clearTimeout(this.#watchTimer)
    this.#unwatch?.()
    this.#unwatch = undefined
  }

  /** What changes meanwhile is in the first answer. */
  #watchSoon(): void {
    const now = performance.now()
    this.#unwatchedSince ??= now
    const wait = Math.max(0, Math.min(REST_MS, this.#unwatchedSince + MOST_WAIT_MS - now))
    this.#watchTimer = setTimeout(() => this.#watch(), wait)
  }

  /** Follows what stands between the ends of what is shown; without an end where there is nothing beyond it. */
  #watch(): void {
    this.#leave()
    this.#unwatchedSince = undefined
    const { hasNewer, messages } = this.#state
    const [first, last] = [messages[0], messages.at(-1)]
    const from = first === undefined ? {} : { from: first.position }
    const to = last === undefined || !hasNewer ? {} : { to: last.position }
    const limit = first === undefined ? STEP : MAX_ASKED
    this.#unwatch = this.#client.watch(
      'messages.range',
      { conversation: this.#conversation, ...from, ...to, limit },
      { onResult: page => this.#answered(page) },
    )
  }

  #answered(page: Page<MessageView>): void {
    const { hasNewer, hasOlder, messages } = page
    const isLive = !this.#state.hasNewer
    // Everything in it was deleted, or more came at once than may stand in it.
    const isLost = messages.length === 0 ? hasOlder || hasNewer : this.#following && isLive && hasNewer
    if (isLost) {
      this.#set({ messages: messages.slice(0, MAX_KEPT), hasNewer: true, hasOlder }, this.#state.unread)
      void this.toEnd()
    } else if (messages.length > MAX_KEPT) this.#cut(page)
    else if (this.#state.messages.length === 0 && messages.length > 0) this.#show(page)
    else this.#set(page, this.#state.unread)
  }

  #cut({ hasNewer, hasOlder, messages }: Page<MessageView>): void {
    if (this.#following) this.#show({ messages: messages.slice(-KEPT_WHEN_CUT), hasOlder: true, hasNewer })
    else this.#show({ messages: messages.slice(0, MAX_KEPT), hasOlder, hasNewer: true })
  }

  #set({ hasNewer, hasOlder, messages }: Page<MessageView>, unread: UnreadPlace | undefined): void {
    const before = this.#state
    const next = reconcile(before.messages, messages)
    const isUnchanged = next === before.messages && hasOlder === before.hasOlder && hasNewer === before.hasNewer
    if (isUnchanged && before.isReady && before.unread === unread) return
    this.#state = { messages: next, hasOlder, hasNewer, isReady: true, unread }
    for (const listener of this.#listeners) listener()
  }
}
