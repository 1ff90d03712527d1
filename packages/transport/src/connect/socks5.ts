import { type Socket } from 'node:net'
import { isIPv4, isIPv6 } from 'node:net'
import { concatBytes, utf8Encode } from '@sotto/protocol/encoding'
import { TransportError } from '../transport-error.ts'
import { readExactly } from './read-exactly.ts'

/** A SOCKS5 proxy, such as Tor. With a name and password it is asked for separate circuits. */
export interface Socks5Proxy {
  readonly host: string
  readonly port: number
  /** At most 255 bytes each. */
  readonly login?: { readonly name: string; readonly password: string }
}

/** Where a connection leads. A host name is resolved at the far side of a proxy. */
export interface Endpoint {
  /** Name, IPv4 or IPv6 without brackets. */
  readonly host: string
  readonly port: number
}

const version = 5
const method = { none: 0, password: 2, refused: 0xff } as const

/**
 * Has a proxy connect an open socket onward; after that the socket leads to the endpoint. RFC 1928, and RFC 1929 for name
 * and password.
 * @throws {TransportError} `transport.proxy-refused` with the proxy's `reply`, `transport.closed`, `transport.bad-address`
 */
export async function socks5Handshake(
  socket: Socket,
  endpoint: Endpoint,
  login: Socks5Proxy['login'],
  signal: AbortSignal,
): Promise<void> {
  const request = connectRequest(endpoint)
  socket.write(login === undefined ? Uint8Array.of(version, 1, method.none) : greetingWithLogin)
  const [answered, chosen] = await readExactly(socket, 2, signal)
  if (answered !== version) throw refused()
  if (chosen === method.password && login !== undefined) await logIn(socket, login, signal)
  else if (chosen !== method.none) throw refused()
  socket.write(request)
  const [spoken, reply = 1, , kind] = await readExactly(socket, 4, signal)
  if (spoken !== version || reply !== 0) throw refused(reply)
  await skipBoundAddress(socket, kind, signal)
}

const greetingWithLogin = Uint8Array.of(version, 2, method.none, method.password)

async function logIn(socket: Socket, login: NonNullable<Socks5Proxy['login']>, signal: AbortSignal): Promise<void> {
  const [name, password] = [utf8Encode(login.name), utf8Encode(login.password)]
  if (name.length > 255 || password.length > 255) throw new TransportError('transport.bad-address')
  const lengths = [Uint8Array.of(1, name.length), Uint8Array.of(password.length)] as const
  socket.write(concatBytes(lengths[0], name, lengths[1], password))
  const [, status] = await readExactly(socket, 2, signal)
  if (status !== 0) throw refused()
}

/** Version, CONNECT, reserved, kind of address, address, port. */
function connectRequest({ host, port }: Endpoint): Uint8Array {
  return concatBytes(Uint8Array.of(version, 1, 0), addressBytes(host), Uint8Array.of(port >> 8, port & 0xff))
}

function addressBytes(host: string): Uint8Array {
  if (isIPv4(host)) return Uint8Array.of(1, ...host.split('.').map(Number))
  if (isIPv6(host)) return concatBytes(Uint8Array.of(4), ipv6Bytes(host))
  const name = utf8Encode(host)
  if (name.length === 0 || name.length > 255) throw new TransportError('transport.bad-address')
  return concatBytes(Uint8Array.of(3, name.length), name)
}

/** The URL parser knows every spelling and writes eight groups, the longest run of zeros as `::`. */
function ipv6Bytes(host: string): Uint8Array {
  const text = URL.parse(`http://[${host}]/`)?.hostname.slice(1, -1) ?? '::'
  const [left = [], right = []] = text.split('::').map(half => half.split(':').filter(group => group !== ''))
  const zeros = Array.from({ length: 8 - left.length - right.length }, () => '0')
  const groups = [...left, ...zeros, ...right].map(group => Number.parseInt(group, 16))
  return Uint8Array.from(groups.flatMap(group => [group >> 8, group & 0xff]))
}

/** What the proxy calls its own end of the connection is of no use. */
async function skipBoundAddress(socket: Socket, kind: number | undefined, signal: AbortSignal): Promise<void> {
  const lengths = new Map([
    [1, 4],
    [4, 16],
  ])
  const length = kind === 3 ? (await readExactly(socket, 1, signal))[0] : lengths.get(kind ?? 0)
  if (length === undefined) throw refused()
  await readExactly(socket, length + 2, signal)
}

function refused(reply = 1): TransportError {
  return new TransportError('transport.proxy-refused', { reply })
}
