import { describe, expect, test } from 'vitest'
import { FairQueue, type FairQueueLimits } from '../../src/onion/fair-queue.ts'

const usual: FairQueueLimits = { turnMs: 5, maxQueuedPerSide: 1000, maxQueuedBytes: 1_000_000, maxQueueMs: 1000 }

/** A queue in a time of its own, in which a job takes a millisecond. */
function bench(limits: Partial<FairQueueLimits> = {}, shareOf?: (side: string) => number) {
  let now = 0
  let deferred: (() => void)[] = []
  const done: string[] = []
  const ports = { now: () => now, defer: (run: () => void) => void deferred.push(run) }
  const queue = new FairQueue<string>({ ...usual, ...limits }, ports, shareOf)
  const send = (side: string, bytes = 0): boolean => {
    const running = queue.run(side, bytes, async () => {
      now += 1
      done.push(side)
    })
    return running !== undefined
  }
  return {
    queue,
    done,
    send,
    flood: (side: string, count: number): number =>
      Array.from({ length: count }, () => send(side)).filter(Boolean).length,
    /** What the event loop does when it has taken all that came. */
    turn: (): void => {
      const due = deferred
      deferred = []
      for (const run of due) run()
    },
    wait: (ms: number): void => {
      now += ms
    },
    count: (side: string): number => done.filter(each => each === side).length,
  }
}

test('while there is time, jobs run as they come', () => {
  const { send, done, queue } = bench()
  for (const side of ['a', 'b', 'a']) send(side)
  expect(done).toEqual(['a', 'b', 'a'])
  expect(queue.size).toBe(0)
})

test('a turn ends after its time, and the next one goes on', () => {
  const { flood, done, queue, turn } = bench()
  flood('a', 12)
  expect([done.length, queue.size]).toEqual([5, 7])
  turn()
  expect([done.length, queue.size]).toEqual([10, 2])
  turn()
  expect([done.length, queue.size]).toEqual([12, 0])
  turn()
  expect(flood('a', 5)).toBe(5)
  expect(queue.size).toBe(0)
})

test('after a pause there is time again', () => {
  const { flood, wait, turn, send, queue } = bench()
  flood('a', 6)
  turn()
  wait(100)
  turn()
  send('a')
  expect(queue.size).toBe(0)
})

describe('who floods waits behind itself', () => {
  test('another one is served in turn with it', () => {
    const { flood, turn, done } = bench()
    flood('flood', 500)
    flood('other', 10)
    for (let turns = 0; turns < 5; turns++) turn()
    expect(done.slice(5, 25)).toEqual(Array.from({ length: 20 }, (_, at) => (at % 2 === 0 ? 'flood' : 'other')))
  })

  test('so are many others, however the turns are cut', () => {
    const { flood, turn, count, queue } = bench({ turnMs: 3 })
    flood('flood', 900)
    const others = Array.from({ length: 20 }, (_, at) => `other ${at}`)
    for (const other of others) flood(other, 5)
    for (let turns = 0; turns < 42; turns++) turn()
    expect(others.map(count)).toEqual(others.map(() => 5))
    expect(count('flood')).toBeLessThan(35)
    while (queue.size > 0) turn()
    expect(count('flood')).toBe(900)
  })

  test('large ones count for more', () => {
    const { send, flood, turn, count } = bench({ maxQueuedBytes: 1e9 })
    flood('small', 5)
    for (let sent = 0; sent < 100; sent++) {
      send('large', 98_304)
      send('small')
    }
    for (let turns = 0; turns < 10; turns++) turn()
    expect(count('large')).toBeGreaterThanOrEqual(10)
    expect(count('small') - 5).toBeGreaterThanOrEqual(36)
  })

  test('shares are kept', () => {
    const { flood, turn, count } = bench({}, side => (side === 'clients' ? 4 : 1))
    for (const side of ['first', 'clients', 'node']) flood(side, 300)
    for (let turns = 0; turns < 20; turns++) turn()
    expect(count('clients')).toBeGreaterThanOrEqual(64)
    expect(count('clients')).toBeLessThanOrEqual(68)
    expect(count('node')).toBeGreaterThanOrEqual(15)
  })
})

describe('what waits has a bound', () => {
  test('of each side', () => {
    const { flood, send } = bench({ maxQueuedPerSide: 10 })
    expect(flood('a', 30)).toBe(15)
    expect(send('b')).toBe(true)
  })

  test('of all together, in bytes', () => {
    const { flood, send, turn } = bench({ maxQueuedBytes: 10_000 })
    flood('a', 5)
    expect([send('a', 9000), send('b', 9000), send('c')]).toEqual([true, false, true])
    turn()
    expect(send('b', 9000)).toBe(true)
  })

  test('in time: the newest are refused first', () => {
    const { flood, send, wait, turn, count } = bench()
    flood('a', 20)
    wait(1001)
    expect([send('a'), send('b')]).toEqual([false, true])
    turn()
    expect([count('a'), count('b')]).toEqual([9, 1])
    expect(send('a')).toBe(false)
    while (count('a') < 20) turn()
    expect(send('a')).toBe(true)
  })
})

test('a job that fails is the matter of who asked for it', async () => {
  const { queue, flood, turn, send, done } = bench()
  flood('a', 5)
  const failing = queue.run('a', 0, () => Promise.reject(new Error('no')))
  send('a')
  turn()
  await expect(failing).rejects.toThrow('no')
  expect(done).toHaveLength(6)
})
