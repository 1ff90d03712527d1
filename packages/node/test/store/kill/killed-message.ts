import { type NewMessage } from '../../../src/index.ts'
import { DAY, message, NOW } from '../samples.ts'

/** Unix ms. */
export const KILLED_EXPIRY = NOW + DAY

/** Message of a number: different ones in size and account. */
export function killedMessage(number: number): NewMessage {
  const text = `message ${number} `.padEnd(200 + ((number * 7919) % 3000), '.')
  return message({ owner: number % 11, text, expiry: KILLED_EXPIRY })
}
