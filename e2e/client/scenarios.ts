import { expect } from 'vitest'
import { Person, soon } from './person.ts'
import { type World } from './world.ts'

/** What people do, the same wherever their accounts live. */
export interface Scenario {
  readonly name: string
  readonly run: (world: World) => Promise<void>
}

/** Every scenario; `node.test.ts` and `chromium.test.ts` run them all. */
export const scenarios: readonly Scenario[] = [
  { name: 'a request, its answer, and an exchange both ways', run: requestAndAnswer },
  { name: 'a reaction, and a message deleted for everyone', run: reactionAndDeletion },
  { name: 'a message that disappears', run: disappearing },
  { name: 'who is away gets everything when they are back, in order and once', run: away },
  { name: 'killed in the middle of sending: nothing is lost, nothing comes twice', run: killedSending },
  { name: 'killed while receiving: nothing is lost, nothing comes twice', run: killedReceiving },
  { name: 'lock, wrong passphrase, unlock, another passphrase', run: lockAndUnlock },
  { name: 'an account restored from its words hears from its friends', run: restored },
]

async function friends(world: World): Promise<readonly [ada: Person, bob: Person]> {
  const [ada, bob] = await Promise.all([Person.create(world, 'Ada'), Person.create(world, 'Bob')])
  await ada.say(bob, 'Hello Bob')
  await bob.sees(ada, ['Hello Bob'])
  await bob.say(ada, 'Hello Ada')
  await ada.sees(bob, ['Hello Bob', 'Hello Ada'])
  return [ada, bob]
}

async function requestAndAnswer(world: World): Promise<void> {
  const [ada, bob] = await Promise.all([Person.create(world, 'Ada'), Person.create(world, 'Bob')])
  const requests: number[] = []
  const stop = bob.client.watch('requests.list', undefined, { onResult: rows => requests.push(rows.length) })
  await ada.say(bob, 'Hello Bob')
  await expect.poll(() => requests.at(-1), soon).toBe(1)
  expect(await bob.client.query('requests.list')).toMatchObject([{ name: 'Ada' }])
  await bob.say(ada, 'Hello Ada')
  await ada.sees(bob, ['Hello Bob', 'Hello Ada'])
  await expect.poll(() => requests.at(-1), soon).toBe(0)
  stop()
  await ada.say(bob, 'How are you?')
  await bob.sees(ada, ['Hello Bob', 'Hello Ada', 'How are you?'])
}

async function reactionAndDeletion(world: World): Promise<void> {
  const [ada, bob] = await friends(world)
  const answer = (await ada.messages(bob)).findLast(({ outgoing }) => !outgoing)
  await ada.client.command('reactions.add', { message: answer?.id ?? 0, emoji: '❤' })
  const reactions = async (): Promise<unknown> =>
    (await bob.messages(ada)).flatMap(each => each.reactions.map(({ emoji }) => emoji))
  await expect.poll(reactions, soon).toEqual(['❤'])
  const last = await bob.say(ada, 'not for long')
  await ada.seesLast(bob, 'not for long')
  await bob.client.command('deletion.delete', { messages: [last], scope: 'everywhere' })
  await expect.poll(async () => (await ada.messages(bob)).at(-1)?.deleted, soon).toBe('everywhere')
}

async function disappearing(world: World): Promise<void> {
  const [ada, bob] = await friends(world)
  await bob.client.command('expiry.set', { conversation: ada.id, mode: 'after-read', timerSeconds: 10 })
  await bob.say(ada, 'gone in ten seconds')
  await ada.seesLast(bob, 'gone in ten seconds')
  await ada.client.command('conversations.mark-read', { conversation: bob.id })
  await ada.seesLast(bob, 'Hello Ada')
  await bob.seesLast(ada, 'Hello Ada')
}

async function away(world: World): Promise<void> {
  const [ada, bob] = await friends(world)
  await bob.place.leave()
  for (const body of ['two', 'three', 'four']) await ada.say(bob, body)
  await ada.hasSentAll(bob)
  await bob.place.comeBack()
  await bob.sees(ada, ['Hello Bob', 'Hello Ada', 'two', 'three', 'four'])
}

const many = Array.from({ length: 12 }, (_, index) => `number ${index}`)

async function killedSending(world: World): Promise<void> {
  const [ada, bob] = await friends(world)
  for (const body of many.slice(0, 6)) await ada.say(bob, body)
  const rest = Promise.allSettled(many.slice(6).map(async body => ada.say(bob, body)))
  await ada.place.kill()
  await rest
  await ada.place.comeBack()
  // Whoever was not told that it was taken says it again, with the same id.
  for (const body of many) await ada.say(bob, body)
  await ada.hasSentAll(bob)
  await bob.sees(ada, ['Hello Bob', 'Hello Ada', ...many])
  expect(await ada.texts(bob)).toEqual(['Hello Bob', 'Hello Ada', ...many])
}

async function killedReceiving(world: World): Promise<void> {
  const [ada, bob] = await friends(world)
  for (const body of many.slice(0, 6)) await ada.say(bob, body)
  await expect.poll(async () => (await bob.texts(ada)).length, soon).toBeGreaterThan(2)
  await bob.place.kill()
  for (const body of many.slice(6)) await ada.say(bob, body)
  await bob.place.comeBack()
  await bob.sees(ada, ['Hello Bob', 'Hello Ada', ...many])
}

async function lockAndUnlock(world: World): Promise<void> {
  const ada = await Person.create(world, 'Ada', { passphrase: 'right one', hint: 'not left' })
  const bob = await Person.create(world, 'Bob')
  await bob.say(ada, 'before')
  await ada.sees(bob, ['before'])
  const { slot } = ada.opened
  await ada.home.lock(slot)
  expect(await ada.home.list()).toMatchObject([{ slot, protection: 'passphrase', hint: 'not left' }])
  expect((await ada.home.list())[0]?.accountId).toBe(undefined)
  await expect(ada.texts(bob)).rejects.toMatchObject({ code: 'account.not-open' })
  await expect(ada.home.unlock(slot)).rejects.toMatchObject({ code: 'account.passphrase-needed' })
  await expect(ada.home.unlock(slot, 'left one')).rejects.toMatchObject({ code: 'account.wrong-passphrase' })
  await bob.say(ada, 'while it was locked')
  expect(await ada.home.unlock(slot, 'right one')).toEqual(ada.opened)
  await ada.sees(bob, ['before', 'while it was locked'])
  await ada.home.changePassphrase(slot, 'right one', 'next one')
  await ada.place.kill()
  await ada.place.comeBack()
  await expect(ada.home.unlock(slot, 'right one')).rejects.toMatchObject({ code: 'account.wrong-passphrase' })
  await ada.home.unlock(slot, 'next one')
  await ada.sees(bob, ['before', 'while it was locked'])
}

async function restored(world: World): Promise<void> {
  const [ada, bob] = await friends(world)
  const words = await ada.client.command('account.recovery-phrase')
  await ada.home.remove(ada.opened.slot)
  expect(await ada.home.list()).toEqual([])
  const again = await ada.home.restore(words)
  expect(again.accountId).toBe(ada.opened.accountId)
  await bob.say(ada, 'are you back?')
  const client = ada.home.account(again.slot)
  const bodies = async (): Promise<unknown> =>
    (await client.query('messages.page', { conversation: bob.id, limit: 100 })).messages.at(-1)?.body
  await expect.poll(bodies, soon).toBe('are you back?')
}
