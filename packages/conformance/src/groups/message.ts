import { Ed25519Seed } from '@sotto/protocol/crypto'
import { deriveProRotatingSeed } from '@sotto/protocol/message'
import type { CaseReader } from '../case-reader.ts'
import type { Runner } from '../runner.ts'

/** Runners for the groups of `@sotto/protocol/message`. What needs keys stands with those of `seal`. */
export const messageRunners: readonly Runner[] = [
  { group: 'pro', has: ['input.master_seed_hex', 'input.unix_ts'], run: rotatingSeeds },
]

function rotatingSeeds(c: CaseReader): void {
  const input = c.object('input')
  const master = new Ed25519Seed(input.hex('master_seed_hex'))
  c.expect(
    'expect',
    input.numbers('unix_ts').map(time => deriveProRotatingSeed(master, time).expose()),
  )
}
