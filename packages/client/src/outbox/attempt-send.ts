import { isTransient, NetworkError } from '@sotto/network'
import { backoffMs } from '../engine/backoff.ts'
import { codeOf } from './code-of.ts'
import { type EngineContext } from '../engine/context.ts'
import { type Tx } from '../store/store.ts'
import { dropJob, failJob, hasJob, postponeJob, removeJob, type SendJob } from './jobs.ts'
import { type OutboxListener } from './outbox-listener.ts'

/**
 * Makes one attempt at one queued message. May run twice for the same job: the swarm names a message by the hash of its bytes,
 * so the second store finds the first (spec 20 §3.4, §3.6). The request is made anew each time, its bytes never change.
 */
export async function attemptSend(
  job: SendJob,
  context: EngineContext,
  listeners: readonly OutboxListener[],
): Promise<void> {
  const { store, stopped, time } = context
  if (!store.read(reader => hasJob(reader, job.id))) return
  if (time.now() >= job.expiresAt) {
    store.write(tx => giveUp(tx, job, 'outbox.expired', context, listeners))
    return
  }
  const taken = new AbortController()
  const unwatch = store.onChange(() => {
    if (isTaken(job, context)) taken.abort()
  })
  let storedAt: number
  try {
    storedAt = await storeOnce(job, context, taken.signal)
  } catch (error) {
    if (stopped.aborted || taken.signal.aborted) return
    if (!(error instanceof NetworkError)) context.report(error)
    store.write(tx => {
      if (isTransient(error)) postpone(tx, job, codeOf(error), context)
      else giveUp(tx, job, codeOf(error), context, listeners)
    })
    return
  } finally {
    unwatch()
  }
  if (stopped.aborted) return // it is sent once more after the next start, which changes nothing
  store.write(tx => {
    if (!removeJob(tx, job.id)) return
    for (const { sent } of listeners) sent?.(tx, job, storedAt, context)
  })
}

/** A store that can't answer is no reason: the attempt itself will find out. */
function isTaken({ id }: SendJob, { store, stopped }: EngineContext): boolean {
  if (stopped.aborted) return false
  try {
    return !store.read(reader => hasJob(reader, id))
  } catch {
    return false
  }
}

/** Ends early when the message is taken back: an attempt may wait for the network, and what is taken back must not go out then. */
async function storeOnce(job: SendJob, { swarm, stopped }: EngineContext, taken: AbortSignal): Promise<number> {
  const signal = AbortSignal.any([stopped, taken])
  const { storedAt } = await swarm.store(job.owner, now => requestFor(job, now), { signal })
  return storedAt
}

function requestFor({ owner, namespace, data, ttlMs }: SendJob, now: number) {
  return { owner, namespace, data, timestamp: now, expiry: now + ttlMs, sigTimestamp: now }
}

function postpone(tx: Tx, job: SendJob, code: string, { limits, random, time }: EngineContext): void {
  const range = { firstMs: limits.firstRetryMs, lastMs: limits.lastRetryMs }
  postponeJob(tx, job.id, time.now() + backoffMs(job.attempts + 1, range, random), code)
}

function giveUp(
  tx: Tx,
  job: SendJob,
  code: string,
  context: EngineContext,
  listeners: readonly OutboxListener[],
): void {
  const wasThere = job.message === undefined ? dropJob(tx, job.id) : failJob(tx, job.id, code)
  if (!wasThere) return
  for (const { failed } of listeners) failed?.(tx, job, code, context)
}
