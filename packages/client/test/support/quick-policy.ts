import { type PassphrasePolicy } from '../../src/accounts/passphrase-hash.ts'

/** The least that Argon2id takes: tests are not about its cost. */
export const quickPolicy: PassphrasePolicy = { floor: { passes: 1, memoryBytes: 8192 }, minimumMs: 0 }
