import { expect, test } from 'vitest'
import { type Feature } from '../../src/engine/feature.ts'
import { World } from '../support/world.ts'
import { EngineBench } from '../support/engine-bench.ts'

test('a feature that fails loses nothing: its message is kept raw, and tried again at the next start', async () => {
  let isBroken = true
  const taken: string[] = []
  const feature: Feature = {
    name: 'test',
    content: {
      message: (tx, { content }) => {
        tx.run("INSERT INTO settings (name, value) VALUES (?, '1')", content.body ?? '')
        if (isBroken && content.body === 'bad') throw new Error('on purpose')
        taken.push(content.body ?? '')
      },
    },
  }
  const bench = new EngineBench([feature])
  const { context } = bench.start()
  const { store, outbox, own } = context
  for (const body of ['good', 'bad', 'fine']) {
    store.write(tx => {
      const content = { kind: 'message', body, attachments: [], sentAt: context.nextSentAt(tx) } as const
      outbox.enqueue(tx, { content, recipient: own, copy: false })
      tx.run('DELETE FROM seen') // as if another device had sent it
    })
  }
  await bench.clock.advance(1000)
  const names = (): unknown => store.read(reader => reader.all('SELECT name FROM settings').map(({ name }) => name))
  const raw = (): unknown => store.read(reader => reader.all('SELECT reason FROM raw_messages'))
  expect(taken).toEqual(['good', 'fine'])
  expect(names()).toEqual(['fine', 'good'])
  expect(raw()).toEqual([{ reason: 'not-applied' }])
  expect(bench.reported.map(String)).toEqual(['Error: on purpose'])
  isBroken = false
  await bench.stop()
  bench.start()
  await bench.clock.advance(1000)
  expect(taken).toEqual(['good', 'fine', 'bad'])
  expect(raw()).toEqual([])
})

test('each message comes once from three members, page by page', async () => {
  const world = new World()
  const alice = world.person('Alice')
  const bob = world.person('Bob', { limits: { inboxChunk: 7, requestMessages: 1000 } })
  await world.run()
  await bob.stop()
  for (let count = 0; count < 210; count++) await alice.send(bob.knownId, `${count}`)
  await world.run(20_000)
  bob.start()
  await world.run(20_000)
  const row = await bob.api.query('conversations.get', { conversation: alice.id })
  expect(row?.unreadCount).toBe(210)
  await alice.send(bob.id, 'one more')
  await world.run()
  await alice.send(bob.id, 'and another')
  await world.run()
  const cursors = bob.client.context.store.read(reader => reader.all('SELECT hash FROM cursors'))
  expect(cursors).toHaveLength(3)
})
