import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { type AddressInfo } from 'node:net'
import { OutsideServers, type OutsideServersOptions, type ServerPolicy, type ServerRequest } from '@sotto/transport'
import { utf8Decode, utf8Encode } from '@sotto/protocol/encoding'
import { afterEach, expect, test, vi } from 'vitest'
import { certificate, closeAll, closing, codeOf, deadPort, startServer, startTcp } from '../servers.ts'
import { startProxy } from '../socks-proxy.ts'
import { selfSigned } from '../self-signed.ts'
import { hostileHosts, innerNames, specialAddresses } from './hostile-hosts.ts'

afterEach(closeAll)

const target = '/oxen/v4/lsrpc'
const body = utf8Encode('d1:xi1ee')

interface Plain {
  readonly port: number
  readonly seen: IncomingMessage[]
  connections: number
}

async function startPlain(answer: (response: ServerResponse, body: string) => void): Promise<Plain> {
  const server = createServer((request, response) => {
    plain.seen.push(request)
    let text = ''
    request.setEncoding('utf8').on('data', chunk => (text += chunk))
    request.on('end', () => answer(response, text))
  })
  const plain: Plain = { port: 0, seen: [], connections: 0 }
  server.on('connection', () => plain.connections++)
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  closing(() => {
    server.closeAllConnections()
    server.close()
  })
  return Object.assign(plain, { port: (server.address() as AddressInfo).port })
}

function exit(policy: ServerPolicy, more: Partial<OutsideServersOptions> = {}): OutsideServers {
  const servers = new OutsideServers({ policy, ...more })
  closing(() => servers.stop())
  return servers
}

function to(host: string, port: number, more: Partial<ServerRequest> = {}): ServerRequest {
  return { protocol: 'http', host, port, target, body, timeoutMs: 3000, ...more }
}

test('a request to a server that the settings name', async () => {
  const plain = await startPlain((response, text) => response.end(`got ${text}`))
  const names: string[] = []
  const resolve = async (name: string): Promise<readonly string[]> => {
    names.push(name)
    return ['127.0.0.1']
  }
  const allowed = [{ host: 'Files.Example', port: plain.port, local: true }]
  const servers = exit({ allowed }, { resolve })
  const headers = new Map([['content-type', 'application/octet-stream']])
  const reply = await servers.requestServer(to('files.example', plain.port, { headers }))
  expect(utf8Decode(reply.body)).toBe('got d1:xi1ee')
  expect(plain.seen[0]).toMatchObject({ method: 'POST', url: target })
  expect(plain.seen[0]?.headers).toMatchObject({ host: `files.example:${plain.port}`, 'content-length': '8' })
  expect(names).toEqual(['files.example'])
  for (let time = 0; time < 5; time++) await servers.requestServer(to('files.example', plain.port))
  expect(plain.connections).toBeLessThanOrEqual(2)
})

test('hundreds of spellings of hosts make not one connection', async () => {
  expect(hostileHosts.length).toBeGreaterThan(500)
  const plain = await startPlain(response => response.end())
  // The port is allowed for each, so that only the address can keep it away.
  const allHosts = [...hostileHosts, ...innerNames]
  const allowed = allHosts.map(host => ({ host: host.toLowerCase().replace(/^\[(.*)\]$/, '$1'), port: plain.port }))
  const answers = ['127.0.0.1', '::1', '::ffff:127.0.0.1', '10.0.0.1', '169.254.169.254']
  let turn = 0
  const resolve = async (): Promise<readonly string[]> => [answers[turn++ % answers.length] ?? '']
  for (const [servers, hosts] of [
    [exit({ allowed }, { resolve }), allHosts],
    [exit({ allowed }), hostileHosts],
  ] as const) {
    for (const host of hosts) {
      for (const protocol of ['http', 'https']) {
        const code = await codeOf(servers.requestServer(to(host, plain.port, { protocol })))
        expect(['transport.bad-address', 'transport.forbidden-address', 'transport.no-such-host'], host).toContain(code)
      }
    }
    servers.stop()
  }
  expect(plain.connections).toBe(0)
})

test('whatever a name resolves to is checked, each time anew', async () => {
  const plain = await startPlain(response => response.end())
  const allowed = [{ host: 'rebinding.example', port: plain.port }]
  let asked = 0
  for (const address of specialAddresses) {
    const resolve = async (): Promise<readonly string[]> => {
      asked++
      return [address, address]
    }
    const servers = exit({ allowed }, { resolve })
    expect(await codeOf(servers.requestServer(to('rebinding.example', plain.port)))).toBe('transport.forbidden-address')
  }
  expect(asked).toBe(specialAddresses.length)
  expect(plain.connections).toBe(0)
})

