import { namespaces } from '@sotto/protocol/storage'
import { expect, test } from 'vitest'
import { Killer } from '../support/killer.ts'
import { World } from '../support/world.ts'

test('a full disk loses nothing: all goes on when there is room again', async () => {
  const world = new World()
  const alice = world.person('Alice')
  const disk = new Killer()
  const bob = world.person('Bob', { killer: disk })
  await alice.send(bob.id, 'one')
  await world.run()
  await bob.send(alice.id, 'two')
  disk.isFull = true
  await alice.send(bob.id, 'three')
  await world.run(60_000)
  await expect(bob.send(alice.id, 'not kept')).rejects.toThrow('disk full')
  disk.isFull = false
  await world.run(3_600_000)
  await bob.send(alice.id, 'four')
  await world.run(60_000)
  expect(new Set(await bob.texts(alice.id))).toEqual(new Set(['one', 'two', 'three', 'four']))
  expect(await alice.texts(bob.id)).toEqual(await bob.texts(alice.id))
  expect(bob.reported.every(error => String(error).includes('disk full'))).toBe(true)
})

test('a swarm that is replaced brings everything again, and nothing shows twice', async () => {
  const world = new World()
  const alice = world.person('Alice')
  const bob = world.person('Bob', { limits: { inboxChunk: 2 } })
  for (const body of ['one', 'two', 'three']) await alice.send(bob.id, body)
  await world.run(5000)
  await alice.send(bob.id, 'four')
  await world.run(5000)
  world.network.rearrange(bob.client.accountId, namespaces.inbox, messages => messages.slice(0, 3).toReversed())
  await alice.send(bob.id, 'five')
  await world.run(5000)
  expect(await bob.texts(alice.id)).toEqual(['one', 'two', 'three', 'four', 'five'])
  expect(await bob.api.query('requests.list')).toMatchObject([{ unreadCount: 5 }])
})

test('after three days without a network everything goes out and comes in', async () => {
  const world = new World()
  const alice = world.person('Alice')
  const bob = world.person('Bob')
  await alice.send(bob.id, 'hello')
  await world.run()
  await bob.send(alice.id, 'hello')
  await world.run()
  bob.device.isOnline = false
  const expected = ['hello', 'hello']
  for (let day = 0; day < 3; day++) {
    await alice.send(bob.id, `to ${day}`)
    await world.run(1000)
    await bob.send(alice.id, `from ${day}`)
    expected.push(`to ${day}`, `from ${day}`)
    await world.run(86_400_000)
  }
  bob.device.goOnline()
  await world.run(10_000)
  expect(await bob.texts(alice.id)).toEqual(expected)
  expect(await alice.texts(bob.id)).toEqual(expected)
  expect(bob.reported).toEqual([])
})

test('a client that stops in the middle of a request ends in order, and goes on at the next start', async () => {
  const world = new World()
  const alice = world.person('Alice')
  const bob = world.person('Bob')
  for (const body of ['one', 'two', 'three']) await alice.send(bob.id, body)
  await world.run(12) // the first one is on its way
  await alice.restart()
  await world.run(5000)
  expect(await bob.texts(alice.id)).toEqual(['one', 'two', 'three'])
  expect(alice.reported).toEqual([])
})
