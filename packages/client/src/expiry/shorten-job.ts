import { type ExpireResult, type MessageHash, signRequest, userSigner } from '@sotto/protocol/storage'
import { type EngineContext } from '../engine/context.ts'
import { type DueJob } from '../schedule/job.ts'
import { numberOf, textOf } from '../store/columns.ts'
import { type Reader } from '../store/store.ts'
import { startClock } from './expiry-clock.ts'

/** What a node still takes of a time that has passed, with room for clocks. Spec 20 §3.10. */
const GRACE_MS = 30_000
/** The most that one request names. */
const MAX_HASHES = 100

interface Read {
  readonly id: number
  readonly hash: MessageHash
  readonly startedAt: number
}

/**
 * Brings the end of messages that were read forward in the own swarm, and takes over the end that the swarm has for them:
 * another device may have read them before. Done again until it worked or nothing is left of them. Spec 10 §5.8.
 */
export async function shortenRead({ key }: DueJob, context: EngineContext): Promise<void> {
  const expiresAt = Number(key)
  const { keys, own, stopped, store, swarm, time } = context
  if (time.now() > expiresAt + GRACE_MS) return
  const read = store.read(reader => readUntil(reader, expiresAt))
  for (let at = 0; at < read.length; at += MAX_HASHES) {
    const part = read.slice(at, at + MAX_HASHES)
    const messages = part.map(({ hash }) => hash)
    const unsigned = { owner: own, messages, expiries: [expiresAt], mode: 'shorten' } as const
    const build = () => signRequest('expire', unsigned, userSigner(keys.ed25519)).params
    const { reply } = await swarm.request(own, 'expire', build, { signal: stopped })
    const results = [...reply.swarm.values()].flatMap(member => (member.kind === 'done' ? [member.result] : []))
    store.write(tx => {
      for (const { hash, id, startedAt } of part) {
        const effective = agreedExpiry(hash, results, time.now())
        if (effective < expiresAt) startClock(tx, id, { startedAt, expiresAt: effective }, context)
      }
    })
  }
}

/** What counts from reading, ends at this time, and would otherwise be kept longer by the swarm. */
function readUntil(reader: Reader, expiresAt: number): readonly Read[] {
  const sql = `SELECT id, hash, expiry_started_at FROM messages WHERE expires_at = ? AND outgoing = 0
    AND expiry_mode = 'after-read' AND hash IS NOT NULL AND network_expiry > expires_at
    AND kind IN ('text', 'unsupported')`
  return reader.all(sql, expiresAt).map(row => ({
    id: numberOf(row, 'id'),
    hash: textOf(row, 'hash') as MessageHash,
    startedAt: numberOf(row, 'expiry_started_at'),
  }))
}

/**
 * When a message ends by what most members say, so that one alone cannot end it. A member that does not know it any more says
 * that it has ended. With no answer at all nothing is known: then it does not end by this.
 */
export function agreedExpiry(hash: MessageHash, results: readonly ExpireResult[], now: number): number {
  if (results.length === 0) return Number.MAX_SAFE_INTEGER
  const said = results.map(result => expiryIn(hash, result) ?? now).toSorted((a, b) => a - b)
  return said[Math.floor(said.length / 2)] ?? now
}

function expiryIn(hash: MessageHash, { expiry, unchanged, updated }: ExpireResult): number | undefined {
  const at = updated.indexOf(hash)
  if (at < 0) return unchanged?.get(hash)
  return typeof expiry === 'number' ? expiry : expiry[at]
}
