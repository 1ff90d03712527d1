import { type PathView as Path } from '@sotto/network'
import { type NodeId } from '@sotto/protocol/swarm'
import { expect, test } from 'vitest'
import { type PathView } from '../../src/path/path-view.ts'
import { World } from '../support/world.ts'

const pathOf = (digits: readonly string[], state: Path['state']): Path => ({
  isolation: 'own:somebody',
  hops: digits.map((digit, at) => ({ id: digit.repeat(64) as NodeId, ip: `10.0.0.${digit}`, port: 2000 + at })),
  state,
  builtAt: 1,
})

test('the way of an account through the network is shown, and followed as it changes', async () => {
  const world = new World()
  const alice = world.person('Alice')
  const views: PathView[] = []
  alice.api.watch('path.get', undefined, { onResult: view => views.push(view) })
  expect(views).toEqual([{ state: 'none', usable: 0, hops: [], destination: undefined, changedAt: world.clock.now() }])
  alice.device.changePaths([pathOf(['1', '2', '3'], 'new'), pathOf(['4', '5', '6'], 'new')])
  await Promise.resolve()
  expect(views.at(-1)).toMatchObject({ state: 'building', usable: 0, hops: [{ node: '1'.repeat(64) }, {}, {}] })
  await world.run()
  const hops = ['1', '2', '3'].map((digit, at) => ({ node: digit.repeat(64), ip: `10.0.0.${digit}`, port: 2000 + at }))
  const destination = {
    kind: 'swarm',
    size: 3,
    member: { ip: '127.0.0.1', node: expect.stringMatching(/^[abc]{64}$/) },
  }
  expect(views.at(-1)).toMatchObject({ state: 'ready', usable: 2, hops, destination })
  const since = views.at(-1)?.changedAt
  const count = views.length
  alice.device.changePaths([...alice.device.paths])
  await world.run()
  expect(views).toHaveLength(count)
  alice.device.changePaths([pathOf(['1', '2', '3'], 'working'), pathOf(['4', '5', '6'], 'failing')])
  await world.run()
  expect(views.at(-1)).toMatchObject({ state: 'ready', usable: 1 })
  expect(views.at(-1)?.changedAt).toBeGreaterThan(since ?? 0)
  alice.device.changePaths([pathOf(['1'], 'working'), pathOf(['4', '5', '6'], 'new')])
  await world.run()
  expect(views.at(-1)).toMatchObject({ usable: 0 })
  alice.device.isOnline = false
  world.network.wakeAll()
  await world.run()
  expect(views.at(-1)).toMatchObject({ state: 'offline', usable: 0 })
  expect(await alice.api.query('path.get')).toEqual(views.at(-1))
})
