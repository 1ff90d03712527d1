import { expect, test } from 'vitest'
import { newestOf } from '../support/friends.ts'
import { Killer } from '../support/killer.ts'
import { pngOf } from '../support/pictures.ts'
import { type Person, World } from '../support/world.ts'

const files = [pngOf(1, 2), pngOf(3, 4)]

/** The screen repeats what it was not told of. What was staged is forgotten with the program, and then chosen anew. */
async function sendForCertain(person: Person, conversation: string): Promise<void> {
  const attachments: number[] = []
  for (const bytes of files) {
    attachments.push((await person.api.command('attachments.stage', { conversation, bytes })).id)
  }
  await person.api.command('messages.send', { id: 'files', conversation, body: 'Look', attachments })
}

async function friendsOf(
  steps: number,
  who: 'alice' | 'bob',
  killer: Killer,
): Promise<readonly [World, Person, Person]> {
  const world = new World(steps)
  const alice = world.person('Alice', who === 'alice' ? { killer } : {})
  const bob = world.person('Bob', who === 'bob' ? { killer } : {})
  await alice.send(bob.id, 'Hello')
  await world.run()
  await bob.send(alice.id, 'Hello')
  await world.run()
  return [world, alice, bob]
}

async function expectExchanged(steps: number, world: World, alice: Person, bob: Person): Promise<void> {
  await world.run(30_000)
  const [here, there] = [await newestOf(alice, bob.id), await newestOf(bob, alice.id)]
  const statesOf = ({ attachments }: typeof here): readonly string[] => attachments.map(({ state }) => state)
  const read = async ({ id }: { readonly id: number }): Promise<Uint8Array> =>
    bob.api.command('attachments.read', { attachment: id })
  expect({
    steps,
    sent: [here.body, here.state, ...statesOf(here)],
    received: [there.body, ...statesOf(there)],
    bytes: await Promise.all(there.attachments.map(read)),
    messages: (await bob.texts(alice.id)).length,
    onServer: world.network.files.files.size,
    onDisks: [(await alice.blobs.list()).length, (await bob.blobs.list()).length],
    reported: [...alice.reported, ...bob.reported],
  }).toEqual({
    steps,
    sent: ['Look', 'sent', 'here', 'here'],
    received: ['Look', 'here', 'here'],
    bytes: files,
    messages: 3,
    onServer: 2,
    onDisks: [2, 2],
    reported: [],
  })
}

async function killSender(steps: number): Promise<boolean> {
  const killer = new Killer()
  const [world, alice, bob] = await friendsOf(steps, 'alice', killer)
  killer.arm(steps)
  const sending = sendForCertain(alice, bob.id).catch(() => undefined)
  await world.run(5000)
  await sending
  if (!killer.hasKilled) return false
  await alice.revive()
  await world.run(100)
  const { messages } = await alice.api.query('messages.page', { conversation: bob.id })
  if (!messages.some(({ body }) => body === 'Look')) await sendForCertain(alice, bob.id)
  await expectExchanged(steps, world, alice, bob)
  await world.close()
  return true
}

test('no file is lost and none comes twice, wherever the sender is killed', async () => {
  let steps = 1
  while (await killSender(steps)) steps += 1
  expect(steps).toBeGreaterThan(30)
})

async function killReceiver(steps: number): Promise<boolean> {
  const killer = new Killer()
  const [world, alice, bob] = await friendsOf(steps, 'bob', killer)
  killer.arm(steps)
  await sendForCertain(alice, bob.id)
  await world.run(5000)
  const { hasKilled } = killer
  if (hasKilled) await bob.revive()
  await expectExchanged(steps, world, alice, bob)
  await world.close()
  return hasKilled
}

test('nor wherever the receiver is killed', async () => {
  let steps = 1
  while (await killReceiver(steps)) steps += 1
  expect(steps).toBeGreaterThan(15)
})

test('nothing is left of what was deleted, wherever the program is killed', async () => {
  const killDeleting = async (steps: number): Promise<boolean> => {
    const killer = new Killer()
    const [world, alice, bob] = await friendsOf(steps, 'alice', killer)
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
  let steps = 1
  while (await killDeleting(steps)) steps += 1
  expect(steps).toBeGreaterThan(5)
})
