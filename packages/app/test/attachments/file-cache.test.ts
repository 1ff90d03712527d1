import { expect, test } from 'vitest'
import { FileCache } from '../../src/attachments/file-cache.ts'

function aCache() {
  const live = new Set<string>()
  const later: (() => void)[] = []
  let made = 0
  const cache = new FileCache({
    createUrl: () => {
      made += 1
      live.add(`blob:${made}`)
      return `blob:${made}`
    },
    revokeUrl: url => void live.delete(url),
    after: (_, run) => later.push(run),
  })
  return { cache, live, later }
}

const small = async (): Promise<Blob> => new Blob(['x'])
const large = async (): Promise<Blob> => new Blob([new Uint8Array(20_000_000)])

test('what several show is read once', async () => {
  const { cache, live } = aCache()
  let reads = 0
  const load = async (): Promise<Blob> => {
    reads += 1
    return small()
  }
  const [one, two] = [cache.hold('a', load), cache.hold('a', load)]
  expect(await one.file).toBe(await two.file)
  expect([reads, live.size]).toEqual([1, 1])
  expect(cache.peek('a')).toBe(await one.file)
})

test('what nobody looks at stays for a while, the least recent goes first', async () => {
  const { cache, live } = aCache()
  const holds = ['a', 'b'].map(key => cache.hold(key, large))
  const [a, b] = await Promise.all(holds.map(async ({ file }) => file))
  holds[0]?.release()
  expect(live.has(a?.url ?? '')).toBe(true)
  holds[1]?.release()
  expect([live.has(a?.url ?? ''), live.has(b?.url ?? '')]).toEqual([false, true])
})

test('what is in use stays, however large', async () => {
  const { cache, live } = aCache()
  await Promise.all(['a', 'b', 'c'].map(async key => cache.hold(key, large).file))
  expect(live.size).toBe(3)
})

test('what could not be read is read anew for the next one', async () => {
  const { cache } = aCache()
  const failed = cache.hold('a', async () => Promise.reject(new Error('no')))
  await expect(failed.file).rejects.toThrow('no')
  failed.release()
  expect(await (await cache.hold('a', small).file).blob.text()).toBe('x')
})

test('three are read at a time, and what nobody waits for any more is not', async () => {
  const { cache } = aCache()
  const started: string[] = []
  const go: (() => void)[] = []
  const slow = (key: string) => async (): Promise<Blob> => {
    started.push(key)
    await new Promise<void>(resolve => go.push(resolve))
    return small()
  }
  const holds = ['a', 'b', 'c', 'd', 'e'].map(key => cache.hold(key, slow(key)))
  await Promise.resolve()
  await Promise.resolve()
  expect(started).toEqual(['a', 'b', 'c'])
  const unwanted = holds[3]?.file.then(
    () => 'read',
    () => 'left out',
  )
  holds[3]?.release()
  go[0]?.()
  expect(await unwanted).toBe('left out')
  await expect.poll(() => started).toEqual(['a', 'b', 'c', 'e'])
})

test('nothing stays when all is cleared, also of what was on its way', async () => {
  const { cache, live } = aCache()
  await cache.hold('a', small).file
  const late = cache.hold('b', small)
  cache.clear()
  await late.file
  await Promise.resolve()
  expect([live.size, cache.peek('a'), cache.peek('b')]).toEqual([0, undefined, undefined])
})

test('what nobody has looked at for a minute goes, unless somebody looks again', async () => {
  const { cache, later, live } = aCache()
  const [one, two] = [cache.hold('a', small), cache.hold('b', small)]
  await Promise.all([one.file, two.file])
  one.release()
  two.release()
  cache.hold('b', small)
  for (const run of later) run()
  expect([cache.peek('a'), cache.peek('b') === (await two.file), live.size]).toEqual([undefined, true, 1])
})
