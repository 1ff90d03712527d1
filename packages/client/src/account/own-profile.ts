import { type Profile } from '@sotto/protocol/message'
import { numberOf, optionalBytes, optionalText } from '../store/columns.ts'
import { type Reader } from '../store/store.ts'

/**
 * What goes along with messages to others. `undefined` for an account without a name: half a profile would take away from others
 * what they know. Spec 10 §6.1, traps.
 */
export function ownProfile(reader: Reader): Profile | undefined {
  const row = reader.get('SELECT * FROM profile')
  if (row === undefined) return undefined
  const name = optionalText(row, 'name')
  if (name === undefined) return undefined
  const url = optionalText(row, 'reuploaded_url') ?? optionalText(row, 'picture_url')
  const key = optionalBytes(row, 'picture_key')
  return {
    name,
    ...(url === undefined || key === undefined ? {} : { picture: { url, key } }),
    updatedAtSeconds: numberOf(row, 'updated_at_seconds'),
  }
}
