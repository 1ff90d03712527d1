import { encodeHex } from '@sotto/protocol/encoding'
import { type RandomBytes } from '@sotto/protocol/crypto'
import { AccountsError } from './accounts-error.ts'

declare const accountSlot: unique symbol
/**
 * 32 lower-case hex digits, drawn at random: what this device calls one of its accounts. It names the account's folder, its
 * lock and its socket, and says nothing about the account.
 */
export type AccountSlot = string & { readonly [accountSlot]: true }

const pattern = /^[0-9a-f]{32}$/

/** Whether a name of a folder or a key of a record is the place of an account. */
export function isAccountSlot(text: string): text is AccountSlot {
  return pattern.test(text)
}

/**
 * Reads a slot that another process or a person gives.
 * @throws {AccountsError} `accounts.bad-slot`
 */
export function parseAccountSlot(text: string): AccountSlot {
  if (!isAccountSlot(text)) throw new AccountsError('accounts.bad-slot', { length: text.length })
  return text
}

/** Draws the slot of a new account. */
export function createAccountSlot(random: RandomBytes): AccountSlot {
  return parseAccountSlot(encodeHex(random(16)))
}
