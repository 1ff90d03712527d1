import { type AccountId } from '@sotto/protocol/account'
import { command, type CommandTable, noArguments, query, type QueryTable } from '../engine/calls.ts'
import { type EngineContext } from '../engine/context.ts'
import { type Feature } from '../engine/feature.ts'
import { optionalNumber } from '../store/columns.ts'
import { type Reader } from '../store/store.ts'
import { followPictures, loadPictures, PICTURES_JOB } from './load-pictures.ts'
import { clearOwnPicture, keepOwnPicture, setOwnPicture } from './own-picture.ts'
import { PicturesError } from './pictures-error.ts'

/** The picture of a person that is here. */
export interface PictureView {
  readonly account: AccountId
  /** Another number when the picture is another one; `undefined` if there is none here. */
  readonly file: number | undefined
}

/** What is done with pictures of people. */
export interface PicturesCommands {
  /**
   * Makes a picture the own one: PNG, JPEG, WebP or GIF of at most 1,000,000 bytes. Ends when it is on the file server; others
   * learn it with the next message to them.
   * @throws {PicturesError} @throws {AttachmentsError} @throws {NetworkError}
   */
  'pictures.set'(args: { bytes: Uint8Array }): Promise<void>
  'pictures.clear'(): void
  /** `undefined` if there is none here. @throws {FileError} */
  'pictures.read'(args: { account: string }): Promise<Uint8Array | undefined>
}

/** What is asked about them. */
export interface PicturesQueries {
  /** Of up to 1000 people, in their order, also of oneself. */
  'pictures.of'(args: { accounts: readonly string[] }): readonly PictureView[]
}

const KEEP_JOB = 'own-picture'
const MAX_ACCOUNTS = 1000
const MAX_GIVEN_BYTES = 12_000_000
/** Once a day. Spec 10 §6.1. */
const KEEP_MS = 86_400_000

const commands: CommandTable<PicturesCommands> = {
  'pictures.set': command(args => {
    const bytes = args.bytes('bytes', Number.MAX_SAFE_INTEGER)
    if (bytes.length > MAX_GIVEN_BYTES) throw new PicturesError('pictures.too-large', { length: bytes.length })
    return bytes
  }, setOwnPicture),
  'pictures.clear': command(noArguments, (_, context) => {
    clearOwnPicture(context)
  }),
  'pictures.read': command(
    args => args.accountId('account'),
    async (account, { files, store }) => {
      const file = store.read(reader => fileOf(reader, account))
      return file === undefined ? undefined : files.read(file)
    },
  ),
}

const queries: QueryTable<PicturesQueries> = {
  'pictures.of': query(
    args => args.list('accounts', MAX_ACCOUNTS, element => element.accountId('value')),
    (accounts, reader) => accounts.map(account => ({ account, file: fileOf(reader, account) })),
  ),
}

/** Pictures of people. Spec 10 §6.1. */
export const picturesFeature: Feature = {
  name: 'pictures',
  jobs: {
    [PICTURES_JOB]: loadPictures,
    [KEEP_JOB]: async (_, context) => {
      await keepOwnPicture(context)
      return context.time.now() + KEEP_MS
    },
  },
  commands,
  queries,
  start,
}

function start(context: EngineContext): () => void {
  const { schedule, store, time } = context
  store.write(tx => schedule.atLatest(tx, KEEP_JOB, '', time.now() + KEEP_MS))
  return followPictures(context)
}

function fileOf(reader: Reader, account: AccountId): number | undefined {
  const row = reader.get('SELECT file FROM pictures WHERE account = ?', account)
  return row && optionalNumber(row, 'file')
}
