import { type AccountId } from '@sotto/protocol/account'
import { textOf } from '../store/columns.ts'
import { type Reader, type Tx } from '../store/store.ts'

/** Stands beside the settings: also something that only this device knows. */
const NAME = 'first-request'

/** Notes who was the first to wait, when nobody else did. Only that request is announced. Spec 50 §12. */
export function noteFirstRequest(tx: Tx, contact: AccountId): void {
  tx.run('INSERT OR REPLACE INTO settings (name, value) VALUES (?, ?)', NAME, JSON.stringify(contact))
}

/** Who that was. They need not wait any more. */
export function firstRequest(reader: Reader): string | undefined {
  const row = reader.get('SELECT value FROM settings WHERE name = ?', NAME)
  const value: unknown = row && JSON.parse(textOf(row, 'value'))
  return typeof value === 'string' ? value : undefined
}
