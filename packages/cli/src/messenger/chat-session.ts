import { type ConversationView, type MessageView } from '@sotto/client'
import { type RandomBytes } from '@sotto/protocol/crypto'
import { SottoError } from '@sotto/protocol/error'
import { ChatScreen } from '../chat/chat-screen.ts'
import { type ChatState, newChat } from '../chat/chat-state.ts'
import { type Key, pressKey } from '../chat/press-key.ts'
import { renderChat } from '../chat/render-chat.ts'
import { type Terminal } from '../command.ts'
import { runChatCommand } from './chat-command.ts'
import { chatLines } from './chat-lines.ts'
import { connectionText } from './connection-text.ts'
import { type Session } from './session.ts'
import { shownName, shownTime } from './shown-text.ts'

/** What a chat is made of. */
export interface ChatOptions {
  readonly session: Session
  /** An account id. */
  readonly conversation: string
  readonly terminal: Terminal
  readonly random: RandomBytes
}

/** So many messages at first, and so many more each time that one scrolls to their beginning. */
const pageSize = 100

/** One conversation on a terminal, until it is left. */
export class Chat {
  readonly #options: ChatOptions
  readonly #screen: ChatScreen
  readonly #left = Promise.withResolvers<void>()
  readonly #stops: (() => void)[] = []
  #state: ChatState
  #own = ''
  #older: readonly MessageView[] = []
  #newest: readonly MessageView[] = []
  #hasOlder = false
  #isLoading = false
  #connection = ''
  #notice = ''

  constructor(options: ChatOptions) {
    this.#options = options
    this.#state = newChat(shownName(undefined, options.conversation))
    const { input, output } = options.terminal
    this.#screen = new ChatScreen(input, output, { onKey: key => this.#press(key), onResize: () => this.#draw() })
  }

  /** Ends when the user leaves. The terminal is given back also when something breaks. */
  async run(): Promise<void> {
    const { client } = this.#options.session
    const { conversation } = this.#options
    try {
      this.#own = (await client.query('account.get')).id
      await client.command('conversations.open', { conversation })
      this.#watch()
      this.#draw()
      await this.#left.promise
    } finally {
      for (const stop of this.#stops.splice(0)) stop()
      this.#screen.close()
    }
  }

  #watch(): void {
    const { client } = this.#options.session
    const { conversation } = this.#options
    const onError = (error: unknown): void => this.#left.reject(error)
    const page = { conversation, limit: pageSize }
    this.#stops.push(
      client.watch('messages.page', page, {
        onResult: ({ messages, hasOlder }) => this.#showNewest(messages, hasOlder),
        onError,
      }),
      client.watch('conversations.get', { conversation }, { onResult: view => this.#showTitle(view), onError }),
      client.watch('connection.get', undefined, {
        onResult: view => this.#update(() => (this.#connection = connectionText(view, Date.now()))),
        onError,
      }),
      client.watch('typing.list', undefined, {
        onResult: typing => this.#update({ peerTypes: typing.some(id => id === conversation) }),
        onError,
      }),
    )
  }

  /** What the newest page no longer holds stays above it; a gap would be worse than a message that is out of date. */
  #showNewest(messages: readonly MessageView[], hasOlder: boolean): void {
    const [first] = messages
    const slipped = this.#newest.filter(({ position }) => first !== undefined && position < first.position)
    if (this.#older.length > 0) this.#older = [...this.#older, ...slipped]
    else this.#hasOlder = hasOlder
    this.#newest = messages
    this.#showLines()
    if (messages.some(({ unread }) => unread)) {
      const { conversation, session } = this.#options
      session.client.command('conversations.mark-read', { conversation }).catch(this.#report)
    }
  }

  async #loadOlder(): Promise<void> {
    const [first] = [...this.#older, ...this.#newest]
    if (this.#isLoading || !this.#hasOlder || first === undefined) return
    this.#isLoading = true
    try {
      const { conversation, session } = this.#options
      const args = { conversation, before: first.position, limit: pageSize }
      const { messages, hasOlder } = await session.client.query('messages.page', args)
      this.#older = [...messages, ...this.#older]
      this.#hasOlder = hasOlder
      this.#showLines()
    } finally {
      this.#isLoading = false
    }
  }

  #showLines(): void {
    this.#update({ lines: chatLines([...this.#older, ...this.#newest]) })
  }

  #showTitle(view: ConversationView | undefined): void {
    const { conversation } = this.#options
    const name = conversation === this.#own ? 'Note to self' : shownName(view?.name, conversation)
    const states = [
      view?.blocked === true ? 'blocked' : '',
      view?.request === 'incoming' ? 'message request: /accept, /decline or /block' : '',
      view?.request === 'outgoing' ? 'not accepted yet' : '',
      view === undefined || view.expiry.timerSeconds === 0 ? '' : 'messages disappear',
    ]
    this.#update({ title: [name, ...states.filter(each => each !== '')].join(' · ') })
  }

  #press(key: Key): void {
    const { state, effect } = pressKey(this.#state, key, Math.max(1, this.#screen.size.rows - 4))
    this.#state = state
    this.#notice = ''
    switch (effect?.kind) {
      case 'quit':
        this.#left.resolve()
        return
      case 'older':
        this.#loadOlder().catch(this.#report)
        break
      case 'send':
        this.#send(effect.text).catch(this.#report)
        break
      case 'edited':
        this.#noteTyping(state.draft.length > 0)
        break
      case undefined:
    }
    this.#draw()
  }

  async #send(text: string): Promise<void> {
    const { conversation, session } = this.#options
    const { client } = session
    const context = { client, conversation, messages: this.#newest, own: this.#own, newId: () => this.#newId() }
    if (text.startsWith('/')) {
      const notice = await runChatCommand(text, context)
      if (notice !== undefined) this.#update(() => (this.#notice = notice))
      return
    }
    await client.command('messages.send', { id: this.#newId(), conversation, body: text })
  }

  #noteTyping(isTyping: boolean): void {
    const { conversation, session } = this.#options
    session.client.command(isTyping ? 'typing.key' : 'typing.stop', { conversation }).catch(() => undefined)
  }

  #newId(): string {
    return Array.from(this.#options.random(16), byte => byte.toString(16).padStart(2, '0')).join('')
  }

  /** What the user asked for did not work; the conversation goes on. Other errors are bugs, and end it. */
  readonly #report = (error: unknown): void => {
    if (!(error instanceof SottoError)) return this.#left.reject(error)
    this.#update(() => (this.#notice = error.sentence))
  }

  #update(change: Partial<ChatState> | (() => unknown)): void {
    if (typeof change === 'function') change()
    else this.#state = { ...this.#state, ...change }
    this.#draw()
  }

  #draw(): void {
    const status = [this.#notice, this.#connection].filter(text => text !== '').join(' · ')
    const now = Date.now()
    const picture = renderChat({ ...this.#state, status }, this.#screen.size, sentAt => shownTime(sentAt, now))
    this.#state = { ...this.#state, scroll: picture.scroll }
    this.#screen.show(picture)
  }
}
