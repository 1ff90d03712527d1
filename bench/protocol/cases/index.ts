import type { Bare } from '../bare/bare.ts'
import type { BenchCase } from '../case.ts'
import { attachmentCases } from './attachment.ts'
import { cryptoCases } from './crypto.ts'
import { onionCases } from './onion.ts'
import { sealCases } from './seal.ts'
import { storageCases } from './storage.ts'

/** Every figure of the wire library, in the order of its sub-paths. */
export function allCases(bare: Bare): readonly BenchCase[] {
  return [
    ...cryptoCases(bare),
    ...storageCases(bare),
    ...onionCases(bare),
    ...attachmentCases(bare),
    ...sealCases(bare),
  ]
}
