import { expect, test } from 'vitest'
import { AccountsMark, type MarkStorage } from '../../src/storage/accounts-mark.ts'

class MemoryStorage implements MarkStorage {
  readonly #items = new Map<string, string>()
  getItem(key: string): string | null {
    return this.#items.get(key) ?? null
  }
  setItem(key: string, value: string): void {
    this.#items.set(key, value)
  }
  removeItem(key: string): void {
    this.#items.delete(key)
  }
}

test('a mark stays until it is cleared', () => {
  const storage = new MemoryStorage()
  expect(new AccountsMark(() => storage).isSet).toBe(false)
  new AccountsMark(() => storage).set()
  expect(new AccountsMark(() => storage).isSet).toBe(true)
  new AccountsMark(() => storage).clear()
  expect(new AccountsMark(() => storage).isSet).toBe(false)
})

test('without storage nothing is marked and nothing breaks', () => {
  const mark = new AccountsMark(() => {
    throw new Error('no storage here')
  })
  mark.set()
  mark.clear()
  expect(mark.isSet).toBe(false)
})
