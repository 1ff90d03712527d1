import { dirname } from 'node:path'
import { type NetworkState } from '@sotto/network'
import { createPrivateFolder, readSmallFile, replacePrivateFile } from '../files/private-file.ts'
import { withAccountsErrors } from '../files/storage-failure.ts'

/** Longer than any state: what is longer was not written by us. */
const maxBytes = 1024 * 1024

/** Guards and what is known of nodes, in one file for its owner only (0600). */
export class FileNetworkState implements NetworkState {
  readonly #path: string

  constructor(path: string) {
    this.#path = path
  }

  /**
   * A file that is too long counts as none.
   * @throws {AccountsError} `accounts.storage-failed`
   */
  async load(): Promise<Uint8Array | undefined> {
    const bytes = withAccountsErrors(() => readSmallFile(this.#path, maxBytes))
    return bytes === 'too-long' ? undefined : bytes
  }

  /** @throws {AccountsError} `accounts.storage-failed`, `accounts.storage-full` */
  async save(bytes: Uint8Array): Promise<void> {
    withAccountsErrors(() => {
      createPrivateFolder(dirname(this.#path))
      replacePrivateFile(this.#path, bytes)
    })
  }
}
