import { request } from 'node:http'
import { suggestionsPath } from '@sotto/gateway'
import { expect, test } from 'vitest'
import { startGateway } from '../support/test-gateway.ts'

const echo = { id: `05${'ab'.repeat(32)}`, name: 'Echo' }

async function get(port: number, headers = {}): Promise<Response> {
  return fetch(`http://127.0.0.1:${port}${suggestionsPath}`, { headers: { connection: 'close', ...headers } })
}

test('pages on this machine are told whom somebody new may write to', async () => {
  let known: readonly (typeof echo)[] = []
  const { port } = (await startGateway([], { suggestions: () => known })).gateway
  expect(await (await get(port)).json()).toEqual({ accounts: [] })
  known = [echo]
  const reply = await get(port)
  expect(await reply.json()).toEqual({ accounts: [echo] })
  expect(reply.headers.get('content-type')).toBe('application/json')
  expect(reply.headers.get('cache-control')).toBe('no-store')
  expect(reply.headers.get('cross-origin-resource-policy')).toBe('same-origin')
  expect((await get(port, { origin: 'https://evil.example' })).headers.get('access-control-allow-origin')).toBe(null)
})

test('nobody else is told', async () => {
  const everywhere = { host: '0.0.0.0', port: 0 }
  const { port } = (await startGateway([], { suggestions: () => [echo], listen: everywhere })).gateway
  expect((await get(port)).status).toBe(404)
  expect((await get((await startGateway([])).gateway.port)).status).toBe(404)
})

test('nor a page whose name somebody has pointed at this machine', async () => {
  const { gateway } = await startGateway([], { suggestions: () => [echo] })
  expect(await statusFor(gateway.port, 'evil.example')).toBe(404)
  expect(await statusFor(gateway.port, `localhost:${gateway.port}`)).toBe(200)
  expect(await statusFor(gateway.port, '[::1]:1')).toBe(200)
})

/** `fetch` would not let anyone change the host. */
async function statusFor(port: number, host: string): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    const asked = request(
      { host: '127.0.0.1', port, path: suggestionsPath, headers: { host }, agent: false },
      incoming => {
        incoming.resume()
        resolve(incoming.statusCode)
      },
    )
    asked.on('error', reject)
    asked.end()
  })
}
