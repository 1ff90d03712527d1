import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { nodeWorld } from './node-world.ts'
import { scenarios } from './scenarios.ts'
import { type World } from './world.ts'

let world: World
beforeAll(async () => {
  world = await nodeWorld()
})
afterEach(async () => world.clear())
afterAll(async () => world.stop())

test.for(scenarios)('in Node: $name', async ({ run }) => {
  expect(await run(world)).toBe(undefined)
})
