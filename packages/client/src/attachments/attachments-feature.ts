import { LARGE_CHUNK_BYTES, MAX_ATTACHMENT_BYTES } from '@sotto/protocol/attachment'
import { type Arguments } from '../engine/arguments.ts'
import { command, type CommandTable, query, type QueryTable } from '../engine/calls.ts'
import { type EngineContext } from '../engine/context.ts'
import { type Feature } from '../engine/feature.ts'
import { type DueJob } from '../schedule/job.ts'
import { optionalBytes } from '../store/columns.ts'
import { cancelTransfer, fetchAgain, transferAgain } from './act.ts'
import { AttachmentsError } from './attachments-error.ts'
import { type GalleryPage, galleryPage } from './gallery.ts'
import { attachmentLimit } from './limit.ts'
import { MAX_SIDE } from './limits.ts'
import { type FilePlace, placeOf } from './place.ts'
import { PROGRESS_TOPIC, ProgressBoard, type ProgressView } from './progress-board.ts'
import { readAttachment } from './read.ts'
import { findAttachment, stagedFor } from './rows.ts'
import { forgetStaged, type StagedAttachment, stageFile } from './stage.ts'
import { stageLarge, stagePiece } from './stage-large.ts'
import { FILES_JOB, sweepFiles, watchFiles } from './sweep-files.ts'
import { takeUpOlder } from './take-up-older.ts'
import { keepThumbnail } from './thumbnail.ts'
import { Transfers } from './transfers.ts'
import { isTrusted, releaseWaiting, setTrusted } from './trust.ts'
import { type AttachmentView, viewOfAttachment } from './views.ts'

/** What is done with files of messages. `attachment` is the id of an `AttachmentView`. */
export interface AttachmentsCommands {
  /**
   * Keeps a file of 1 to 10,000,000 bytes that is to be sent in a conversation, without its metadata; until the program ends.
   * See `messages.send`.
   * @throws {AttachmentsError} `attachments.empty`, `attachments.too-large`, `attachments.too-many`, `attachments.mixed`,
   * `attachments.bad-image`, `attachments.not-approved`
   */
  'attachments.stage'(args: { conversation: string; bytes: Uint8Array; name?: string }): Promise<StagedAttachment>
  /**
   * Begins to keep a larger file, of 10,000,001 bytes to the limit of the conversation: see `attachments.limit`. Its bytes follow
   * with `attachments.stage-piece`; `stageFile` does all of that.
   * @throws {AttachmentsError} `attachments.too-large`, `attachments.much-too-large`, `attachments.too-many`, `attachments.mixed`,
   * `attachments.not-approved`
   */
  'attachments.stage-large'(args: { conversation: string; sizeBytes: number; name?: string }): AttachmentView
  /**
   * The next 4 MiB (4,194,304 bytes) of it, or what is left at the end. It can be sent when it is `staged` and not `staging`.
   * @throws {AttachmentsError} `attachments.unknown`, `attachments.wrong-piece`, `attachments.too-large` for a picture,
   * `attachments.too-many`, `attachments.mixed`
   */
  'attachments.stage-piece'(args: { attachment: number; offset: number; bytes: Uint8Array }): Promise<AttachmentView>
  /** Forgets a file that was staged. */
  'attachments.unstage'(args: { attachment: number }): void
  /** Fetches a file, also of somebody whom the user does not trust, or once more. @throws {AttachmentsError} `attachments.not-fetchable` */
  'attachments.download'(args: { attachment: number }): void
  /** Tries again what failed: the download, or the whole message. @throws {AttachmentsError} `attachments.not-fetchable` */
  'attachments.retry'(args: { attachment: number }): void
  /** Stops a download; of an upload the whole message, which then counts as not sent. @throws {AttachmentsError} `attachments.not-running` */
  'attachments.cancel'(args: { attachment: number }): void
  /**
   * The file, or a part of it: of a large one up to 16 MiB at a time.
   * @throws {AttachmentsError} `attachments.not-here`, `attachments.range-too-long` @throws {FileError}
   */
  'attachments.read'(args: { attachment: number; offset?: number; length?: number }): Promise<Uint8Array>
  /** Keeps a small picture of a file with it: up to 64 KiB of PNG, JPEG or WebP; and how large that is, in pixels, if nobody knew. */
  'attachments.set-thumbnail'(args: { attachment: number; bytes: Uint8Array; width?: number; height?: number }): void
  /** Whether files of somebody are fetched without asking, on this device: what waits of the last 100 messages, and all from now on. */
  'contacts.trust-downloads'(args: { contact: string; trusted: boolean }): void
}

