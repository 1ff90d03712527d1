import { type MessageView, type Page } from '@sotto/client'
import fc from 'fast-check'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { MessageWindow, type WindowClient } from '../../src/messages/message-window.ts'
import { messageView, other } from './fake-messages.ts'

interface Range {
  readonly from?: string
  readonly to?: string
  readonly limit?: number
}

/** A conversation in memory that answers as the client does, in turns of its own. */
class Conversation {
  messages: MessageView[]
  firstUnread: number | undefined
  readonly #watchers = new Set<() => void>()

  constructor(count: number) {
    this.messages = Array.from({ length: count }, (_, at) => messageView(at + 1))
  }

  get watches(): number {
    return this.#watchers.size
  }

  change(messages: MessageView[]): void {
    this.messages = messages
    for (const watcher of this.#watchers) watcher()
  }

  add(count: number): void {
    const last = this.messages.at(-1)?.id ?? 0
    this.change([...this.messages, ...Array.from({ length: count }, (_, at) => messageView(last + at + 1))])
  }

  /** What it has is asked for with names and arguments of any query, and only these three are. */
  readonly client = {
    query: async (name: string, args: Range & { readonly message?: number }) => {
      if (name === 'messages.range') return this.#range(args)
      const wanted = name === 'messages.get' ? args.message : this.firstUnread
      const found = this.messages.find(({ id }) => id === wanted)
      return name === 'messages.get'
        ? found && { ...found }
        : found && { message: found.id, position: found.position, count: 1 }
    },
    watch: (_: string, args: Range, listener: { onResult(page: Page<MessageView>): void }) => {
      const tell = (): void => listener.onResult(this.#range(args))
      this.#watchers.add(tell)
      tell()
      return () => this.#watchers.delete(tell)
    },
  } as unknown as WindowClient

  #range({ from, limit = 60, to }: Range): Page<MessageView> {
    const within = this.messages.filter(
      ({ position }) => (from === undefined || position >= from) && (to === undefined || position <= to),
    )
    const messages = (from === undefined ? within.slice(-limit) : within.slice(0, limit)).map(each => ({ ...each }))
    const [first, last] = [
      this.messages.indexOf(this.#original(messages[0])),
      this.messages.indexOf(this.#original(messages.at(-1))),
    ]
    if (messages.length === 0) return { messages, hasOlder: this.messages.length > 0, hasNewer: false }
    return { messages, hasOlder: first > 0, hasNewer: last < this.messages.length - 1 }
  }

  #original(message: MessageView | undefined): MessageView {
    return this.messages.find(({ id }) => id === message?.id) ?? messageView(0)
  }
}

async function open(conversation: Conversation, message?: number): Promise<MessageWindow> {
  const window = new MessageWindow(conversation.client, other)
  await window.start(message)
  return window
}

// A window that grows follows what is in it when it rests.
beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

const range = (window: MessageWindow): string => {
  const { hasNewer, hasOlder, messages } = window.get()
  return `${hasOlder ? '…' : ''}${messages[0]?.id ?? ''}-${messages.at(-1)?.id ?? ''}${hasNewer ? '…' : ''}`
}

test('opens at the end', async () => {
  expect(range(await open(new Conversation(1000)))).toBe('…941-1000')
  expect(range(await open(new Conversation(3)))).toBe('1-3')
  expect(range(await open(new Conversation(0)))).toBe('-')
})

test('opens at the first unread message, or at the one that is wanted', async () => {
  const conversation = new Conversation(1000)
  conversation.firstUnread = 500
  const window = await open(conversation)
  expect(range(window)).toBe('…471-559…')
  expect(window.get().unread).toEqual({ message: 500, position: '00000500', count: 1 })
  expect(range(await open(conversation, 100))).toBe('…71-159…')
  expect(range(await open(conversation, 9999))).toBe('…471-559…')
})

test('takes in new messages', async () => {
  const conversation = new Conversation(10)
  const window = await open(conversation)
  conversation.add(2)
  expect(range(window)).toBe('1-12')
})

test('takes in the first message of all', async () => {
  const conversation = new Conversation(0)
  const window = await open(conversation)
  conversation.add(1)
  conversation.add(1)
  expect(range(window)).toBe('1-2')
})

test('grows at both ends, and loses what is far away', async () => {
  const conversation = new Conversation(1000)
  const window = await open(conversation)
  for (let step = 0; step < 20; step += 1) await window.older()
  expect(range(window)).toBe('…641-940…')
  for (let step = 0; step < 20; step += 1) await window.newer()
  expect(range(window)).toBe('…701-1000')
})

test('is told of what changed while it grew as soon as it rests, or after a while', async () => {
  const conversation = new Conversation(1000)
  const window = await open(conversation)
  await window.older()
  expect(conversation.watches).toBe(0)
  conversation.add(1)
  vi.advanceTimersByTime(150)
  expect(range(window)).toBe('…926-1001')
  for (let step = 0; step < 10; step += 1) {
    await window.older()
    vi.advanceTimersByTime(100)
    if (step === 0) conversation.add(1)
  }
  expect(range(window)).toBe('…776-1002')
})

test('keeps what is looked at, however much comes', async () => {
  const conversation = new Conversation(100)
  const window = await open(conversation)
  window.follow(false)
  conversation.add(1000)
  expect(range(window)).toBe('…41-340…')
  expect(window.get().messages).toHaveLength(300)
})

test('stays at the end when it follows, however much comes', async () => {
  const conversation = new Conversation(100)
  const window = await open(conversation)
  conversation.add(250)
  expect(range(window)).toBe('…111-350')
  conversation.add(5000)
  await window.toEnd()
  expect(range(window)).toBe('…5291-5350')
})

test('is told of changes and of what is gone', async () => {
  const conversation = new Conversation(3)
  const window = await open(conversation)
  const [first] = window.get().messages
  conversation.change(
    conversation.messages.flatMap(each =>
      each.id === 2 ? [] : [messageView(each.id, each.id === 3 ? { body: 'x' } : {})],
    ),
  )
  expect(window.get().messages.map(({ body }) => body)).toEqual(['message 1', 'x'])
  expect(window.get().messages[0]).toBe(first)
})

test('goes to the end when everything in it is gone', async () => {
  const conversation = new Conversation(500)
  const window = await open(conversation, 100)
  conversation.change(conversation.messages.filter(({ id }) => id < 60 || id > 200))
  await window.toEnd()
  expect(range(window)).toBe('…441-500')
})

test('watches one question at a time, and none when it is stopped', async () => {
  const conversation = new Conversation(1000)
  const window = await open(conversation)
  await window.older()
  await window.to(5)
  vi.advanceTimersByTime(1000)
  expect(conversation.watches).toBe(1)
  await window.newer()
  window.stop()
  vi.advanceTimersByTime(1000)
  expect(conversation.watches).toBe(0)
})

test('goes where it was sent last', async () => {
  const window = await open(new Conversation(1000))
  await Promise.all([window.to(100), window.to(500), window.to(9999)])
  expect(range(window)).toBe('…471-559…')
  expect(await window.to(9999)).toBe(false)
})

test('shows a part without gaps, whatever happens', async () => {
  const step = fc.constantFrom('older', 'newer', 'end', 'jump', 'add', 'flood', 'away', 'back')
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: 0, max: 900 }), fc.array(step, { maxLength: 25 }), async (count, steps) => {
      const conversation = new Conversation(count)
      const window = await open(conversation)
      for (const each of steps) {
        if (each === 'older') await window.older()
        if (each === 'newer') await window.newer()
        if (each === 'end') await window.toEnd()
        if (each === 'jump') await window.to(Math.ceil(conversation.messages.length / 3))
        if (each === 'add') conversation.add(3)
        if (each === 'flood') conversation.add(450)
        if (each === 'away') window.follow(false)
        if (each === 'back') window.follow(true)
      }
      await vi.advanceTimersByTimeAsync(1000)
      const { hasNewer, hasOlder, messages } = window.get()
      const [first, last] = [messages[0]?.id ?? 0, messages.at(-1)?.id ?? 0]
      expect(messages.map(({ id }) => id)).toEqual(messages.map((_, at) => first + at))
      expect(messages.length).toBeLessThanOrEqual(300)
      if (messages.length > 0) expect([hasOlder, hasNewer]).toEqual([first > 1, last < conversation.messages.length])
    }),
    { numRuns: 60 },
  )
})
