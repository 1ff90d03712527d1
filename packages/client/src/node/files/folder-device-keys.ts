import { join } from 'node:path'
import {
  nonce24,
  SymmetricKey,
  tryXchacha20poly1305Open,
  wipeBytes,
  xchacha20poly1305Seal,
} from '@sotto/protocol/crypto'
import { concatBytes } from '@sotto/protocol/encoding'
import { type DeviceKeys } from '../../accounts/account-files.ts'
import { type AccountSlot } from '../../accounts/account-slot.ts'
import { DatabaseKey } from '../../accounts/database-key.ts'
import { systemRandom } from '../system/system-random.ts'
import { destroyFile, readSmallFile, replacePrivateFile } from './private-file.ts'
import { withAccountsErrors } from './storage-failure.ts'

/** Keys as files of 32 bytes (0600), in a folder apart from the databases. A wrapped key is nonce 24 ‖ ciphertext 32 ‖ tag 16. */
export class FolderDeviceKeys implements DeviceKeys {
  readonly #folder: string

  /** The folder must be there. */
  constructor(folder: string) {
    this.#folder = folder
  }

  async wrap(slot: AccountSlot, key: DatabaseKey): Promise<Uint8Array> {
    return withAccountsErrors(() => {
      const bytes = systemRandom(32)
      replacePrivateFile(this.#path(slot), bytes)
      const wrapping = new SymmetricKey(bytes)
      wipeBytes(bytes)
      const nonce = nonce24(systemRandom(24))
      const sealed = xchacha20poly1305Seal(wrapping, nonce, key.expose())
      wrapping.wipe()
      return concatBytes(nonce, sealed)
    })
  }

  async unwrap(slot: AccountSlot, wrapped: Uint8Array): Promise<DatabaseKey | undefined> {
    const bytes = withAccountsErrors(() => readSmallFile(this.#path(slot), 32))
    if (bytes === undefined || bytes === 'too-long' || bytes.length !== 32 || wrapped.length !== 72) return undefined
    const wrapping = new SymmetricKey(bytes)
    wipeBytes(bytes)
    const opened = tryXchacha20poly1305Open(wrapping, nonce24(wrapped.subarray(0, 24)), wrapped.subarray(24))
    wrapping.wipe()
    if (opened === undefined) return undefined
    const key = new DatabaseKey(opened)
    wipeBytes(opened)
    return key
  }

  async forget(slot: AccountSlot): Promise<void> {
    withAccountsErrors(() => destroyFile(this.#path(slot)))
  }

  #path(slot: AccountSlot): string {
    return join(this.#folder, `${slot}.key`)
  }
}