test('a name that is rebound later is found out, though it was fine before', async () => {
  const plain = await startPlain(response => response.end())
  const answers = ['127.0.0.1', '169.254.169.254', '0.0.0.0']
  const resolve = async (): Promise<readonly string[]> => [answers.shift() ?? '']
  const allowed = [{ host: 'rebinding.example', port: plain.port, local: true }]
  const servers = exit({ allowed }, { resolve })
  expect((await servers.requestServer(to('rebinding.example', plain.port))).status).toBe(200)
  for (let time = 0; time < 3; time++) {
    expect(await codeOf(servers.requestServer(to('rebinding.example', plain.port)))).toBe('transport.forbidden-address')
  }
  expect(plain.seen).toHaveLength(1)
})

test('of many addresses only those that are fine are tried', async () => {
  const plain = await startPlain(response => response.end())
  const resolve = async (): Promise<readonly string[]> => ['::1', '169.254.169.254', '127.0.0.1', '0.0.0.0']
  const allowed = [{ host: 'many.example', port: plain.port, local: true }]
  expect((await exit({ allowed }, { resolve }).requestServer(to('many.example', plain.port))).status).toBe(200)
})

test("the machine's own addresses are refused", async () => {
  const policy = { ownAddresses: ['8.8.4.4', '2a00::5'] }
  for (const address of ['8.8.4.4', '::ffff:8.8.4.4', '2a00:0::5']) {
    const servers = exit(policy, { resolve: async () => [address] })
    expect(await codeOf(servers.requestServer(to('me.example', 443)))).toBe('transport.forbidden-address')
    expect(await codeOf(servers.requestServer(to(address, 443)))).toBe('transport.forbidden-address')
  }
})

test('other ports than 80 and 443 need the settings, exactly', async () => {
  const plain = await startPlain(response => response.end())
  const resolve = async (): Promise<readonly string[]> => ['127.0.0.1']
  const servers = exit({ allowed: [{ host: 'a.example', port: plain.port, local: true }] }, { resolve })
  for (const [host, port] of [
    ['b.example', plain.port],
    ['a.example', 22],
    ['a.example', 8080],
    ['a.example.evil', plain.port],
    ['8.8.8.8', 25],
  ] as const) {
    expect(await codeOf(servers.requestServer(to(host, port)))).toBe('transport.forbidden-port')
  }
  expect(await codeOf(servers.requestServer(to('a.example', 80)))).toBe('transport.forbidden-address')
  expect(plain.connections).toBe(0)
})

test.for([
  { target: '/' },
  { target: '/oxen/../x/lsrpc' },
  { target: '/oxen/v4/lsrpc#' },
  { target: '/oxen/v4/lsrpc?x' },
  { target: '/oxen/%2e%2e/lsrpc' },
  { target: '/oxen\\v4/lsrpc' },
  { target: '/oxen/v4/lsrpc HTTP/1.1\r\nX: y' },
  { protocol: 'ftp' },
  { protocol: 'https:' },
  { port: 0 },
  { port: 65536 },
  { port: 1.5 },
] as const)('%o is no address of a server', async more => {
  expect(await codeOf(exit({}).requestServer(to('8.8.8.8', 443, more)))).toBe('transport.bad-address')
})

test('redirects are handed back, not followed', async () => {
  const plain = await startPlain(response => response.writeHead(302, { location: 'http://169.254.169.254/' }).end())
  const allowed = [{ host: '127.0.0.1', port: plain.port, local: true }]
  const reply = await exit({ allowed }).requestServer(to('127.0.0.1', plain.port))
  expect(reply).toMatchObject({ status: 302 })
  expect(plain.seen).toHaveLength(1)
})

test('a certificate must be for the name, from an authority', async () => {
  const { target: server } = await startServer((_request, response, incoming) => response.end(incoming))
  const { port } = server
  const hosts = ['localhost', 'other.example', '127.0.0.1']
  const allowed = hosts.map(host => ({ host, port, local: true }))
  const resolve = async (): Promise<readonly string[]> => ['127.0.0.1']
  const trusting = exit({ allowed }, { resolve, authorities: [certificate.cert] })
  const https = (host: string): ServerRequest => to(host, port, { protocol: 'https' })
  for (const host of ['localhost', '127.0.0.1']) {
    expect(utf8Decode((await trusting.requestServer(https(host))).body)).toBe('d1:xi1ee')
  }
  expect(await codeOf(trusting.requestServer(https('other.example')))).toBe('transport.wrong-certificate')
  for (const authorities of [{}, { authorities: [selfSigned().cert] }]) {
    const servers = exit({ allowed }, { resolve, ...authorities })
    expect(await codeOf(servers.requestServer(https('localhost')))).toBe('transport.wrong-certificate')
  }
})

