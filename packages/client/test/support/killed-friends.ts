import { expect } from 'vitest'
import { newestOf } from './friends.ts'
import { Killer } from './killer.ts'
import { type Person, World } from './world.ts'

/** Two people who write to each other, one of whose programs is killed at some step. */
export interface KilledFriends {
  /** Which one that is. */
  readonly steps: number
  readonly world: World
  readonly alice: Person
  readonly bob: Person
  readonly killer: Killer
}

/** The killer is not armed yet. */
export async function killedFriends(
  steps: number,
  who: 'alice' | 'bob',
  killer: Killer = new Killer(),
): Promise<KilledFriends> {
  const world = new World(steps)
  const alice = world.person('Alice', who === 'alice' ? { killer } : {})
  const bob = world.person('Bob', who === 'bob' ? { killer } : {})
  await alice.send(bob.id, 'Hello')
  await world.run()
  await bob.send(alice.id, 'Hello')
  await world.run()
  return { steps, world, alice, bob, killer }
}

/** What came of the message "Look" with its files. */
export interface Exchanged {
  readonly files: readonly Uint8Array[]
  /** How many blobs are there: whatever was brought twice has the same bytes. */
  readonly onServer: number
  /** Of each of the two. */
  readonly onDisk: number
}

/** Alice has sent it, Bob has it, once and whole, and nothing else is anywhere. */
export async function expectExchanged(friends: KilledFriends, { files, onDisk, onServer }: Exchanged): Promise<void> {
  const { alice, bob, steps, world } = friends
  const [here, there] = [await newestOf(alice, bob.id), await newestOf(bob, alice.id)]
  const statesOf = ({ attachments }: typeof here): readonly string[] => attachments.map(({ state }) => state)
  const isSame = async ({ id }: { readonly id: number }, index: number): Promise<boolean> =>
    Buffer.compare(await bob.api.command('attachments.read', { attachment: id }), files[index] ?? Buffer.alloc(0)) === 0
  expect({
    steps,
    sent: [here.body, here.state, ...statesOf(here)],
    received: [there.body, ...statesOf(there)],
    areSame: await Promise.all(there.attachments.map(isSame)),
    messages: (await bob.texts(alice.id)).length,
    onServer: world.network.files.files.size,
    onDisks: [(await alice.blobs.list()).length, (await bob.blobs.list()).length],
    reported: [...alice.reported, ...bob.reported],
  }).toEqual({
    steps,
    sent: ['Look', 'sent', ...files.map(() => 'here')],
    received: ['Look', ...files.map(() => 'here')],
    areSame: files.map(() => true),
    messages: 3,
    onServer,
    onDisks: [onDisk, onDisk],
    reported: [],
  })
}

/** Tries each step in turn until one is not reached any more; how many there are. */
export async function killAtEachStep(isReached: (steps: number) => Promise<boolean>): Promise<number> {
  let steps = 1
  while (await isReached(steps)) steps += 1
  return steps
}
