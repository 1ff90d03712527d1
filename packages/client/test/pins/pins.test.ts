import { expect, test } from 'vitest'
import { makeFriends, newestOf, rowsOf } from '../support/friends.ts'
import { type Person } from '../support/world.ts'

async function pinned(person: Person, conversation: string): Promise<readonly (string | undefined)[]> {
  return (await person.api.query('messages.pinned', { conversation })).map(({ body }) => body)
}

test('what is pinned is found again, the newest pin first, also after a restart', async () => {
  const { alice, bob, world } = await makeFriends()
  const [hello] = await rowsOf(alice, bob.id)
  const message = hello?.id ?? 0
  const later = await alice.send(bob.id, 'the address is 5 Elm Street')
  const answers: number[] = []
  alice.api.watch('messages.pinned', { conversation: bob.id }, { onResult: rows => answers.push(rows.length) })
  await alice.api.command('messages.pin', { message: later, pinned: true })
  for (let time = 0; time < 2; time++) await alice.api.command('messages.pin', { message, pinned: true })
  await world.run()
  await alice.restart()
  expect(await pinned(alice, bob.id)).toEqual(['Hello, Bob', 'the address is 5 Elm Street'])
  expect((await rowsOf(alice, bob.id)).map(row => row.pinned)).toEqual([true, false, false, true])
  expect([answers[0], answers.at(-1)]).toEqual([0, 2])
  for (let time = 0; time < 2; time++) await alice.api.command('messages.pin', { message: later, pinned: false })
  expect(await pinned(alice, bob.id)).toEqual(['Hello, Bob'])
  expect(await pinned(bob, alice.id)).toEqual([])
})

test('a message that goes is pinned no more, and whoever looks is told', async () => {
  const { alice, bob, world } = await makeFriends()
  const ids = [await alice.send(bob.id, 'one'), await alice.send(bob.id, 'two'), await alice.send(bob.id, 'three')]
  for (const message of ids) await alice.api.command('messages.pin', { message, pinned: true })
  const answers: (readonly (string | undefined)[])[] = []
  alice.api.watch(
    'messages.pinned',
    { conversation: bob.id },
    { onResult: rows => answers.push(rows.map(({ body }) => body)) },
  )
  await world.run()
  await alice.api.command('deletion.delete', { messages: ids.slice(0, 1), scope: 'here' })
  await world.run()
  expect(answers.at(-1)).toEqual(['three', 'two'])
  await world.until(alice.api.command('deletion.delete', { messages: ids.slice(1, 2), scope: 'everywhere' }))
  await world.run()
  expect(answers.at(-1)).toEqual(['three'])
  await alice.api.command('conversations.clear', { conversation: bob.id })
  await world.run()
  expect(answers.at(-1)).toEqual([])
})

test('only messages are pinned, and 50 of a conversation', async () => {
  const { alice, bob, world } = await makeFriends()
  const pin = async (message: number) => alice.api.command('messages.pin', { message, pinned: true })
  const line = (await rowsOf(bob, alice.id)).find(({ kind }) => kind === 'request-accepted')
  await expect(bob.api.command('messages.pin', { message: line?.id ?? 0, pinned: true })).rejects.toThrow(
    'client.not-pinnable',
  )
  const gone = await alice.send(bob.id, 'gone')
  await world.run()
  await alice.api.command('deletion.delete', { messages: [gone], scope: 'here' })
  await expect(pin(gone)).rejects.toThrow('client.not-pinnable')
  await expect(pin(999)).rejects.toThrow('client.unknown-message')
  for (let count = 0; count < 50; count++) await pin(await alice.send(bob.id, `${count}`))
  const one = (await newestOf(alice, bob.id)).id
  const more = await alice.send(bob.id, 'one too many')
  await expect(pin(more)).rejects.toThrow('client.too-many-pins')
  await pin(one)
  await pin(await alice.send(alice.id, 'elsewhere'))
  await alice.api.command('messages.pin', { message: one, pinned: false })
  await pin(more)
  expect(await pinned(alice, bob.id)).toHaveLength(50)
})
