import { connect } from 'node:tls'

/** Request heads that are none, or two at once. Spec 70, F21. */
const heads: readonly string[] = [
  '\r\n\r\n',
  'GET\r\n\r\n',
  'GET / HTTP/9.9\r\n\r\n',
  'POST /storage_rpc/v1 HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\nhello',
  'POST /storage_rpc/v1 HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\nGET / HTTP/1.1\r\n\r\n',
  'POST /storage_rpc/v1 HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\nffffffffffffffff\r\n',
  'POST /storage_rpc/v1 HTTP/1.1\r\nHost: a\r\nContent-Length: -1\r\n\r\n',
  'POST /storage_rpc/v1 HTTP/1.1\r\nHost: a\r\nContent-Length: 99999999999\r\n\r\n',
  `GET /${'a'.repeat(40_000)} HTTP/1.1\r\nHost: a\r\n\r\n`,
  `GET / HTTP/1.1\r\n${'x: y\r\n'.repeat(3000)}\r\n`,
  'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n',
  `PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n${'\u0000'.repeat(600)}`,
  'POST /storage_rpc/v1 HTTP/1.1\r\nHost: a\r\nContent-Length: 10\r\n\r\nabc',
]

/** Writes a damaged head over TLS, by either protocol, and waits until the other side closes, or a moment. */
export async function sendHead(port: number, at: number, waitMs: number): Promise<void> {
  const head = heads[at % heads.length] ?? ''
  const protocol = at % 2 === 0 ? 'http/1.1' : 'h2'
  await new Promise<void>(resolve => {
    const socket = connect({ host: '127.0.0.1', port, rejectUnauthorized: false, ALPNProtocols: [protocol] }, () => {
      socket.write(head, 'latin1')
    })
    const timer = setTimeout(() => socket.destroy(), waitMs)
    socket.on('error', () => {})
    socket.resume()
    socket.once('close', () => {
      clearTimeout(timer)
      resolve()
    })
  })
}
