import { connect, type Socket } from 'node:net'
import { utf8Decode } from '@sotto/protocol/encoding'
import { readExactly } from '../src/connect/read-exactly.ts'
import { startTcp } from './servers.ts'

/** What a test proxy was asked for. */
export interface Asked {
  readonly kind: number
  readonly address: Uint8Array
  readonly port: number
  readonly login: string | undefined
}

/** How a test proxy behaves. */
export interface ProxyOptions {
  readonly login?: string
  /** Other than 0: it refuses, with this reply. */
  readonly reply?: number
  /** Where it connects instead of where it was asked to. */
  readonly port?: number
}

/** A SOCKS5 proxy that writes down what it is asked for. */
export async function startProxy(
  options: ProxyOptions = {},
): Promise<{ readonly host: string; readonly port: number; readonly asked: Asked[] }> {
  const asked: Asked[] = []
  const { signal } = new AbortController()
  const serve = async (socket: Socket): Promise<void> => {
    const read = async (length: number): Promise<Uint8Array> => readExactly(socket, length, signal)
    const byte = async (): Promise<number> => (await read(1))[0] ?? 0
    await byte()
    const methods = await read(await byte())
    const method = options.login === undefined ? 0 : 2
    socket.write(Uint8Array.of(5, methods.includes(method) ? method : 0xff))
    const login = method === 2 ? await logIn(socket, read, byte) : undefined
    if (login !== options.login) return void socket.end()
    const [, , , kind = 0] = await read(4)
    const address = await read(kind === 1 ? 4 : kind === 4 ? 16 : await byte())
    const [high = 0, low = 0] = await read(2)
    asked.push({ kind, address, port: high * 256 + low, login })
    // Bound addresses of every kind, in turn.
    const bound = [
      [1, 0, 0, 0, 0],
      [4, ...new Uint8Array(16)],
      [3, 2, 97, 98],
    ][asked.length % 3]
    socket.write(Uint8Array.of(5, options.reply ?? 0, 0, ...(bound ?? []), 0, 0))
    if ((options.reply ?? 0) !== 0) return
    const onward = connect(options.port ?? high * 256 + low, '127.0.0.1')
    onward.on('error', () => socket.destroy())
    socket.on('close', () => onward.destroy())
    socket.pipe(onward).pipe(socket)
  }
  const { port } = await startTcp(socket => void serve(socket).catch(() => socket.destroy()))
  return { host: '127.0.0.1', port, asked }
}

async function logIn(
  socket: Socket,
  read: (length: number) => Promise<Uint8Array>,
  byte: () => Promise<number>,
): Promise<string> {
  await byte()
  const name = await read(await byte())
  const password = await read(await byte())
  const login = `${utf8Decode(name)}:${utf8Decode(password)}`
  socket.write(Uint8Array.of(1, login === 'user:right' ? 0 : 1))
  return login
}
