import { isTransient } from '@sotto/network'
import { type ExpireResult, type MessageHash, signRequest, userSigner } from '@sotto/protocol/storage'
import { type EngineContext } from '../engine/context.ts'
import { type DueJob } from '../schedule/job.ts'
import { numberOf, optionalNumber, textOf } from '../store/columns.ts'
import { type Reader } from '../store/store.ts'
import { agreedExpiry } from './agreed-expiry.ts'
import { startClock } from './expiry-clock.ts'

/** Times that have passed for so long are still taken by nodes, with room for clocks. Spec 20 §3.10. */
const GRACE_MS = 30_000
/** What is due so soon goes along. */
const GATHERING_MS = 60_000
/** The most that one request names. */
const MAX_HASHES = 100

interface Shortening {
  readonly message: number
  readonly hash: MessageHash
  readonly startedAt: number
  readonly expiresAt: number
}

/**
 * Brings the end of messages that were read forward in the own swarm, and takes over the end that the swarm has for them:
 * another device may have read them before. Done again until it worked or nothing is left of them. Returns when to do it next.
 * Spec 10 §5.8.
 */
export async function shortenRead(_: DueJob, context: EngineContext): Promise<number | undefined> {
  const { store, time } = context
  const due = store.read(reader => dueBy(reader, time.now() + GATHERING_MS))
  const tellable = due.filter(({ expiresAt }) => expiresAt >= time.now() - GRACE_MS)
  const results = tellable.length === 0 ? [] : await tellSwarm(tellable, context)
  return store.write(tx => {
    for (const { message } of due) tx.run('DELETE FROM swarm_shortenings WHERE message = ?', message)
    for (const { expiresAt, hash, message, startedAt } of tellable) {
      const effective = agreedExpiry(hash, results, time.now())
      if (effective === undefined || effective >= expiresAt) continue
      startClock(tx, message, { startedAt, expiresAt: effective }, context)
    }
    return nextShortening(tx)
  })
}

/** When the swarm is to be told next (Unix ms); `undefined` if there is nothing to tell. */
export function nextShortening(reader: Reader): number | undefined {
  const row = reader.get('SELECT min(due_at) AS next FROM swarm_shortenings')
  return row && optionalNumber(row, 'next')
}

/** What the members did. Nothing if they refuse for good: then each device counts for itself. */
async function tellSwarm(
  shortenings: readonly Shortening[],
  { keys, own, report, stopped, swarm }: EngineContext,
): Promise<readonly ExpireResult[]> {
  const ends = shortenings.map(({ expiresAt }) => expiresAt)
  const expiries = new Set(ends).size === 1 ? ends.slice(0, 1) : ends
  const unsigned = { owner: own, messages: shortenings.map(({ hash }) => hash), expiries, mode: 'shorten' } as const
  const build = () => signRequest('expire', unsigned, userSigner(keys.ed25519)).params
  try {
    const { reply } = await swarm.request(own, 'expire', build, { signal: stopped })
    return [...reply.swarm.values()].flatMap(member => (member.kind === 'done' ? [member.result] : []))
  } catch (error) {
    if (isTransient(error)) throw error
    report(error)
    return []
  }
}

function dueBy(reader: Reader, time: number): readonly Shortening[] {
  const sql = `SELECT m.id, m.hash, m.expiry_started_at, m.expires_at FROM swarm_shortenings AS s
    JOIN messages AS m ON m.id = s.message WHERE s.due_at <= ? ORDER BY s.due_at LIMIT ?`
  return reader.all(sql, time, MAX_HASHES).map(row => ({
    message: numberOf(row, 'id'),
    hash: textOf(row, 'hash') as MessageHash,
    startedAt: numberOf(row, 'expiry_started_at'),
    expiresAt: numberOf(row, 'expires_at'),
  }))
}
