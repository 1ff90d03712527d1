import { request as plain } from 'node:http'
import { request } from 'node:https'
import { FolderAssets, type GatewayLimits } from '@sotto/gateway'
import { expect, test, vi } from 'vitest'
import { buildFolder, putCopies } from '../support/build-folder.ts'
import { echo, hold, startGuard } from '../support/fake-guard.ts'
import { openPipe, RawPipe } from '../support/raw-pipe.ts'
import { limitsWith, registryFile, signer, startGateway } from '../support/test-gateway.ts'
import { findNginx, startNginx } from './nginx.ts'

const until = { timeout: 20_000, interval: 5 }
/** None where it is not installed: then the first test says so, and the others are not there. */
const installed = [findNginx()].filter(path => path !== undefined)
const body = new Uint8Array(1000)
const page = `<!doctype html><title>Sotto</title>${' '.repeat(1000)}`

interface Reply {
  readonly status: number
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>
}

async function get(port: number, path: string, headers: Readonly<Record<string, string>> = {}): Promise<Reply> {
  return new Promise((resolve, reject) => {
    const options = { host: '127.0.0.1', port, path, headers, rejectUnauthorized: false, agent: false }
    const asked = request(options, incoming => {
      incoming.resume()
      incoming.on('end', () => resolve({ status: incoming.statusCode ?? 0, headers: incoming.headers }))
    })
    asked.on('error', reject)
    asked.end()
  })
}

/** A gateway as it is hosted, and nginx before it. */
async function host(nginx: string, nodes: Parameters<typeof startGateway>[0], limits?: GatewayLimits) {
  const folder = buildFolder({ '/index.html': page, '/assets/index-AbCd1234.js': page })
  putCopies(folder, '/index.html', page)
  const { find } = await FolderAssets.load(folder)
  const published = { read: async () => registryFile(nodes), localKey: signer.publicKey }
  const origins = ['https://chat.example.org']
  const suggestions = () => [{ id: '05', name: 'Echo' }]
  const more = limits === undefined ? {} : { limits }
  const options = { assets: find, published, origins, suggestions, behindProxy: true, ...more }
  const { gateway } = await startGateway(nodes, options)
  return { direct: gateway.port, port: await startNginx(nginx, gateway.port) }
}

test('where nginx is missing, that is said', () => {
  const missing = installed.length === 0
  if (missing) console.warn('NOT TESTED: nginx is not installed, so nobody has tried to host the app behind it.')
  expect(installed.length).toBe(missing ? 0 : 1)
})

test.for(installed)('the app comes through with every header that the gateway gave it: %s', async nginx => {
  const guard = await startGuard(echo)
  const { direct, port } = await host(nginx, [guard.draft])
  for (const path of ['/', '/assets/index-AbCd1234.js', '/build.json', '/.well-known/sotto/directory']) {
    const asked = { host: 'chat.example.org', 'accept-encoding': 'br', origin: 'https://chat.example.org' }
    const through = await get(port, path, asked)
    expect(through.status, path).toBe(200)
    const own = (await fetchDirect(direct, path, asked)).headers
    const names = Object.keys(own).filter(name => !['server', 'date', 'connection', 'keep-alive'].includes(name))
    for (const name of names) expect(through.headers[name], `${path} ${name}`).toEqual(own[name])
    expect(through.headers['strict-transport-security']).toBe('max-age=63072000')
  }
  const { headers } = await get(port, '/', { host: 'chat.example.org' })
  expect(headers['content-security-policy']).toContain(
    "connect-src 'self' ws://chat.example.org wss://chat.example.org",
  )
  const again = await get(port, '/', { 'if-none-match': String(headers['etag']) })
  expect(again.status).toBe(304)
})

async function fetchDirect(port: number, path: string, headers: Readonly<Record<string, string>>): Promise<Reply> {
  return new Promise((resolve, reject) => {
    const asked = plain({ host: '127.0.0.1', port, path, headers, agent: false }, incoming => {
      incoming.resume()
      incoming.on('end', () => resolve({ status: incoming.statusCode ?? 0, headers: incoming.headers }))
    })
    asked.on('error', reject)
    asked.end()
  })
}

test.for(installed)('a pipe comes through, from pages of the app only: %s', async nginx => {
  const guard = await startGuard(echo)
  const { port } = await host(nginx, [guard.draft])
  const url = `wss://127.0.0.1:${port}/pipe`
  const pipe = await openPipe(url, { origin: 'https://chat.example.org' })
  const large = new Uint8Array(300_000).fill(7)
  expect(await pipe.post(guard.id, large).result).toMatchObject({ status: 200, body: large })
  for (const origin of ['https://evil.example', `http://127.0.0.1:${port}`, `http://localhost:${port}`]) {
    await expect(new RawPipe(url, { origin }).ready(), origin).rejects.toThrow('403')
  }
})

test.for(installed)('clients are told apart by their address, whatever they claim: %s', async nginx => {
  const guard = await startGuard(hold)
  const { port } = await host(nginx, [guard.draft], limitsWith({ clients: { maxRequests: 2 } }))
  const url = `wss://127.0.0.1:${port}/pipe`
  const first = await openPipe(url, { from: '127.22.0.1' })
  first.post(guard.id, body)
  first.post(guard.id, body)
  await vi.waitFor(() => expect(guard.waiting.size).toBe(2), until)
  const same = await openPipe(url, { from: '127.22.0.1', headers: { 'x-forwarded-for': '198.51.100.7' } })
  expect(await same.post(guard.id, body).result).toEqual({ reason: 'busy' })
  const other = await openPipe(url, { from: '127.22.0.2', headers: { 'x-forwarded-for': '127.22.0.1' } })
  other.post(guard.id, body)
  await vi.waitFor(() => expect(guard.waiting.size).toBe(3), until)
})

test.for(installed)('what is for pages of this machine is not told outside: %s', async nginx => {
  const guard = await startGuard(echo)
  const { direct, port } = await host(nginx, [guard.draft])
  for (const path of ['/.well-known/sotto/directory-key', '/.well-known/sotto/suggestions']) {
    expect((await get(port, path)).status, path).toBe(404)
    expect((await get(port, path, { host: 'localhost' })).status, path).toBe(404)
    expect((await fetchDirect(direct, path, {})).status, path).toBe(404)
  }
})
