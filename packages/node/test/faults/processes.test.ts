import { expect, test } from 'vitest'
import { awayRun, fullDiskRun, killRun } from './processes/process-faults.ts'

/** Far more than is needed: only the machine decides how long processes take to start. */
const options = { timeout: 900_000 }

test('kill -9 under load, again and again: nothing that was confirmed is lost', options, async () => {
  const { violations, problems, confirmed } = await killRun(11, 5)
  expect(violations).toEqual([])
  expect(problems).toEqual([])
  expect(confirmed).toBeGreaterThanOrEqual(30)
})

test('a member that is frozen, and one that is away for a while, get everything', options, async () => {
  const { violations, problems, confirmed } = await awayRun(21)
  expect(violations).toEqual([])
  expect(problems).toEqual([])
  expect(confirmed).toBeGreaterThanOrEqual(30)
})

test('a member whose disk is full says so, stays, and gets everything once there is room', options, async context => {
  const verdict = await fullDiskRun(31)
  if (verdict === undefined) {
    console.warn('SKIPPED: the full disk: this user may not mount a tmpfs. Run the tests as root to have it.')
    return context.skip('may not mount a tmpfs')
  }
  expect(verdict.violations).toEqual([])
  expect(verdict.storedByOthers).toBeGreaterThan(0)
  expect(verdict.ends).toEqual([])
})
