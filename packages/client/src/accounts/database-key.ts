import { Secret } from '@sotto/protocol/crypto'

/** The 32 random bytes that encrypt the pages of one account's database. They never change and never leave the device. */
export class DatabaseKey extends Secret {
  override readonly kind = 'DatabaseKey'

  /** @throws {CryptoError} `crypto.bad-length` */
  constructor(bytes: Uint8Array) {
    super(bytes, 32)
  }
}
