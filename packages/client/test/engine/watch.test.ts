import { expect, test } from 'vitest'
import { World } from '../support/world.ts'

test('a watched query is answered now, and again when something that it read has changed', async () => {
  const world = new World()
  const alice = world.person('Alice')
  const bob = world.person('Bob')
  const answers: (readonly (string | undefined)[])[] = []
  const stop = alice.api.watch(
    'messages.page',
    { conversation: bob.id },
    { onResult: ({ messages }) => answers.push(messages.map(({ state }) => state)) },
  )
  expect(answers).toEqual([[]])
  await alice.send(bob.id, 'hello')
  await world.run()
  expect(answers.at(-1)).toEqual(['sent'])
  const count = answers.length
  await alice.api.command('account.set-name', { name: 'Alicia' })
  await world.run()
  expect(answers).toHaveLength(count)
  stop()
  await alice.send(bob.id, 'more')
  await world.run()
  expect(answers).toHaveLength(count)
})

test('many changes in one turn are one answer', async () => {
  const world = new World()
  const alice = world.person('Alice')
  let answers = 0
  alice.api.watch('account.get', undefined, { onResult: () => answers++ })
  const { store } = alice.client.context
  for (let count = 0; count < 10; count++) store.write(tx => tx.run('UPDATE profile SET name = ?', `${count}`))
  await world.run()
  expect(answers).toBe(2)
})

test('a burst of changes is answered now and then, the first one at once, and the last answer is of the last change', async () => {
  const world = new World()
  const alice = world.person('Alice')
  await world.run()
  const names: (string | undefined)[] = []
  alice.api.watch('account.get', undefined, { onResult: ({ name }) => names.push(name) })
  const { store } = alice.client.context
  for (let count = 1; count <= 100; count++) {
    store.write(tx => tx.run('UPDATE profile SET name = ?', `${count}`))
    await world.run(1)
    if (count === 1) expect(names).toEqual(['Alice', '1'])
  }
  await world.run(16)
  expect(names.at(-1)).toBe('100')
  expect(names.length).toBeLessThanOrEqual(2 + Math.ceil(100 / 16))
  expect(names.length).toBeGreaterThanOrEqual(100 / 17)
})

test('what waits for its turn is not answered once nobody watches', async () => {
  const world = new World()
  const alice = world.person('Alice')
  let answers = 0
  const stop = alice.api.watch('account.get', undefined, { onResult: () => (answers += 1) })
  for (const name of ['one', 'two']) await alice.api.command('account.set-name', { name })
  await world.run(1)
  const before = answers
  await alice.api.command('account.set-name', { name: 'three' })
  stop()
  await world.run()
  expect(answers).toBe(before)
})

test('a query that cannot be answered says why, and ends', async () => {
  const world = new World()
  const alice = world.person('Alice')
  const errors: unknown[] = []
  const watch = (name: string, args: unknown): void => {
    const onResult = (): never => {
      throw new Error('there is no result')
    }
    alice.client.watch(name, args, { onResult, onError: error => errors.push(error) })
  }
  watch('no.such', undefined)
  watch('messages.page', { conversation: 5 })
  await world.run()
  expect(errors.map(String)).toEqual([
    expect.stringContaining('client.unknown-query'),
    expect.stringContaining('client.bad-arguments'),
  ])
})

test('the state of the connection can be watched', async () => {
  const world = new World()
  const alice = world.person('Alice')
  const states: string[] = []
  alice.api.watch('connection.get', undefined, { onResult: ({ kind }) => states.push(kind) })
  await world.run()
  alice.device.isOnline = false
  world.network.wakeAll()
  await world.run()
  alice.device.goOnline()
  await world.run()
  expect(states).toEqual(['connecting', 'live', 'waiting', 'live'])
})

test('a listener that fails is its own problem', async () => {
  const world = new World()
  const alice = world.person('Alice')
  const names: (string | undefined)[] = []
  const broken = (): never => {
    throw new Error('on purpose')
  }
  alice.api.watch('account.get', undefined, { onResult: broken })
  alice.api.watch('account.get', undefined, { onResult: ({ name }) => names.push(name) })
  await alice.api.command('account.set-name', { name: 'Alicia' })
  await world.run()
  expect(names).toEqual(['Alice', 'Alicia'])
  expect(alice.reported.map(String)).toEqual(['Error: on purpose', 'Error: on purpose'])
})
