import { chmodSync, lstatSync, mkdirSync, rmSync } from 'node:fs'
import { createServer, type Server, type Socket } from 'node:net'
import { userInfo } from 'node:os'
import { dirname } from 'node:path'
import { platform } from 'node:process'
import { ChannelError } from '../../channel/channel-error.ts'
import { type ClientApi } from '../../channel/client-api.ts'
import { serveApi } from '../../channel/serve-api.ts'
import { socketChannel } from './socket-channel.ts'
import { socketPath } from './socket-path.ts'

const maxConnections = 64

/**
 * Serves other processes of the same user from the one that has an account open. Only the holder of the account's lock may:
 * a socket that is left there belongs to nobody any more, and is replaced. Architecture §5.
 */
export class AccountServer {
  readonly #server: Server
  readonly #sockets = new Set<Socket>()

  private constructor(api: ClientApi) {
    this.#server = createServer(socket => {
      this.#sockets.add(socket)
      socket.once('close', () => this.#sockets.delete(socket))
      serveApi(socketChannel(socket), api)
    })
    this.#server.maxConnections = maxConnections
  }

  /**
   * Listens for the account in this folder.
   * @throws {ChannelError} `channel.unreachable`
   */
  static async start(accountFolder: string, api: ClientApi): Promise<AccountServer> {
    const path = socketPath(accountFolder)
    const started = new AccountServer(api)
    try {
      if (platform !== 'win32') preparePlace(path)
      await started.#listen(path)
      if (platform !== 'win32') chmodSync(path, 0o600)
      return started
    } catch (cause) {
      await started.stop()
      throw new ChannelError('channel.unreachable', {}, { cause })
    }
  }

  /** Ends all connections and removes the socket. May be called twice. */
  async stop(): Promise<void> {
    const closed = Promise.withResolvers<void>()
    this.#server.close(() => closed.resolve())
    for (const socket of this.#sockets) socket.destroy()
    await closed.promise
  }

  async #listen(path: string): Promise<void> {
    const listening = Promise.withResolvers<void>()
    this.#server.once('error', listening.reject)
    this.#server.listen(path, listening.resolve)
    await listening.promise
    this.#server.on('error', () => {})
  }
}

/** The folder is closed to others before there is a socket in it. */
function preparePlace(path: string): void {
  const folder = dirname(path)
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  const { uid, mode } = lstatSync(folder)
  // Somebody else's folder among the temporary files could be a trap.
  if (uid !== userInfo().uid || (mode & 0o077) !== 0) throw new ChannelError('channel.unreachable', { mode })
  rmSync(path, { force: true })
}
