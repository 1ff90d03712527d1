import { performance } from 'node:perf_hooks'
import { type Answer, type Connection } from './connection.ts'

/** What a run of requests came to. */
export interface Driven {
  readonly count: number
  /** Answers with another status than 200. */
  readonly failed: number
  readonly seconds: number
  /** CPU time of this process meanwhile, in seconds. */
  readonly ownCpuSeconds: number
  /** Of an answer's body, bytes. */
  readonly meanReplyBytes: number
  /** From sending a request to the end of its answer, ms. */
  readonly p50: number
  readonly p99: number
}

/** The `index`-th request in all, to be sent over the `connection`-th connection. `undefined`: there are no more for it. */
export type RequestSource = (connection: number, index: number) => Uint8Array | undefined

/** Whether an answer is what it should be; of the `connection`-th connection. */
export type IsGood = (answer: Answer, connection: number) => boolean

/**
 * Keeps every connection busy with one request after the other, `count` in all, or fewer if there are no more for one of
 * them: then all end. `isGood` says of each answer whether it is what it should be.
 */
export function drive(
  connections: readonly Connection[],
  count: number,
  source: RequestSource,
  isGood: IsGood = ({ status }) => status === 200,
): Promise<Driven> {
  const latencies = new Float64Array(count)
  const startedAt = performance.now()
  const startedCpu = process.cpuUsage()
  let limit = count
  let sent = 0
  let done = 0
  let failed = 0
  let replyBytes = 0
  return new Promise(resolve => {
    const next = (at: number): void => {
      const request = sent < limit ? source(at, sent) : undefined
      if (request === undefined) limit = sent
      if (request === undefined) return void (done === sent && resolve(summary()))
      sent++
      const sentAt = performance.now()
      connections[at]?.send(request, answer => {
        latencies[done++] = performance.now() - sentAt
        replyBytes += answer.body.length
        if (!isGood(answer, at)) failed++
        next(at)
      })
    }
    const summary = (): Driven => {
      const seconds = (performance.now() - startedAt) / 1000
      const { user, system } = process.cpuUsage(startedCpu)
      const sorted = latencies.subarray(0, done).toSorted()
      const quantile = (share: number): number => sorted[Math.min(done - 1, Math.floor(share * done))] ?? 0
      return {
        count: done,
        failed,
        seconds,
        ownCpuSeconds: (user + system) / 1e6,
        meanReplyBytes: Math.round(replyBytes / done),
        p50: quantile(0.5),
        p99: quantile(0.99),
      }
    }
    for (let at = 0; at < connections.length; at++) next(at)
  })
}
