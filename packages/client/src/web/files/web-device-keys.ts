import { concatBytes } from '@sotto/protocol/encoding'
import { wipeBytes } from '@sotto/protocol/crypto'
import { type DeviceKeys } from '../../accounts/account-files.ts'
import { type AccountSlot } from '../../accounts/account-slot.ts'
import { DatabaseKey } from '../../accounts/database-key.ts'
import { type AccountRecords } from './records.ts'
import { withAccountsErrors } from './storage-failure.ts'

const cipher = 'AES-GCM'
const nonceBytes = 12

/**
 * Keys that the browser keeps and does not show, not even to this program. A wrapped key is nonce 12 ‖ ciphertext 32 ‖ tag 16
 * under AES-256-GCM.
 */
export class WebDeviceKeys implements DeviceKeys {
  readonly #records: AccountRecords

  constructor(records: AccountRecords) {
    this.#records = records
  }

  async wrap(slot: AccountSlot, key: DatabaseKey): Promise<Uint8Array> {
    return withAccountsErrors(async () => {
      const wrapping = await crypto.subtle.generateKey({ name: cipher, length: 256 }, false, ['encrypt', 'decrypt'])
      await this.#records.putKey(slot, wrapping)
      const iv = crypto.getRandomValues(new Uint8Array(nonceBytes))
      const bytes = Uint8Array.from(key.expose())
      const sealed = await crypto.subtle.encrypt({ name: cipher, iv }, wrapping, bytes)
      wipeBytes(bytes)
      return concatBytes(iv, new Uint8Array(sealed))
    })
  }

  async unwrap(slot: AccountSlot, wrapped: Uint8Array): Promise<DatabaseKey | undefined> {
    const wrapping = await withAccountsErrors(async () => this.#records.key(slot))
    if (wrapping === undefined || wrapped.length !== nonceBytes + 48) return undefined
    const opened = await open(wrapping, Uint8Array.from(wrapped))
    if (opened === undefined) return undefined
    const key = new DatabaseKey(opened)
    wipeBytes(opened)
    return key
  }

  async forget(slot: AccountSlot): Promise<void> {
    await withAccountsErrors(async () => this.#records.deleteKey(slot))
  }
}

async function open(wrapping: CryptoKey, wrapped: Uint8Array<ArrayBuffer>): Promise<Uint8Array | undefined> {
  const iv = wrapped.subarray(0, nonceBytes)
  try {
    return new Uint8Array(await crypto.subtle.decrypt({ name: cipher, iv }, wrapping, wrapped.subarray(nonceBytes)))
  } catch (error) {
    if (error instanceof DOMException && error.name === 'OperationError') return undefined
    throw error
  }
}
