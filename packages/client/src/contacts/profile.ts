import { truncateDisplayName } from '@sotto/protocol/account'
import { type Profile } from '@sotto/protocol/message'
import { type Received } from '../engine/feature.ts'
import { type Tx } from '../store/store.ts'
import { findContact } from './rows.ts'

/** Takes over what a sender says of itself, if that is newer than what is known. Never for oneself. Spec 10 §6.1. */
export function receiveProfile(
  tx: Tx,
  {
    content,
    fromSelf,
    sender,
  }: Received<'message' | 'reaction' | 'expiry-change' | 'group-update' | 'request-response'>,
): void {
  const contact = fromSelf ? undefined : findContact(tx, sender)
  if (contact === undefined || content.profile === undefined) return
  const { name, picture, updatedAtSeconds = 0 } = content.profile
  const known = contact.profileUpdatedAtSeconds
  if (updatedAtSeconds <= known && (updatedAtSeconds !== 0 || known !== 0)) return
  tx.run(
    'UPDATE contacts SET name = ?, picture_url = ?, picture_key = ?, profile_updated_at_seconds = ? WHERE id = ?',
    readName(name) ?? contact.name ?? null,
    picture?.url ?? null,
    picture === undefined ? null : Uint8Array.from(picture.key),
    updatedAtSeconds,
    sender,
  )
}

/** A name that is too long is cut: the contact should have some name. */
function readName(name: Profile['name']): string | undefined {
  return name === undefined ? undefined : truncateDisplayName(name)
}
