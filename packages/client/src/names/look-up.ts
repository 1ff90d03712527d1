import { type AccountId } from '@sotto/protocol/account'
import { nameKey, NameServiceError, openNameRecord, parseRegisteredName } from '@sotto/protocol/names'
import { type EngineContext } from '../engine/context.ts'

const DEADLINE_MS = 10_000

/**
 * Whose account a registered name stands for; `undefined` if nobody has registered it. Three nodes are asked, over paths that
 * nothing else of this account goes over, and have to agree. Spec 10 §8.
 * @throws {NameServiceError} also for records from before the network's hard fork 16: `names.open-failed`
 * @throws {NetworkError}
 */
export async function lookUpName(
  text: string,
  { openSession, own, stopped }: EngineContext,
): Promise<AccountId | undefined> {
  const name = parseRegisteredName(text)
  const session = openSession(`names:${own}`)
  try {
    const record = await session.lookUpName(name, { deadlineMs: DEADLINE_MS, signal: stopped })
    if (record === undefined) return undefined
    // Their keys cost 256 MiB and a second, and nothing has written them for years.
    if (record.nonce === undefined) throw new NameServiceError('names.open-failed')
    return openNameRecord(record, nameKey(name))
  } finally {
    session.close()
  }
}
