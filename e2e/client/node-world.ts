import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { systemClock } from '@sotto/client/node'
import { portChannel } from '../../packages/client/src/channel/port-channel.ts'
import { RemoteApi } from '../../packages/client/src/channel/remote-api.ts'
import { processPort } from './process-port.ts'
import { type Place, startNodes, type TestNodes, type World } from './world.ts'

const program = fileURLToPath(new URL('node-home.ts', import.meta.url))

/** Each person is a process of their own, which talks to the nodes directly. */
export async function nodeWorld(): Promise<World> {
  const nodes = await startNodes()
  const places: NodePlace[] = []
  const clear = async (): Promise<void> => {
    for (const place of places) await place.kill()
  }
  return {
    place: async () => {
      const place = new NodePlace(nodes, places.length)
      places.push(place)
      return place
    },
    clear,
    stop: async () => {
      await clear()
      await nodes.stop()
    },
  }
}

class NodePlace implements Place {
  readonly #args: readonly string[]
  #child: ChildProcess
  #api: RemoteApi

  constructor({ folder, report }: TestNodes, index: number) {
    this.#args = [join(folder, `home-${index}`), report.registry, report.signer]
    this.#child = this.#spawn()
    this.#api = this.#connect()
  }

  get api(): RemoteApi {
    return this.#api
  }

  async kill(): Promise<void> {
    await this.#end('SIGKILL')
  }

  async leave(): Promise<void> {
    await this.#end('SIGTERM')
  }

  async comeBack(): Promise<void> {
    this.#child = this.#spawn()
    this.#api = this.#connect()
  }

  #spawn(): ChildProcess {
    const execArgv = ['--disable-warning=ExperimentalWarning']
    return fork(program, this.#args, {
      execArgv,
      serialization: 'advanced',
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    })
  }

  #connect(): RemoteApi {
    const channel = portChannel(processPort(this.#child))
    return new RemoteApi(channel, { clock: systemClock, greetingMs: 60_000 })
  }

  async #end(signal: 'SIGKILL' | 'SIGTERM'): Promise<void> {
    const child = this.#child
    if (child.exitCode !== null || child.signalCode !== null) return
    const exited = once(child, 'exit')
    child.kill(signal)
    await exited
    this.#api.close()
  }
}
