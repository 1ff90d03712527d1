import { ServiceNode, type ServiceNodeOptions } from '@sotto/node'
import { type NodeHost, type NodeState } from './node-host.ts'

/** A node in this process. */
export class InProcessNode implements NodeHost {
  readonly #node: ServiceNode
  #running = false

  constructor(options: ServiceNodeOptions) {
    this.#node = new ServiceNode(options)
  }

  async start(): Promise<void> {
    await this.#node.start()
    this.#running = true
  }

  async stop(deadlineMs: number): Promise<void> {
    this.#running = false
    await this.#node.stop(deadlineMs)
  }

  async state(): Promise<NodeState> {
    return {
      running: this.#running,
      pid: process.pid,
      restarts: 0,
      stats: this.#running ? await this.#node.stats() : {},
    }
  }
}
