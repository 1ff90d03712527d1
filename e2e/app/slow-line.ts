import { once } from 'node:events'
import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net'

/** The way of a browser to the gateway, on which what is sent can be held up. */
export class SlowLine {
  /** Where the gateway is found at the beginning of the line. */
  readonly origin: string
  readonly #server: Server
  readonly #sockets = new Set<Socket>()
  #left = Infinity

  private constructor(server: Server, origin: string) {
    this.#server = server
    this.origin = origin
  }

  static async open(gateway: string): Promise<SlowLine> {
    const { host, hostname, port } = new URL(gateway)
    const server = createServer()
    server.listen(0, hostname)
    await once(server, 'listening')
    const near = `${hostname}:${(server.address() as AddressInfo).port}`
    const line = new SlowLine(server, `http://${near}`)
    server.on('connection', browser => line.#join(browser, connect(Number(port), hostname), near, host))
    return line
  }

  /** So many bytes still go to the gateway, and no more before `release`. */
  hold(bytes: number): void {
    this.#left = bytes
  }

  release(): void {
    this.#left = Infinity
    for (const socket of this.#sockets) socket.resume()
  }

  async close(): Promise<void> {
    for (const socket of this.#sockets) socket.destroy()
    this.#server.close()
    await once(this.#server, 'close')
  }

  #join(browser: Socket, gateway: Socket, near: string, far: string): void {
    let isFirst = true
    for (const [one, other] of [
      [browser, gateway],
      [gateway, browser],
    ] as const) {
      this.#sockets.add(one)
      one.on('error', () => other.destroy())
      one.on('close', () => {
        this.#sockets.delete(one)
        other.destroy()
      })
    }
    browser.on('data', piece => {
      // The gateway looks whether a page is its own.
      gateway.write(isFirst ? Buffer.from(piece.toString('latin1').replaceAll(near, far), 'latin1') : piece)
      isFirst = false
      this.#left -= piece.length
      if (this.#left < 0) browser.pause()
    })
    gateway.pipe(browser)
  }
}
