import { expect, test } from 'vitest'
import { newestOf } from '../support/friends.ts'
import { expectExchanged, killAtEachStep, type KilledFriends, killedFriends } from '../support/killed-friends.ts'
import { pngOf } from '../support/pictures.ts'
import { type Person } from '../support/world.ts'

const files = [pngOf(1, 2), pngOf(3, 4)]

/** The screen repeats what it was not told of. What was staged is forgotten with the program, and then chosen anew. */
async function sendForCertain(person: Person, conversation: string): Promise<void> {
  const attachments: number[] = []
  for (const bytes of files) {
    attachments.push((await person.api.command('attachments.stage', { conversation, bytes })).id)
  }
  await person.api.command('messages.send', { id: 'files', conversation, body: 'Look', attachments })
}

async function expectFiles(friends: KilledFriends): Promise<void> {
  await friends.world.run(30_000)
  await expectExchanged(friends, { files, onServer: 2, onDisk: 2 })
}

async function killSender(steps: number): Promise<boolean> {
  const friends = await killedFriends(steps, 'alice')
  const { alice, bob, killer, world } = friends
  killer.arm(steps)
  const sending = sendForCertain(alice, bob.id).catch(() => undefined)
  await world.run(5000)
  await sending
  if (!killer.hasKilled) return false
  await alice.revive()
  await world.run(100)
  const { messages } = await alice.api.query('messages.page', { conversation: bob.id })
  if (!messages.some(({ body }) => body === 'Look')) await sendForCertain(alice, bob.id)
  await expectFiles(friends)
  await world.close()
  return true
}

test('no file is lost and none comes twice, wherever the sender is killed', async () => {
  expect(await killAtEachStep(killSender)).toBeGreaterThan(30)
})

async function killReceiver(steps: number): Promise<boolean> {
  const friends = await killedFriends(steps, 'bob')
  const { alice, bob, killer, world } = friends
  killer.arm(steps)
  await sendForCertain(alice, bob.id)
  await world.run(5000)
  const { hasKilled } = killer
  if (hasKilled) await bob.revive()
  await expectFiles(friends)
  await world.close()
  return hasKilled
}

test('nor wherever the receiver is killed', async () => {
  expect(await killAtEachStep(killReceiver)).toBeGreaterThan(15)
})

test('nothing is left of what was deleted, wherever the program is killed', async () => {
  const killDeleting = async (steps: number): Promise<boolean> => {
    const { alice, bob, killer, world } = await killedFriends(steps, 'alice')
    await sendForCertain(alice, bob.id)
    await world.run(5000)
    const { id } = await newestOf(alice, bob.id)
    killer.arm(steps)
    await alice.api.command('deletion.delete', { messages: [id], scope: 'here' }).catch(() => undefined)
    await world.run(60_000)
    const { hasKilled } = killer
    if (hasKilled) await alice.revive()
    if ((await newestOf(alice, bob.id)).deleted === 'no') {
      await alice.api.command('deletion.delete', { messages: [id], scope: 'here' })
    }
    await world.run(60_000)
    expect(await alice.blobs.list()).toEqual([])
    await world.close()
    return hasKilled
  }
  expect(await killAtEachStep(killDeleting)).toBeGreaterThan(5)
})
