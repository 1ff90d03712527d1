import { parseNodeId } from '../../src/swarm/index.ts'
import {
  createPipe,
  decodePipeFrame,
  gatewayLimits,
  type Pipe,
  type PipeEvent,
  type PipeFrame,
  type PipeLimits,
  type PipeOutput,
} from '../../src/pipe/index.ts'

export const guard = parseNodeId('ab'.repeat(32))

/** Small enough that every limit is met soon. */
export const tightLimits: PipeLimits = {
  maxStreams: 3,
  maxChunk: 1024,
  streamWindow: 2048,
  connectionWindow: 3000,
  maxBody: 10_000,
  maxDeadlineMs: 60_000,
}

/** Two ends and the messages on their way. */
export interface Couple {
  readonly client: Pipe
  readonly gateway: Pipe
  readonly toGateway: Uint8Array[]
  readonly toClient: Uint8Array[]
}

/** Two ends that have said hello. */
export function couple(limits: PipeLimits = gatewayLimits): Couple {
  const both = {
    client: createPipe('client', limits),
    gateway: createPipe('gateway', limits),
    toGateway: [],
    toClient: [],
  }
  put(both, 'client', both.client.start())
  put(both, 'gateway', both.gateway.start())
  settle(both)
  return both
}

/** Puts what one side said on its way, and gives its events. */
export function put(
  { toGateway, toClient }: Couple,
  from: 'client' | 'gateway',
  output: PipeOutput,
): readonly PipeEvent[] {
  if (from === 'client') toGateway.push(...output.frames)
  else toClient.push(...output.frames)
  return output.events
}

/** Delivers the next message to one side. */
export function deliver(both: Couple, to: 'client' | 'gateway'): readonly PipeEvent[] {
  const message = (to === 'client' ? both.toClient : both.toGateway).shift()
  return message === undefined ? [] : put(both, to, both[to].receive(message))
}

/** Delivers until nothing is on its way. */
export function settle(both: Couple): {
  readonly client: readonly PipeEvent[]
  readonly gateway: readonly PipeEvent[]
} {
  const client: PipeEvent[] = []
  const gateway: PipeEvent[] = []
  while (both.toGateway.length + both.toClient.length > 0) {
    gateway.push(...deliver(both, 'gateway'))
    client.push(...deliver(both, 'client'))
  }
  return { client, gateway }
}

/** The frames of an output, read. */
export function framesOf({ frames }: PipeOutput): readonly PipeFrame[] {
  return frames.map(frame => decodePipeFrame(frame))
}

/** The code with which a pipe ended, if it did. */
export function failureOf({ events }: PipeOutput): string | undefined {
  const failed = events.find(event => event.kind === 'failed')
  return failed?.kind === 'failed' ? failed.code : undefined
}

/** Fails the test with this sentence unless it holds. */
export function demand(holds: boolean, sentence: string): void {
  if (!holds) throw new Error(sentence)
}
