import { once } from 'node:events'
import { createServer, type ServerResponse } from 'node:http'
import { type AddressInfo } from 'node:net'
import { defaultFileServer } from '@sotto/protocol/attachment'
import { encodeHex } from '@sotto/protocol/encoding'
import { expect, onTestFinished, test } from 'vitest'
import { LocalFileServer } from '../../../src/web/home/local-file-server.ts'

/** A gateway that answers in this way, and what it was asked. */
async function gateway(answer: (response: ServerResponse) => void) {
  const asked: (string | undefined)[] = []
  const server = createServer((request, response) => {
    asked.push(request.url)
    answer(response)
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  const { port } = server.address() as AddressInfo
  const files = new LocalFileServer(`http://127.0.0.1:${port}`, new AbortController().signal)
  return { asked, files, stop: () => server.close() }
}

const key = encodeHex(defaultFileServer().publicKey)

test('a gateway of this machine says where files are brought, and under which key', async () => {
  const fact = { url: 'http://127.0.0.1:4567', ed25519: key, x25519: '00', more: 1 }
  const { asked, files } = await gateway(response => response.end(JSON.stringify(fact)))
  expect(() => files.server).toThrow('network.server-failed')
  await files.refresh()
  expect(asked).toEqual(['/.well-known/sotto/file-server'])
  expect(files.server).toEqual({ url: 'http://127.0.0.1:4567', publicKey: defaultFileServer().publicKey })
})

test.for([
  ['nothing is there', 404, 'Not found'],
  ['a page', 200, '<!doctype html>'],
  ['no address', 200, JSON.stringify({ ed25519: key })],
  ['a bad address', 200, JSON.stringify({ url: 'javascript:alert(1)', ed25519: key })],
  ['a bad key', 200, JSON.stringify({ url: 'http://127.0.0.1:1', ed25519: 'zz' })],
] as const)('without one it is that of the existing network: %s', async ([, status, body]) => {
  const { files } = await gateway(response => response.writeHead(status).end(body))
  await files.refresh()
  expect(files.server).toEqual(defaultFileServer())
})

test('as long as the gateway does not answer nothing is brought anywhere', async () => {
  const { files } = await gateway(response => response.writeHead(503).end())
  await files.refresh()
  expect(() => files.server).toThrow('network.server-failed')
  const gone = new LocalFileServer('http://127.0.0.1:1', AbortSignal.abort())
  await gone.refresh()
  expect(() => gone.server).toThrow('network.server-failed')
})