/** What is asked about files of messages. */
export interface AttachmentsQueries {
  /** `undefined` if it is not here, or no more. */
  'attachments.get'(args: { attachment: number }): AttachmentView | undefined
  /** Where a file lies, as far as that is known; for who wants to know. */
  'attachments.place'(args: { attachment: number }): FilePlace | undefined
  /** How long a file in a conversation may be, in bytes: 200,000,000 where all who read it can, else 10,000,000. */
  'attachments.limit'(args: { conversation: string }): number
  /** What was chosen for a conversation and not sent yet. */
  'attachments.staged'(args: { conversation: string }): readonly AttachmentView[]
  'attachments.thumbnail'(args: { attachment: number }): Uint8Array | undefined
  /**
   * Of up to 200 files those that are on their way, as far as the way tells how far they are: in browsers it does. Watch it: it
   * changes with each hundredth.
   */
  'attachments.progress'(args: { attachments: readonly number[] }): readonly ProgressView[]
  /** Newest first: 50 pictures and videos, or 100 other files; `before` is the last attachment of the page before. */
  'attachments.gallery'(args: { conversation: string; what: 'media' | 'documents'; before?: number }): GalleryPage
  /** Whether files of somebody are fetched without asking; by default those of people whom the user has accepted. */
  'contacts.trusts-downloads'(args: { contact: string }): boolean
}

const MAX_NAME = 1000
const MAX_FOLLOWED = 200
const MAX_THUMBNAIL_BYTES = 65_536
/** Pictures lose some bytes before they are measured. */
const MAX_CHOSEN_BYTES = MAX_ATTACHMENT_BYTES + 2_000_000

const sideArgument = (args: Arguments, name: 'width' | 'height'): number | undefined =>
  args.optional(name, each => each.integer(name, { min: 1, max: MAX_SIDE }))
const attachmentArgument = (args: Arguments): number => args.integer('attachment')

const commands: CommandTable<AttachmentsCommands> = {
  'attachments.stage': command(
    args => ({
      conversation: args.conversation('conversation'),
      bytes: readChosen(args),
      name: args.optional('name', each => each.text('name', MAX_NAME)),
    }),
    stageFile,
  ),
  'attachments.stage-large': command(
    args => ({
      conversation: args.conversation('conversation'),
      sizeBytes: args.integer('sizeBytes', { min: MAX_ATTACHMENT_BYTES + 1, max: Number.MAX_SAFE_INTEGER }),
      name: args.optional('name', each => each.text('name', MAX_NAME)),
    }),
    (chosen, context) => context.store.write(tx => stageLarge(tx, chosen, context)),
  ),
  'attachments.stage-piece': command(
    args => ({
      attachment: attachmentArgument(args),
      offset: args.integer('offset'),
      bytes: args.bytes('bytes', LARGE_CHUNK_BYTES),
    }),
    stagePiece,
  ),
  'attachments.unstage': command(attachmentArgument, (id, { store }) => {
    store.write(tx => tx.run("DELETE FROM attachments WHERE id = ? AND state = 'staged'", id))
  }),
  'attachments.download': command(attachmentArgument, (id, { store }) => {
    store.write(tx => fetchAgain(tx, id))
  }),
  'attachments.retry': command(attachmentArgument, (id, context) => {
    context.store.write(tx => transferAgain(tx, id))
  }),
  'attachments.cancel': command(attachmentArgument, (id, { store }) => {
    store.write(tx => cancelTransfer(tx, id))
  }),
  'attachments.read': command(
    args => ({
      attachment: attachmentArgument(args),
      at: args.optional('offset', each => each.integer('offset')) ?? 0,
      length: args.optional('length', each => each.integer('length')) ?? Number.MAX_SAFE_INTEGER,
    }),
    ({ attachment, ...range }, context) => readAttachment(attachment, range, context),
  ),
  'attachments.set-thumbnail': command(
    args => ({
      attachment: attachmentArgument(args),
      bytes: args.bytes('bytes', MAX_THUMBNAIL_BYTES),
      width: sideArgument(args, 'width'),
      height: sideArgument(args, 'height'),
    }),
    (thumbnail, { store }) => store.write(tx => keepThumbnail(tx, thumbnail)),
  ),
  'contacts.trust-downloads': command(
    args => ({ contact: args.accountId('contact'), trusted: args.flag('trusted') }),
    ({ contact, trusted }, { store }) => {
      store.write(tx => {
        setTrusted(tx, contact, trusted)
        if (trusted) releaseWaiting(tx, contact)
      })
    },
  ),
}

