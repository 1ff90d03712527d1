import { describe, expect, test } from 'vitest'
import { runScenario } from './cluster/run-scenario.ts'
import { scenarioKinds } from './scenarios.ts'

/** Few, because all of `npm test` waits for them; `npm run test:long` takes thousands. */
const seeds = [1, 2, 3]

describe.each(scenarioKinds)('$name', ({ of }) => {
  test.for(seeds)('nothing is lost, altered, doubled or back from the dead: seed %i', async seed => {
    const { violations, failures, confirmed } = await runScenario(of(seed))
    expect(violations).toEqual([])
    expect(failures).toEqual([])
    expect(confirmed).toBeGreaterThan(30)
  })
})
