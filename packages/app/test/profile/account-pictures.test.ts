import { expect, test } from 'vitest'
import { AccountPictures, type PictureRow } from '../../src/profile/account-pictures.ts'

const ids = Array.from({ length: 600 }, (_, at) => `05${at.toString(16).padStart(64, '0')}`)
const [ada = '', bob = ''] = ids

/** A client whose answers come when the test says so. */
function scripted() {
  const asked: (readonly string[])[] = []
  const urls = new Set<string>()
  const loads: { readonly account: string; readonly finish: (isFound?: boolean) => Promise<void> }[] = []
  const soon: (() => void)[] = []
  let onRows: (rows: readonly PictureRow[]) => void = () => undefined
  let watches = 0
  const pictures = new AccountPictures({
    watch: (accounts, tell) => {
      asked.push(accounts)
      onRows = tell
      watches += 1
      return () => void (watches -= 1)
    },
    load: async account => {
      const { promise, resolve } = Promise.withResolvers<string | undefined>()
      const finish = async (isFound = true): Promise<void> => {
        const url = `blob:${account.slice(-4)}-${loads.length}-${urls.size}`
        if (isFound) urls.add(url)
        resolve(isFound ? url : undefined)
        await new Promise(done => setImmediate(done))
      }
      loads.push({ account, finish })
      return promise
    },
    revoke: url => expect(urls.delete(url)).toBe(true),
    soon: run => void soon.push(run),
  })
  const flush = (): void => soon.splice(0).forEach(run => run())
  return {
    pictures,
    asked,
    urls,
    loads,
    flush,
    tell: (rows: readonly PictureRow[]) => onRows(rows),
    watches: () => watches,
  }
}

test('all that is shown at once is one question', () => {
  const { pictures, asked, flush, watches } = scripted()
  for (const id of [ada, bob, ada]) pictures.subscribe(id, () => undefined)
  expect(asked).toEqual([])
  flush()
  expect(asked).toEqual([[ada, bob]])
  pictures.subscribe(bob, () => undefined)
  flush()
  expect([asked.length, watches()]).toEqual([1, 1])
})

test('whoever is no account has no picture', () => {
  const { pictures, asked, flush } = scripted()
  for (const id of ['slot-1', '05f3', `15${'0'.repeat(64)}`]) pictures.subscribe(id, () => undefined)
  flush()
  expect(asked).toEqual([])
})

test('a picture comes, changes and goes, and nothing of it stays', async () => {
  const { pictures, urls, loads, flush, tell } = scripted()
  let changes = 0
  pictures.subscribe(ada, () => void (changes += 1))
  flush()
  tell([{ account: ada, file: undefined }])
  expect([loads.length, changes]).toEqual([0, 0])
  tell([{ account: ada, file: 1 }])
  tell([{ account: ada, file: 1 }])
  expect(loads).toHaveLength(1)
  await loads[0]?.finish()
  const first = pictures.peek(ada)
  expect([changes, urls.has(first ?? '')]).toEqual([1, true])
  tell([{ account: ada, file: 2 }])
  expect(pictures.peek(ada)).toBe(first)
  await loads[1]?.finish()
  expect([...urls]).toEqual([pictures.peek(ada)])
  expect(pictures.peek(ada)).not.toBe(first)
  tell([{ account: ada, file: undefined }])
  expect([pictures.peek(ada), urls.size, changes]).toEqual([undefined, 0, 3])
})

test('the newest picture wins, whichever is read first', async () => {
  const { pictures, urls, loads, flush, tell } = scripted()
  pictures.subscribe(ada, () => undefined)
  flush()
  tell([{ account: ada, file: 1 }])
  tell([{ account: ada, file: 2 }])
  await loads[1]?.finish()
  const newest = pictures.peek(ada)
  await loads[0]?.finish()
  expect(pictures.peek(ada)).toBe(newest)
  expect([...urls]).toEqual([newest])
})

test('a picture that can’t be read is none', async () => {
  const { pictures, loads, flush, tell } = scripted()
  pictures.subscribe(ada, () => undefined)
  flush()
  tell([{ account: ada, file: 1 }])
  await loads[0]?.finish(false)
  expect(pictures.peek(ada)).toBe(undefined)
})

test('closing gives every picture back, also one that is on its way', async () => {
  const { pictures, urls, loads, flush, tell, watches } = scripted()
  for (const id of [ada, bob]) pictures.subscribe(id, () => undefined)
  flush()
  tell([ada, bob].map(account => ({ account, file: 1 })))
  await loads[0]?.finish()
  pictures.close()
  await loads[1]?.finish()
  expect([urls.size, watches()]).toEqual([0, 0])
})

test('of many, those who are not shown any more are forgotten first', () => {
  const { pictures, asked, flush } = scripted()
  const ends = ids.map(id => pictures.subscribe(id, () => undefined))
  flush()
  expect(asked[0]).toHaveLength(600)
  for (const end of ends.slice(1, 300)) end()
  pictures.subscribe(`05${'f'.repeat(64)}`, () => undefined)
  flush()
  expect(asked[1]).toHaveLength(500)
  expect(asked[1]).toContain(ada)
  expect(asked[1]).not.toContain(bob)
})
