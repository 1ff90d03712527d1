import { randomFillSync } from 'node:crypto'
import { type RandomBytes } from '@sotto/protocol/crypto'

/** The system's source of chance. */
export const systemRandom: RandomBytes = size => randomFillSync(new Uint8Array(size))
