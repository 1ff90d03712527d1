import { initial } from './0001-initial.ts'
import { features } from './0002-features.ts'
import { removedTexts } from './0003-removed-texts.ts'
import { pinnedMessages } from './0004-pinned-messages.ts'
import { longerBeginnings } from './0005-longer-beginnings.ts'
import { attachments } from './0006-attachments.ts'
import { largeFiles } from './0007-large-files.ts'
import { type Migration } from './migration.ts'

/** Every step of the schema in its order. */
export const migrations: readonly Migration[] = [
  initial,
  features,
  removedTexts,
  pinnedMessages,
  longerBeginnings,
  attachments,
  largeFiles,
]