test('time, size and signal have their bounds', async () => {
  const plain = await startPlain((response, text) => {
    if (text === 'drip') {
      const drip = setInterval(() => response.write('x'), 5)
      response.on('close', () => clearInterval(drip))
    } else if (text === 'large') response.end('x'.repeat(1001))
    else if (text === 'cut') {
      response.writeHead(200, { 'content-length': '100' })
      response.write('half', () => response.destroy())
    } else if (text !== 'never') response.end()
  })
  const allowed = [{ host: '127.0.0.1', port: plain.port, local: true }]
  const servers = exit({ allowed })
  const say = (text: string, more: Partial<ServerRequest> = {}): Promise<unknown> =>
    codeOf(servers.requestServer(to('127.0.0.1', plain.port, { body: utf8Encode(text), ...more })))
  expect(await say('drip', { timeoutMs: 50 })).toBe('transport.timeout')
  expect(await say('never', { timeoutMs: 50 })).toBe('transport.timeout')
  expect(await say('large', { maxReplyBytes: 1000 })).toBe('transport.too-large')
  expect(await say('large', { maxReplyBytes: 1001 })).toBe('nothing was thrown')
  expect(await say('cut')).toBe('transport.closed')
  const control = new AbortController()
  const waiting = say('never', { signal: control.signal })
  control.abort('enough')
  expect(await waiting).toBe('enough')
})

test('a resolver that hangs or fails', async () => {
  const never = exit({}, { resolve: async () => new Promise(() => {}) })
  expect(await codeOf(never.requestServer(to('slow.example', 443, { timeoutMs: 20 })))).toBe('transport.timeout')
  const failing = exit({}, { resolve: async () => Promise.reject(Object.assign(new Error(), { code: 'ENOTFOUND' })) })
  expect(await codeOf(failing.requestServer(to('none.example', 443)))).toBe('transport.no-such-host')
  const empty = exit({}, { resolve: async () => [] })
  expect(await codeOf(empty.requestServer(to('none.example', 443)))).toBe('transport.forbidden-address')
})

test('servers that cannot be reached, or are silent', async () => {
  const port = await deadPort()
  const silent = await startTcp(() => {})
  const allowed = [port, silent.port].map(each => ({ host: '127.0.0.1', port: each, local: true }))
  const servers = exit({ allowed })
  expect(await codeOf(servers.requestServer(to('127.0.0.1', port)))).toBe('transport.refused')
  for (const protocol of ['http', 'https']) {
    const request = to('127.0.0.1', silent.port, { protocol, timeoutMs: 50 })
    expect(await codeOf(servers.requestServer(request))).toBe('transport.timeout')
  }
})

test('no more at once than one server, and all servers, may have', async () => {
  const plain = await startPlain(() => {})
  const hosts = ['127.0.0.1', '127.0.0.2']
  const allowed = hosts.map(host => ({ host, port: plain.port, local: true }))
  const servers = exit({ allowed }, { maxPerServer: 2, maxServers: 1 })
  const held = [1, 2].map(async () => codeOf(servers.requestServer(to('127.0.0.1', plain.port))))
  await vi.waitFor(() => expect(plain.seen).toHaveLength(2))
  expect(await codeOf(servers.requestServer(to('127.0.0.1', plain.port)))).toBe('transport.busy')
  expect(await codeOf(servers.requestServer(to('127.0.0.2', plain.port)))).toBe('transport.busy')
  servers.stop()
  expect(await Promise.all(held)).toEqual(['transport.stopped', 'transport.stopped'])
  expect(await codeOf(servers.requestServer(to('127.0.0.1', plain.port)))).toBe('transport.stopped')
})

test('a server that has not been asked for long makes room', async () => {
  const plain = await startPlain(response => response.end())
  const allowed = ['a.example', 'b.example'].map(host => ({ host, port: plain.port, local: true }))
  const servers = exit({ allowed }, { maxServers: 1, resolve: async () => ['127.0.0.1'] })
  for (const host of ['a.example', 'b.example', 'a.example']) {
    expect((await servers.requestServer(to(host, plain.port))).status).toBe(200)
  }
})

test('through a proxy the checked address is asked for, not the name', async () => {
  const plain = await startPlain(response => response.end())
  const proxy = await startProxy()
  const allowed = [{ host: 'a.example', port: plain.port, local: true }]
  const servers = exit({ allowed }, { proxy, resolve: async () => ['127.0.0.1'] })
  expect((await servers.requestServer(to('a.example', plain.port))).status).toBe(200)
  expect(proxy.asked).toMatchObject([{ kind: 1, address: Uint8Array.of(127, 0, 0, 1), port: plain.port }])
})
