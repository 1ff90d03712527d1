import { LARGE_CHUNK_BYTES } from '@sotto/protocol/attachment'
import { expect, test } from 'vitest'
import { stageLarge, stagePiece } from '../../src/attachments/stage-large.ts'
import { newestOf } from '../support/friends.ts'
import { expectExchanged, killAtEachStep, type KilledFriends, killedFriends } from '../support/killed-friends.ts'
import { Killer } from '../support/killer.ts'
import { type Person, type World } from '../support/world.ts'

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

/** In steps: a chunk takes more turns than a clock waits for. */
async function pass(world: World, ms: number): Promise<void> {
  for (let step = 0; step < 10; step++) await world.run(ms / 10)
}

async function download(bob: Person, conversation: string): Promise<void> {
  const [attachment] = (await newestOf(bob, conversation)).attachments
  await bob.api.command('attachments.download', { attachment: attachment?.id ?? 0 })
}

/** The large ones have too many parts for each to be a step. */
async function friendsOf(steps: number, who: 'alice' | 'bob'): Promise<KilledFriends> {
  return killedFriends(steps, who, new Killer({ hasParts: false }))
}

/** Two chunks and a manifest. */
async function expectLarge(friends: KilledFriends): Promise<void> {
  await pass(friends.world, 30_000)
  await expectExchanged(friends, { files: [file], onServer: 3, onDisk: 2 })
}

async function killSender(steps: number): Promise<boolean> {
  const friends = await friendsOf(steps, 'alice')
  const { alice, bob, killer, world } = friends
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
  await expectLarge(friends)
  await world.close()
  return true
}

/** Each step is a world of its own with some MB in it. */
const patient = { timeout: 180_000 }

test('no large file is lost and none comes twice, wherever the sender is killed', patient, async () => {
  expect(await killAtEachStep(killSender)).toBeGreaterThan(25)
})

async function killReceiver(steps: number): Promise<boolean> {
  const friends = await friendsOf(steps, 'bob')
  const { alice, bob, killer, world } = friends
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
  await expectLarge(friends)
  await world.close()
  return true
}

test('nor wherever the receiver is killed', patient, async () => {
  expect(await killAtEachStep(killReceiver)).toBeGreaterThan(15)
})
