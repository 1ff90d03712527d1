import { expect, test } from 'vitest'
import { rowsOf } from '../support/friends.ts'
import { Killer } from '../support/killer.ts'
import { type Person, World } from '../support/world.ts'

/** What both sides should agree on, from whichever of them it is seen. */
async function agreed(person: Person, conversation: string, alice: string): Promise<readonly unknown[]> {
  const rows = await rowsOf(person, conversation)
  return rows
    .filter(({ kind }) => kind !== 'request-accepted')
    .map(({ body, data, deleted, expiry, kind, reactions, sender }) => ({
      from: sender === alice ? 'Alice' : 'Bob',
      shown: body ?? deleted,
      line: kind === 'expiry-change' ? data : undefined,
      reactions: reactions.map(({ emoji }) => emoji),
      timer: expiry?.timerSeconds,
    }))
}

/** What Alice does, each of it whatever became of the rest. */
async function doAll(alice: Person, bob: string, own: number, theirs: number): Promise<void> {
  const doing = [
    alice.api.command('reactions.add', { message: theirs, emoji: '👍' }),
    alice.api.command('expiry.set', { conversation: bob, mode: 'after-send', timerSeconds: 43_200 }),
    alice.api.command('messages.send', { id: 'later', conversation: bob, body: 'for half a day' }),
    alice.api.command('deletion.delete', { messages: [own], scope: 'everywhere' }),
  ]
  await alice.world.run(3000)
  await Promise.allSettled(doing)
}

/** Kills Alice at a step while she does that; whether she lived to see it. */
async function killAt(steps: number): Promise<boolean> {
  const world = new World(steps)
  const killer = new Killer()
  const alice = world.person('Alice', { killer })
  const bob = world.person('Bob')
  const own = await alice.send(bob.id, 'a mistake')
  await world.run()
  await bob.send(alice.id, 'Hello')
  await world.run()
  const theirs = (await rowsOf(alice, bob.id)).find(({ body }) => body === 'Hello')?.id ?? 0
  killer.arm(steps)
  await doAll(alice, bob.id, own, theirs)
  const { hasKilled } = killer
  killer.arm(Infinity)
  if (hasKilled) await alice.revive()
  await world.run(30_000)
  const seen = await agreed(alice, bob.id, alice.id)
  expect({ steps, seen: await agreed(bob, alice.id, alice.id) }).toEqual({ steps, seen })
  expect([...alice.reported, ...bob.reported]).toEqual([])
  if (!hasKilled) {
    expect(seen).toMatchObject([
      { shown: 'everywhere' },
      { shown: 'Hello', reactions: ['👍'] },
      { line: { mode: 'after-send', timerSeconds: 43_200 } },
      { shown: 'for half a day', timer: 43_200 },
    ])
  }
  await world.run(43_200_000)
  const left = (await rowsOf(alice, bob.id)).map(({ body, kind }) => body ?? kind)
  expect(left).not.toContain('for half a day')
  expect(left).not.toContain('expiry-change')
  await world.close()
  return hasKilled
}

test('wherever the program is killed, both sides agree in the end on what was deleted, set and put to messages', async () => {
  let steps = 1
  while (await killAt(steps)) steps += 7
  expect(steps).toBeGreaterThan(30)
}, 60_000)
