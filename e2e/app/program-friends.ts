import { type RunningAccount } from '@sotto/client/node'
import { expect } from 'vitest'
import { type AppPerson, type PersonOptions, soon } from './app-person.ts'
import { type AppWorld } from './app-world.ts'

/** Ada, and Bob, who has no browser. */
export type ProgramFriends = readonly [ada: AppPerson, bob: RunningAccount]

/** Two who know each other: Ada has the conversation open with Bob, who is a program. */
export async function programFriends(world: AppWorld, options: PersonOptions = {}): Promise<ProgramFriends> {
  const [ada, bob] = await Promise.all([world.person('Ada', options), world.program('Bob', options)])
  await ada.write(bob.accountId, 'Hello Bob')
  await expect.poll(async () => (await bob.client.query('requests.count')).all, soon).toBe(1)
  await bob.client.command('requests.accept', { contact: ada.id })
  await bob.client.command('messages.send', { id: 'hello', conversation: ada.id, body: 'Hello Ada' })
  await ada.sees('Hello Ada')
  return [ada, bob]
}

/** Those two as the tests of a file share them; as `AppWorld.pair`. */
export async function programPair(world: AppWorld): Promise<ProgramFriends> {
  const [ada, bob] = await world.shared('program', async stay => programFriends(world, stay))
  await ada.startOver('Bob')
  return [ada, bob]
}
