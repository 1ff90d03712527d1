import { type BlobFolder } from '../files/blob-folder.ts'
import { equal, rejection, sameBytes } from './compare.ts'

/** What a case needs of the adapter. */
export interface BlobFolderFixture {
  /** Another view of the same place, as another start of the program has it. */
  readonly blobs: () => BlobFolder
}

/** One property of an adapter. It rejects where the adapter does not have it. */
export interface BlobFolderCase {
  readonly name: string
  readonly run: (fixture: BlobFolderFixture) => Promise<void>
}

/** Every `BlobFolder` passes these; a test runs each case on a fresh place. */
export const blobFolderContract: readonly BlobFolderCase[] = [
  { name: 'a new place holds nothing', run: empty },
  { name: 'blobs are kept, and read in parts', run: parts },
  { name: 'a blob is removed, and the others stay', run: removing },
  { name: 'what breaks off stays to be swept', run: broken },
]

const [first, second] = ['1'.repeat(32), '2'.repeat(32)]
const bytes = Uint8Array.from({ length: 300_000 }, (_, at) => at % 251)

async function empty({ blobs }: BlobFolderFixture): Promise<void> {
  equal((await blobs().list()).length, 0)
  equal(await blobs().read(first, 0, 10), undefined)
  await blobs().remove(first)
}

async function parts({ blobs }: BlobFolderFixture): Promise<void> {
  await blobs().write(first, [bytes.subarray(0, 100_000), new Uint8Array(0), bytes.subarray(100_000)])
  await blobs().write(second, [])
  equal((await blobs().list()).toSorted().join(), `${first},${second}`)
  sameBytes(await blobs().read(first, 0, 1_000_000), bytes)
  sameBytes(await blobs().read(first, 99_990, 20), bytes.subarray(99_990, 100_010))
  sameBytes(await blobs().read(first, 299_999, 20), bytes.subarray(299_999))
  sameBytes(await blobs().read(first, 300_010, 20), new Uint8Array(0))
  sameBytes(await blobs().read(second, 0, 20), new Uint8Array(0))
}

async function removing({ blobs }: BlobFolderFixture): Promise<void> {
  for (const name of [first, second]) await blobs().write(name, [bytes])
  await blobs().remove(first)
  await blobs().remove(first)
  equal((await blobs().list()).join(), second)
  equal(await blobs().read(first, 0, 10), undefined)
  sameBytes(await blobs().read(second, 0, 1_000_000), bytes)
}

async function broken({ blobs }: BlobFolderFixture): Promise<void> {
  const breaking = async function* (): AsyncGenerator<Uint8Array, void, void> {
    yield bytes
    throw new RangeError('broken')
  }
  equal((await rejection(blobs().write(first, breaking()))) instanceof RangeError, true)
  for (const name of await blobs().list()) await blobs().remove(name)
  equal((await blobs().list()).length, 0)
  await blobs().write(first, [bytes])
  sameBytes(await blobs().read(first, 0, 1_000_000), bytes)
}
