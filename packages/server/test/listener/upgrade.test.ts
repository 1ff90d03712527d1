import { once } from 'node:events'
import { connect as connectTcp, type Socket } from 'node:net'
import { connect as connectTls } from 'node:tls'
import { textReply, type TakeUpgrade } from '@sotto/server'
import { expect, onTestFinished, test } from 'vitest'
import { echo, startListener } from '../support/test-listener.ts'

/** Sends lines of a request and reads until the text has come, or the end. */
async function ask(port: number, plain: boolean, lines: readonly string[], until: string): Promise<string> {
  const socket: Socket = plain
    ? connectTcp({ host: '127.0.0.1', port })
    : connectTls({ host: '127.0.0.1', port, rejectUnauthorized: false, ALPNProtocols: ['http/1.1'] })
  onTestFinished(() => void socket.destroy())
  await once(socket, plain ? 'connect' : 'secureConnect')
  socket.write(`${lines.join('\r\n')}\r\n\r\n`)
  let text = ''
  for await (const chunk of socket as AsyncIterable<Buffer>) {
    text += chunk.toString('latin1')
    if (text.includes(until)) break
  }
  return text
}

const wish = ['GET /pipe?x=1 HTTP/1.1', 'host: here', 'connection: upgrade', 'upgrade: shouting']

const shout: TakeUpgrade = ({ path, headers, peer, socket }) => {
  socket.write('HTTP/1.1 101 Switching Protocols\r\nconnection: upgrade\r\nupgrade: shouting\r\n\r\n')
  socket.write(`${path} ${headers.get('upgrade')} ${peer.family} OVER`)
  return undefined
}

test.for([true, false])('a connection is handed over; plain: %j', async plain => {
  const { port } = await startListener({}, { plain, upgrade: shout })
  const text = await ask(port, plain, wish, 'OVER')
  expect(text).toContain('101 Switching Protocols')
  expect(text).toContain('/pipe shouting 4 OVER')
})

test('a refusal is an answer by HTTP, then the connection is closed', async () => {
  const { port } = await startListener({}, { plain: true, upgrade: () => textReply(403, 'not from there') })
  const text = await ask(port, true, wish, 'never said')
  expect(text).toMatch(/^HTTP\/1\.1 403 Forbidden\r\n/)
  expect(text).toContain('content-length: 14\r\ncontent-type: text/plain\r\n\r\nnot from there')
})

test('one with too many headers is refused before anybody looks at it', async () => {
  const { port } = await startListener({}, { plain: true, upgrade: shout, limits: { maxHeaders: 8 } })
  const many = Array.from({ length: 9 }, (_, at) => `x-${at}: 1`)
  expect(await ask(port, true, [...wish, ...many], 'never said')).toMatch(/^HTTP\/1\.1 431 /)
})

test('a listener that stops takes none', async () => {
  const answered = Promise.withResolvers<void>()
  const asked = Promise.withResolvers<void>()
  const slow = {
    maxBodyBytes: 0,
    handle: async () => {
      asked.resolve()
      await answered.promise
      return textReply(200, 'late')
    },
  }
  const listener = await startListener({ 'GET /slow': slow }, { plain: true, upgrade: shout })
  const late = connectTcp({ host: '127.0.0.1', port: listener.port })
  await once(late, 'connect')
  const waiting = ask(listener.port, true, ['GET /slow HTTP/1.1', 'host: here'], 'late')
  await asked.promise
  const stopped = listener.stop()
  late.write(`${wish.join('\r\n')}\r\n\r\n`)
  const [chunk] = (await once(late, 'data')) as [Buffer]
  expect(chunk.toString('latin1')).toMatch(/^HTTP\/1\.1 503 /)
  answered.resolve()
  expect(await waiting).toContain('late')
  await stopped
})

test('without a taker the wish is no matter', async () => {
  const { port } = await startListener({ 'GET /pipe': echo }, { plain: true })
  expect(await ask(port, true, wish, '\r\n\r\n')).toMatch(/^HTTP\/1\.1 200 /)
})
