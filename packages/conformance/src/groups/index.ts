import type { Entry } from '../runner.ts'
import { accountRunners } from './account.ts'
import { blindingRunners } from './blinding.ts'
import { communityRunners } from './community.ts'
import { cryptoRunners } from './crypto.ts'
import { encodingRunners } from './encoding.ts'
import { nameRunners } from './names.ts'
import { onionRunners } from './onion.ts'
import { refusals } from './refused.ts'
import { swarmRunners } from './swarm.ts'

/** Every group that this package knows. A new file of runners is a new line. */
export const entries: readonly Entry[] = [
  ...refusals,
  ...encodingRunners,
  ...cryptoRunners,
  ...accountRunners,
  ...blindingRunners,
  ...swarmRunners,
  ...onionRunners,
  ...nameRunners,
  ...communityRunners,
]
