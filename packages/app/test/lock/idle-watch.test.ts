import { expect, test } from 'vitest'
import { type IdleChannel, IdleWatch } from '../../src/lock/idle-watch.ts'

/** Tabs of one browser: what one posts, the others hear at once. */
class Tabs {
  readonly #listeners: ((event: { readonly data: unknown }) => void)[][] = []
  posted = 0
  now = 1_000_000

  open(): IdleWatch {
    const own: ((event: { readonly data: unknown }) => void)[] = []
    this.#listeners.push(own)
    const channel: IdleChannel = {
      postMessage: data => {
        this.posted += 1
        for (const listeners of this.#listeners) if (listeners !== own) for (const hear of listeners) hear({ data })
      },
      addEventListener: (_type, listener) => void own.push(listener),
    }
    return new IdleWatch(channel, () => this.now)
  }
}

test('input in one tab counts in all', () => {
  const tabs = new Tabs()
  const [first, second] = [tabs.open(), tabs.open()]
  tabs.now += 60_000
  expect(second.idleMs).toBe(60_000)
  first.noteInput()
  expect(second.idleMs).toBe(0)
})

test('other tabs are told now and then only, and everything when they ask', () => {
  const tabs = new Tabs()
  const [first, second] = [tabs.open(), tabs.open()]
  for (let i = 0; i < 100; i++) {
    tabs.now += 10
    first.noteInput()
  }
  expect(tabs.posted).toBe(1)
  expect(second.idleMs).toBe(990)
  second.ask()
  expect(second.idleMs).toBe(0)
})

test('an older input of another tab changes nothing, and nobody can claim the future', () => {
  const tabs = new Tabs()
  const heard: ((event: { readonly data: unknown }) => void)[] = []
  const channel: IdleChannel = { postMessage: () => undefined, addEventListener: (_, hear) => void heard.push(hear) }
  const watch = new IdleWatch(channel, () => tabs.now)
  tabs.now += 5000
  const say = (data: unknown): void => {
    for (const hear of heard) hear({ data })
  }
  say({ kind: 'input', at: 1 })
  expect(watch.idleMs).toBe(5000)
  for (const data of [undefined, null, 'input', {}, { kind: 'input' }, { kind: 'input', at: '1' }]) say(data)
  expect(watch.idleMs).toBe(5000)
  say({ kind: 'input', at: tabs.now + 1_000_000 })
  expect(watch.idleMs).toBe(0)
  tabs.now += 1000
  expect(watch.idleMs).toBe(1000)
})
