import { request as httpRequest, type IncomingHttpHeaders } from 'node:http'
import { connect as connectHttp2, type ClientHttp2Session } from 'node:http2'
import { request as httpsRequest } from 'node:https'
import { connect as connectTls } from 'node:tls'
import { connect as connectTcp, type Socket } from 'node:net'
import { once } from 'node:events'
import { onTestFinished } from 'vitest'

/** An answer as a client sees it. */
export interface Answer {
  readonly status: number
  readonly headers: IncomingHttpHeaders
  readonly body: Uint8Array
  readonly text: string
}

/** What is asked for. */
export interface Ask {
  readonly method?: string
  readonly path: string
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: Uint8Array | string
}

/** One way to ask: HTTP/1.1 or HTTP/2. */
export type Client = (port: number, ask: Ask) => Promise<Answer>

function answer(status: number, headers: IncomingHttpHeaders, chunks: readonly Uint8Array[]): Answer {
  const body = Uint8Array.from(Buffer.concat(chunks))
  return { status, headers, body, text: new TextDecoder().decode(body) }
}

/** By HTTP/1.1 over TLS. */
export const http1: Client = (port, ask) => askHttp1(httpsRequest, port, ask)

/** By plain HTTP/1.1. */
export const plainHttp1: Client = (port, ask) => askHttp1(httpRequest, port, ask)

function askHttp1(send: typeof httpsRequest, port: number, { method = 'GET', path, headers = {}, body }: Ask) {
  return new Promise<Answer>((resolve, reject) => {
    const outgoing = send({ host: '127.0.0.1', port, method, path, headers, agent: false, rejectUnauthorized: false })
    outgoing.on('response', incoming => {
      const chunks: Uint8Array[] = []
      incoming.on('data', (chunk: Uint8Array) => chunks.push(chunk))
      incoming.on('end', () => resolve(answer(incoming.statusCode ?? 0, incoming.headers, chunks)))
      incoming.on('error', reject)
    })
    outgoing.on('error', reject)
    outgoing.end(body)
  })
}

/** By HTTP/2 over a connection of its own. */
export const http2: Client = async (port, ask) => {
  const session = openSession(port)
  try {
    return await askSession(session, ask)
  } finally {
    session.destroy()
  }
}

/** A connection that speaks HTTP/2 and goes away with the test. */
export function openSession(port: number): ClientHttp2Session {
  const session = connectHttp2(`https://127.0.0.1:${port}`, { rejectUnauthorized: false })
  session.on('error', () => undefined)
  onTestFinished(() => session.destroy())
  return session
}

/** One request on such a connection. */
export function askSession(session: ClientHttp2Session, { method = 'GET', path, headers = {}, body }: Ask) {
  return new Promise<Answer>((resolve, reject) => {
    const stream = session.request({ ':method': method, ':path': path, ...headers }, { endStream: body === undefined })
    const chunks: Uint8Array[] = []
    let status = 0
    let lines: IncomingHttpHeaders = {}
    stream.on('response', ({ ':status': code, ...rest }) => {
      status = code ?? 0
      lines = rest
    })
    stream.on('data', (chunk: Uint8Array) => chunks.push(chunk))
    stream.on('end', () => resolve(answer(status, lines, chunks)))
    stream.on('error', reject)
    if (body !== undefined) stream.end(body)
  })
}

/** A bare connection for what no client would send. `receive` waits for the other side to close. */
export async function openSocket(
  port: number,
  tls = true,
): Promise<{ socket: Socket; receive: () => Promise<string> }> {
  const socket = tls
    ? connectTls({ host: '127.0.0.1', port, rejectUnauthorized: false, ALPNProtocols: ['http/1.1'] })
    : connectTcp({ host: '127.0.0.1', port })
  let text = ''
  socket.setEncoding('latin1')
  socket.on('data', (chunk: string) => (text += chunk))
  socket.on('error', () => undefined)
  const closed = once(socket, 'close')
  onTestFinished(() => void socket.destroy())
  await once(socket, tls ? 'secureConnect' : 'connect')
  return {
    socket,
    receive: async () => {
      await closed
      return text
    },
  }
}
