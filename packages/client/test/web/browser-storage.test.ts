import { expect, test } from 'vitest'
import { keepStorage, storageRoom } from '@sotto/client/web'

/** A browser that has agreed before, or answers when it is asked. */
function browser(agreedBefore: boolean, agrees: boolean) {
  const asked: string[] = []
  return {
    asked,
    persisted: async () => agreedBefore,
    persist: async () => {
      asked.push('persist')
      return agrees
    },
    estimate: async () => ({ usage: 7 }),
  }
}

test('a browser is asked to keep data, unless it does so already', async () => {
  const kept = browser(true, false)
  expect(await keepStorage(kept)).toBe(true)
  expect(kept.asked).toEqual([])
  expect(await keepStorage(browser(false, true))).toBe(true)
  expect(await keepStorage(browser(false, false))).toBe(false)
  expect(await storageRoom(kept)).toEqual({ usedBytes: 7, quotaBytes: 0 })
})
