import { LARGE_CHUNK_BYTES } from '@sotto/protocol/attachment'
import { expect, test } from 'vitest'
import { stageLarge, stagePiece } from '../../src/attachments/stage-large.ts'
import { newestOf } from '../support/friends.ts'
import { Killer } from '../support/killer.ts'
import { type Person, World } from '../support/world.ts'

/** The smallest that has two chunks: so small ones go in chunks only here. */
const file = Buffer.alloc(LARGE_CHUNK_BYTES + 1000, 'large file ')

async function send(person: Person, conversation: Person['client']['accountId']): Promise<void> {
  const { context } = person.client
  const chosen = { conversation, sizeBytes: file.length, name: 'a.bin' }
  const { id: attachment } = context.store.write(tx => stageLarge(tx, chosen, context))
  for (let offset = 0; offset < file.length; offset += LARGE_CHUNK_BYTES) {
    const bytes = new Uint8Array(file.subarray(offset, offset + LARGE_CHUNK_BYTES))
    await stagePiece({ attachment, offset, bytes }, context)
  }
  const message = { id: 'large', conversation, body: 'Look', attachments: [attachment] }
  await person.api.command('messages.send', message)
}

async function friendsOf(steps: number, who: 'alice' | 'bob'): Promise<readonly [World, Person, Person, Killer]> {
  const killer = new Killer({ hasParts: false })
  const world = new World(steps)
  const alice = world.person('Alice', who === 'alice' ? { killer } : {})
  const bob = world.person('Bob', who === 'bob' ? { killer } : {})
  await alice.send(bob.id, 'Hello')
  await world.run()
  await bob.send(alice.id, 'Hello')
  await world.run()
  return [world, alice, bob, killer]
}

/** In steps: a chunk takes more turns than a clock waits for. */
async function pass(world: World, ms: number): Promise<void> {
  for (let step = 0; step < 10; step++) await world.run(ms / 10)
}

async function download(bob: Person, conversation: string): Promise<void> {
  const [attachment] = (await newestOf(bob, conversation)).attachments
  await bob.api.command('attachments.download', { attachment: attachment?.id ?? 0 })
}

async function expectExchanged(steps: number, world: World, alice: Person, bob: Person): Promise<void> {
  await pass(world, 30_000)
  const [here, there] = [await newestOf(alice, bob.id), await newestOf(bob, alice.id)]
  const [attachment] = there.attachments
  const bytes = await bob.api.command('attachments.read', { attachment: attachment?.id ?? 0 })
  expect({
    steps,
    sent: [here.body, here.state, ...here.attachments.map(({ state }) => state)],
    received: [there.body, ...there.attachments.map(({ state }) => state)],
    isSame: Buffer.compare(bytes, file) === 0,
    messages: (await bob.texts(alice.id)).length,
    // Two chunks and a manifest: whatever was brought twice has the same bytes.
    onServer: world.network.files.files.size,
    onDisks: [(await alice.blobs.list()).length, (await bob.blobs.list()).length],
    reported: [...alice.reported, ...bob.reported],
  }).toEqual({
    steps,
    sent: ['Look', 'sent', 'here'],
    received: ['Look', 'here'],
    isSame: true,
    messages: 3,
    onServer: 3,
    onDisks: [2, 2],
    reported: [],
  })
}

async function killSender(steps: number): Promise<boolean> {
  const [world, alice, bob, killer] = await friendsOf(steps, 'alice')
  killer.arm(steps)
  await send(alice, bob.client.accountId).catch(() => undefined)
  await pass(world, 3000)
  if (!killer.hasKilled) return false
  await alice.revive()
  await world.run(100)
  // The screen repeats what it was not told of. What was staged is forgotten with the program, and then chosen anew.
  if ((await newestOf(alice, bob.id)).body !== 'Look') await send(alice, bob.client.accountId)
  await pass(world, 10_000)
  await download(bob, alice.id)
  await expectExchanged(steps, world, alice, bob)
  await world.close()
  return true
}

/** Each step is a world of its own with some MB in it. */
const patient = { timeout: 180_000 }

test('no large file is lost and none comes twice, wherever the sender is killed', patient, async () => {
  let steps = 1
  while (await killSender(steps)) steps += 1
  expect(steps).toBeGreaterThan(25)
})

async function killReceiver(steps: number): Promise<boolean> {
  const [world, alice, bob, killer] = await friendsOf(steps, 'bob')
  await send(alice, bob.client.accountId)
  await pass(world, 3000)
  killer.arm(steps)
  await download(bob, alice.id).catch(() => undefined)
  await pass(world, 3000)
  if (!killer.hasKilled) return false
  await bob.revive()
  await world.run(100)
  const [attachment] = (await newestOf(bob, alice.id)).attachments
  if (attachment?.state === 'stopped') await download(bob, alice.id)
  await expectExchanged(steps, world, alice, bob)
  await world.close()
  return true
}

test('nor wherever the receiver is killed', patient, async () => {
  let steps = 1
  while (await killReceiver(steps)) steps += 1
  expect(steps).toBeGreaterThan(15)
})
