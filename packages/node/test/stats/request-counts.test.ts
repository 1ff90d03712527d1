import { ManualClock } from '@sotto/testing'
import { expect, test } from 'vitest'
import { RequestCounts } from '../../src/stats/request-counts.ts'

test('counts in total and over the last hour', async () => {
  const clock = new ManualClock()
  const counts = new RequestCounts(() => clock.monotonic())
  counts.count('store')
  counts.count('store')
  counts.count('onion')
  await clock.advance(30 * 60_000)
  counts.count('store')
  expect(counts.read()).toMatchObject({
    total_store_requests: 3,
    total_retrieve_requests: 0,
    recent_store_requests: 3,
    recent_onion_requests: 1,
    recent_timespan: 1800,
  })
  for (let passed = 0; passed < 7; passed++) {
    await clock.advance(10 * 60_000)
    counts.count('proxy')
  }
  expect(counts.read()).toMatchObject({
    total_store_requests: 3,
    recent_store_requests: 0,
    recent_proxy_requests: 6,
    recent_timespan: 3000,
  })
})
