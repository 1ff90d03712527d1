import { randomBytes } from 'node:crypto'
import type { RandomBytes } from '@sotto/protocol/crypto'

/** The system's source of chance. Only `main` files and adapters use this. */
export const systemRandom: RandomBytes = size => Uint8Array.from(randomBytes(size))
