import { createHash } from 'node:crypto'
import { chmodSync, rmSync } from 'node:fs'
import { connect, createServer, type Server, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { NetworkError } from './network-error.ts'

/** What a running network can be told. */
export type ControlCommand = 'status' | 'down'

const commands: ReadonlyMap<string, ControlCommand> = new Map([
  ['status', 'status'],
  ['down', 'down'],
])
/** The longest path of a socket that every system takes. */
const maxSocketPath = 100
const maxLine = 64 * 1024

/** Where a network listens for commands: a socket in its folder that only its owner may use. */
export function controlPath(folder: string): string {
  const inside = join(resolve(folder), 'control.sock')
  const name = `sotto-${createHash('sha256').update(inside).digest('hex').slice(0, 24)}`
  if (process.platform === 'win32') return `\\\\.\\pipe\\${name}`
  return inside.length <= maxSocketPath ? inside : join(tmpdir(), `${name}.sock`)
}

/** Takes commands for a running network. One line with a word in, one line of JSON out. */
export class ControlServer {
  readonly #path: string
  readonly #answer: (command: ControlCommand) => Promise<unknown>
  readonly #sockets = new Set<Socket>()
  #server: Server | undefined

  constructor(folder: string, answer: (command: ControlCommand) => Promise<unknown>) {
    this.#path = controlPath(folder)
    this.#answer = answer
  }

  /** @throws {NetworkError} `network.running` if another process listens there */
  async start(): Promise<void> {
    if (await isAnswered(this.#path)) throw new NetworkError('network.running')
    if (process.platform !== 'win32') rmSync(this.#path, { force: true })
    const server = createServer(socket => this.#take(socket))
    await new Promise<void>((done, fail) => {
      // Created with the right mode: between listening and a chmod others could get in.
      const mask = process.umask(0o177)
      server.once('error', fail)
      server.listen(this.#path, done)
      process.umask(mask)
    })
    if (process.platform !== 'win32') chmodSync(this.#path, 0o600)
    this.#server = server
  }

  /** Ends every conversation. */
  async stop(): Promise<void> {
    const server = this.#server
    if (server === undefined) return
    this.#server = undefined
    const closed = new Promise<void>(done => {
      server.close(() => done())
    })
    for (const socket of this.#sockets) socket.destroySoon()
    await closed
  }

  #take(socket: Socket): void {
    this.#sockets.add(socket)
    socket.on('error', () => {})
    socket.on('close', () => this.#sockets.delete(socket))
    void this.#converse(socket)
  }

  async #converse(socket: Socket): Promise<void> {
    try {
      const command = commands.get(await readLine(socket))
      const reply = command === undefined ? { error: 'unknown command' } : await this.#answer(command)
      socket.end(`${JSON.stringify(reply)}\n`)
    } catch {
      socket.destroy()
    }
  }
}

/**
 * Tells the network of a folder something and waits for its answer.
 * @throws {NetworkError} `network.not-running`
 */
export async function tellNetwork(folder: string, command: ControlCommand): Promise<unknown> {
  const socket = await open(controlPath(folder)).catch((cause: unknown) => {
    throw new NetworkError('network.not-running', {}, { cause })
  })
  try {
    socket.write(`${command}\n`)
    return JSON.parse(await readLine(socket))
  } catch (cause) {
    throw new NetworkError('network.not-running', {}, { cause })
  } finally {
    socket.destroy()
  }
}

/** Ends when the network of a folder takes no commands any more, which is the last thing that it stops. */
export async function untilDown(folder: string): Promise<void> {
  const path = controlPath(folder)
  for (;;) {
    const socket = await open(path).catch(() => undefined)
    if (socket === undefined) return
    // It stays open until the other side ends.
    await new Promise<void>(done => {
      socket.resume().once('close', () => done())
    })
  }
}

async function isAnswered(path: string): Promise<boolean> {
  const socket = await open(path).catch(() => undefined)
  socket?.destroy()
  return socket !== undefined
}

async function open(path: string): Promise<Socket> {
  return new Promise((done, fail) => {
    const socket = connect(path)
    socket.once('error', fail)
    socket.once('connect', () => {
      socket.off('error', fail)
      socket.on('error', () => {})
      done(socket)
    })
  })
}

/** The first line of what comes, without its end. */
async function readLine(socket: Socket): Promise<string> {
  return new Promise((done, fail) => {
    let text = ''
    socket.setEncoding('utf8')
    socket.on('data', (chunk: string) => {
      text += chunk
      const end = text.indexOf('\n')
      if (end >= 0) done(text.slice(0, end))
      else if (text.length > maxLine) socket.destroy()
    })
    socket.once('close', () => fail(new NetworkError('network.not-running')))
  })
}