const queries: Omit<QueryTable<AttachmentsQueries>, 'attachments.progress'> = {
  'attachments.get': query(attachmentArgument, (id, reader) => {
    const row = findAttachment(reader, id)
    return row && viewOfAttachment(row)
  }),
  'attachments.place': query(attachmentArgument, (id, reader) => placeOf(findAttachment(reader, id)?.url)),
  'attachments.limit': query(
    args => args.conversation('conversation'),
    (conversation, reader, context) => attachmentLimit(reader, conversation, context),
  ),
  'attachments.staged': query(
    args => args.conversation('conversation'),
    (conversation, reader) => stagedFor(reader, conversation).map(viewOfAttachment),
  ),
  'attachments.thumbnail': query(attachmentArgument, (id, reader) => {
    const row = reader.get('SELECT thumbnail FROM attachments WHERE id = ?', id)
    const thumbnail = row && optionalBytes(row, 'thumbnail')
    return thumbnail && Uint8Array.from(thumbnail)
  }),
  'attachments.gallery': query(
    args => ({
      conversation: args.conversation('conversation'),
      what: args.word('what', ['media', 'documents']),
      before: args.optional('before', each => each.integer('before')),
    }),
    (request, reader) => galleryPage(reader, request),
  ),
  'contacts.trusts-downloads': query(
    args => args.accountId('contact'),
    (contact, reader, context) => isTrusted(reader, contact, context),
  ),
}

/** Files that are sent and received with messages. Spec 10 §6.2 to §6.4, spec 50 §3.9, §4. */
export function createAttachmentsFeature(): Feature {
  const boards = new WeakMap<EngineContext, ProgressBoard>()
  const boardOf = (context: EngineContext): ProgressBoard => {
    const board = boards.get(context) ?? new ProgressBoard(() => context.store.announce(PROGRESS_TOPIC))
    boards.set(context, board)
    return board
  }
  const all: QueryTable<AttachmentsQueries> = {
    ...queries,
    'attachments.progress': query(
      args => args.list('attachments', MAX_FOLLOWED, element => element.integer('value')),
      (attachments, reader, context) => {
        reader.dependOn(PROGRESS_TOPIC)
        return boardOf(context).of(attachments)
      },
    ),
  }
  return {
    name: 'attachments',
    jobs: { [FILES_JOB]: (job: DueJob, context) => sweepFiles(job, context) },
    commands,
    queries: all,
    start: context => start(context, boardOf(context)),
  }
}

function start(context: EngineContext, progress: ProgressBoard): () => Promise<void> {
  const { store } = context
  store.write(tx => {
    forgetStaged(tx)
    takeUpOlder(tx, context)
  })
  const endWatch = watchFiles(context)
  const endTransfers = new Transfers(context, progress).start()
  return async () => {
    endWatch()
    await endTransfers()
  }
}

/** A file that is too large is no mistake of the program. */
function readChosen(args: Arguments): Uint8Array {
  const bytes = args.bytes('bytes', Number.MAX_SAFE_INTEGER)
  if (bytes.length > MAX_CHOSEN_BYTES) throw new AttachmentsError('attachments.too-large', { length: bytes.length })
  return bytes
}
