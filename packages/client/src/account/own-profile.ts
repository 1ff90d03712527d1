import { type Profile } from '@sotto/protocol/message'
import { numberOf, optionalBytes, optionalText } from '../store/columns.ts'
import { type Reader } from '../store/store.ts'

/** What goes along with messages to others. `undefined` for an account without a name. Spec 10 §6.1. */
export function ownProfile(reader: Reader): Profile | undefined {
  const row = reader.get('SELECT * FROM profile')
  if (row === undefined) return undefined
  const name = optionalText(row, 'name')
  const url = optionalText(row, 'picture_url')
  const key = optionalBytes(row, 'picture_key')
  return {
    ...(name === undefined ? {} : { name }),
    ...(url === undefined || key === undefined ? {} : { picture: { url, key } }),
    updatedAtSeconds: numberOf(row, 'updated_at_seconds'),
  }
}
