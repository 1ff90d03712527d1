import { type AccountId, parseAccountId } from '@sotto/protocol/account'
import { type TimedContent } from '@sotto/protocol/seal'
import { type MessageView } from '../../src/messages/views.ts'
import { type Person, World } from './world.ts'

/** Two people who have accepted each other, and a second device of the first one if wanted. */
export interface Friends {
  readonly world: World
  readonly alice: Person
  readonly bob: Person
}

/** Makes two people who have accepted each other. */
export async function makeFriends(seed = 1): Promise<Friends> {
  const world = new World(seed)
  const alice = world.person('Alice')
  const bob = world.person('Bob')
  await alice.send(bob.id, 'Hello, Bob')
  await world.run()
  await bob.send(alice.id, 'Hello, Alice')
  await world.run()
  return { world, alice, bob }
}

/** Another device of the same person. What was said before comes to it as well. */
export async function secondDevice(person: Person): Promise<Person> {
  const phrase = await person.api.command('account.recovery-phrase')
  const device = person.world.person('', { phrase })
  await person.world.run()
  return device
}

/** Everything of a conversation, oldest first. */
export async function rowsOf(person: Person, conversation: string): Promise<readonly MessageView[]> {
  return (await person.api.query('messages.page', { conversation, limit: 100 })).messages
}

/** The newest row of a conversation. */
export async function newestOf(person: Person, conversation: string): Promise<MessageView> {
  const newest = (await rowsOf(person, conversation)).at(-1)
  if (newest === undefined) throw new Error('nothing there')
  return newest
}

/** Sends something past all features and their rules, as another program could. Returns its time. */
export function sendRaw(
  person: Person,
  recipient: string,
  make: (sentAt: number) => TimedContent,
  copy = false,
): number {
  const { context } = person.client
  return context.store.write(tx => {
    const content = make(context.nextSentAt(tx))
    context.outbox.enqueue(tx, { content, recipient: parseAccountId(recipient), copy })
    return content.sentAt
  })
}

/** The id of a person, as protocol code has it. */
export function accountOf(person: Person): AccountId {
  return person.client.accountId
}
