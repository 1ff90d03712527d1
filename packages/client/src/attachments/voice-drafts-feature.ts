import { MAX_ATTACHMENT_BYTES } from '@sotto/protocol/attachment'
import { command, type CommandTable, query, type QueryTable } from '../engine/calls.ts'
import { type Feature } from '../engine/feature.ts'
import { type AttachmentView } from './views.ts'
import { keepVoiceDraft, voiceDraftOf } from './voice-draft.ts'

/** What is done with recordings that are not sent yet. */
export interface VoiceDraftsCommands {
  /**
   * Keeps a recording with its conversation, in place of the one before, until it is sent (see `messages.send`) or forgotten (see
   * `attachments.unstage`). It is not among the staged files.
   * @throws {AttachmentsError} `attachments.not-voice`, `attachments.not-approved`
   */
  'voice-drafts.keep'(args: { conversation: string; bytes: Uint8Array }): Promise<AttachmentView>
}

/** What is asked about them. */
export interface VoiceDraftsQueries {
  'voice-drafts.get'(args: { conversation: string }): AttachmentView | undefined
}

const commands: CommandTable<VoiceDraftsCommands> = {
  'voice-drafts.keep': command(
    args => ({ conversation: args.conversation('conversation'), bytes: args.bytes('bytes', MAX_ATTACHMENT_BYTES) }),
    keepVoiceDraft,
  ),
}

const queries: QueryTable<VoiceDraftsQueries> = {
  'voice-drafts.get': query(
    args => args.conversation('conversation'),
    (conversation, reader) => voiceDraftOf(reader, conversation),
  ),
}

/** Recordings that are kept as the texts in the field are: nothing that was said is lost by looking elsewhere. Spec 50 §4. */
export const voiceDraftsFeature: Feature = { name: 'voice-drafts', commands, queries }
