import { StorageError } from './storage-error.ts'

/** Four decimal numbers up to 255 without leading zeros. */
export function isIpv4(text: string): boolean {
  return (
    text.length <= 15 && /^(?:(?:25[0-5]|2[0-4]\d|1?\d?\d)(?:\.(?!$)|$)){4}$/.test(text) && !/(?:^|\.)0\d/.test(text)
  )
}

/** Four bytes. @throws {StorageError} `storage.bad-record` */
export function ipv4Bytes(text: string): Uint8Array {
  if (!isIpv4(text)) throw new StorageError('storage.bad-record')
  return Uint8Array.from(text.split('.'), Number)
}

/** Undoes {@link ipv4Bytes}. */
export function formatIpv4(bytes: Uint8Array): string {
  return bytes.join('.')
}
