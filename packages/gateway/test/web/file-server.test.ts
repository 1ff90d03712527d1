import { request } from 'node:http'
import { fileServerPath } from '@sotto/gateway'
import { expect, test } from 'vitest'
import { startGateway } from '../support/test-gateway.ts'

const fileServer = { url: 'http://127.0.0.1:22070', ed25519: 'ab'.repeat(32), x25519: 'cd'.repeat(32) }

async function get(port: number, headers = {}): Promise<Response> {
  return fetch(`http://127.0.0.1:${port}${fileServerPath}`, { headers: { connection: 'close', ...headers } })
}

test('pages on this machine are told where its network keeps files', async () => {
  const { port } = (await startGateway([], { fileServer })).gateway
  const reply = await get(port)
  expect(await reply.json()).toEqual(fileServer)
  expect(reply.headers.get('content-type')).toBe('application/json')
  expect(reply.headers.get('cache-control')).toBe('no-store')
  expect(reply.headers.get('cross-origin-resource-policy')).toBe('same-origin')
  expect((await get(port, { origin: 'https://evil.example' })).headers.get('access-control-allow-origin')).toBe(null)
})

test('nobody else is told, nor by a gateway that knows of none', async () => {
  const listen = { host: '0.0.0.0', port: 0 }
  expect((await get((await startGateway([], { fileServer, listen })).gateway.port)).status).toBe(404)
  expect((await get((await startGateway([], { fileServer, behindProxy: true })).gateway.port)).status).toBe(404)
  expect((await get((await startGateway([])).gateway.port)).status).toBe(404)
})

test('nor a page whose name somebody has pointed at this machine', async () => {
  const { gateway } = await startGateway([], { fileServer })
  expect(await statusFor(gateway.port, 'evil.example')).toBe(404)
  expect(await statusFor(gateway.port, `localhost:${gateway.port}`)).toBe(200)
})

/** `fetch` would not let anyone change the host. */
async function statusFor(port: number, host: string): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    const options = { host: '127.0.0.1', port, path: fileServerPath, headers: { host }, agent: false }
    const asked = request(options, incoming => {
      incoming.resume()
      resolve(incoming.statusCode)
    })
    asked.on('error', reject)
    asked.end()
  })
}
