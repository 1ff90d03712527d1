import type { Entry } from '../runner.ts'
import { accountRunners } from './account.ts'
import { attachmentRunners } from './attachment.ts'
import { blindingRunners } from './blinding.ts'
import { communityRunners } from './community.ts'
import { cryptoRunners } from './crypto.ts'
import { encodingRunners } from './encoding.ts'
import { messageRunners } from './message.ts'
import { nameRunners } from './names.ts'
import { onionRunners } from './onion.ts'
import { pushRunners } from './push.ts'
import { refusals } from './refused.ts'
import { sealRunners } from './seal.ts'
import { storageRunners } from './storage.ts'
import { swarmRunners } from './swarm.ts'

/** Every group that this package knows. A new file of runners is a new line. */
export const entries: readonly Entry[] = [
  ...refusals,
  ...encodingRunners,
  ...cryptoRunners,
  ...accountRunners,
  ...blindingRunners,
  ...swarmRunners,
  ...storageRunners,
  ...onionRunners,
  ...attachmentRunners,
  ...nameRunners,
  ...communityRunners,
  ...messageRunners,
  ...sealRunners,
  ...pushRunners,
]
