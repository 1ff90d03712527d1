import { expect, test } from 'vitest'
import { judge } from './judge.ts'
import { runEndpointFuzz } from './run-endpoint-fuzz.ts'

const rpc = { kind: 'rpc', method: 'POST', path: '/storage_rpc/v1', headers: {}, body: new Uint8Array() }
const onion = { ...rpc, kind: 'onion', path: '/onion_req/v2' }
const answer = (status: number, text: string) => ({ status, headers: {}, body: new TextEncoder().encode(text) })

test('the judge lets pass what the wire documents require, and nothing else', () => {
  expect(judge(rpc, answer(400, 'invalid json'))).toBeUndefined()
  expect(judge(onion, answer(502, 'Next node not found: ab'))).toBeUndefined()
  expect(judge(onion, answer(504, 'Request time out'))).toBeUndefined()
  expect(judge(rpc, answer(503, 'Server busy, try again later'))).toBeUndefined()
  expect(judge(rpc, answer(500, 'request failed'))).toBeDefined()
  expect(judge(rpc, answer(502, 'bad gateway'))).toBeDefined()
  expect(judge(onion, answer(500, 'Invalid response from snode'))).toBeDefined()
  expect(judge(rpc, undefined)).toBeDefined()
})

/** `npm run test:long` sends as many as it is told. */
test(
  '20,000 damaged requests to all endpoints: no failure and no 5xx but those required',
  { timeout: 240_000 },
  async () => {
    const { statuses, findings, failures } = await runEndpointFuzz(20_000, 1)
    expect(findings.slice(0, 20)).toEqual([])
    expect(failures.slice(0, 20)).toEqual([])
    // Enough of it gets past the first look, and enough does not.
    for (const what of [
      'rpc 200',
      'rpc 400',
      'onion 200 with 200 inside',
      'onion 200 with 400 inside',
      'onion 400',
      'member link',
    ]) {
      expect(statuses.get(what), what).toBeGreaterThan(100)
    }
  },
)
