import { type AccountId } from '@sotto/protocol/account'
import { encodeContent, type VisibleMessage } from '@sotto/protocol/message'
import { type EngineContext } from '../engine/context.ts'
import { type Received } from '../engine/feature.ts'
import { numberOf } from '../store/columns.ts'
import { type Tx } from '../store/store.ts'

const DAY_MS = 86_400_000

/** What is kept of a message. */
export interface Kept {
  readonly body: string | undefined
  /** The serialised content, if it says more than text, files and quote. */
  readonly content: Uint8Array | undefined
  /** Whether to keep what it says of files. */
  readonly hasFiles: boolean
}

/**
 * What there is room for: all of it, unless the text is longer than anyone may write, or the sender has filled the intake of
 * the day; then the beginning of the text, and nothing else. Spec 70 H4.
 */
export function keepWithin(tx: Tx, received: Received<'message'>, context: EngineContext): Kept {
  const { content, fromSelf } = received
  const { limits } = context
  if (fromSelf || hasIntake(tx, received, context)) {
    return { body: beginning(content.body, limits.bodyLength), content: contentBeside(content), hasFiles: true }
  }
  return { body: beginning(content.body, limits.shortBodyLength), content: undefined, hasFiles: false }
}

/** The content of a message that is more than its text, its files and what it replies to. */
export function contentBeside(content: VisibleMessage): Uint8Array | undefined {
  return hasMore(content)
    ? encodeContent({ ...content, profile: undefined, syncTarget: undefined }, Infinity)
    : undefined
}

function hasMore({ preview, invitation, quote }: VisibleMessage): boolean {
  return preview !== undefined || invitation !== undefined || (quote?.attachments.length ?? 0) > 0
}

/** Counts what a contact sends in a day, and tells whether there is room for this. */
function hasIntake(tx: Tx, { conversation, receivedAt, size }: Received, { limits }: EngineContext): boolean {
  const intake = intakeOf(tx, conversation)
  const isNewDay = receivedAt - intake.since >= DAY_MS || receivedAt < intake.since
  const bytes = (isNewDay ? 0 : intake.bytes) + size
  const since = isNewDay ? receivedAt : intake.since
  tx.run('UPDATE conversations SET intake_since = ?, intake_bytes = ? WHERE id = ?', since, bytes, conversation)
  return bytes <= limits.intakeBytesPerDay
}

function intakeOf(tx: Tx, conversation: AccountId): { readonly since: number; readonly bytes: number } {
  const row = tx.get('SELECT intake_since, intake_bytes FROM conversations WHERE id = ?', conversation)
  return row === undefined
    ? { since: 0, bytes: 0 }
    : { since: numberOf(row, 'intake_since'), bytes: numberOf(row, 'intake_bytes') }
}

/** So many code points at most; `undefined` for no text. */
function beginning(body: string | undefined, maxLength: number): string | undefined {
  if (body === undefined || body === '') return undefined
  if (body.length <= maxLength) return body
  let end = 0
  let count = 0
  for (const character of body) {
    if (count === maxLength) break
    count += 1
    end += character.length
  }
  return body.slice(0, end)
}
