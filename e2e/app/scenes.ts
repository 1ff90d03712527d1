import { afterAll, afterEach, beforeAll } from 'vitest'
import { AppWorld, type WorldOptions } from './app-world.ts'

/** One network and one browser for the tests of a file; people leave with their test, unless they are shared. */
export function scenes(options: WorldOptions = {}): { readonly world: () => AppWorld } {
  let world: AppWorld | undefined
  beforeAll(async () => {
    world = await AppWorld.start(options)
  })
  afterEach(async ({ task }) => world?.clear(task.result?.state === 'fail' ? task.name : undefined))
  afterAll(async () => world?.stop())
  return {
    world: () => {
      if (world === undefined) throw new Error('the world has not started')
      return world
    },
  }
}
