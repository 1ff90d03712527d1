import { expect, onTestFinished, test, vi } from 'vitest'
import { type CoreInWorker, startCore } from './core-in-worker.ts'

async function roleOf({ remote }: CoreInWorker): Promise<unknown> {
  return ((await remote.query('roles', 0)) as readonly string[]).at(-1)
}

async function untilRole(tab: CoreInWorker, role: string): Promise<void> {
  await vi.waitFor(async () => expect(await roleOf(tab)).toBe(role), { timeout: 30_000, interval: 20 })
}

async function join(name: string): Promise<CoreInWorker> {
  const tab = startCore()
  onTestFinished(tab.kill)
  await tab.remote.command('join', name)
  return tab
}

test('one tab leads, others ask it; when it dies the next one goes on, and nothing is lost or done twice', async () => {
  const name = `tabs-${crypto.randomUUID()}`
  const first = await join(name)
  await untilRole(first, 'leading')
  const [second, third] = [await join(name), await join(name)]
  await untilRole(second, 'following')
  await untilRole(third, 'following')
  expect(await second.remote.command('ask', 'a')).toBe('written')
  expect(await first.remote.query('count', 0)).toBe(1)

  // Of the next ones the second is written, but its answer never comes.
  const asked = ['b', 'c', 'd'].map(async id => third.remote.command('ask', id))
  await vi.waitFor(async () => expect(await second.remote.query('count', 0)).toBe(4), { timeout: 30_000, interval: 20 })
  first.kill()
  expect(await Promise.all(asked)).toEqual(['written', 'written', 'written'])
  const roles = [await roleOf(second), await roleOf(third)]
  expect(roles.toSorted((a, b) => String(a).localeCompare(String(b)))).toEqual(['following', 'leading'])
  expect(await second.remote.query('count', 0)).toBe(4)
  expect(await third.remote.query('count', 0)).toBe(4)
})

test('a leader that leaves makes room at once', async () => {
  const name = `tabs-${crypto.randomUUID()}`
  const first = await join(name)
  await untilRole(first, 'leading')
  const second = await join(name)
  await untilRole(second, 'following')
  await first.remote.command('leave', 0)
  await untilRole(second, 'leading')
  expect(await second.remote.command('ask', 'a')).toBe('written')
})
