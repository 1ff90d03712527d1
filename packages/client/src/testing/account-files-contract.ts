import { type AccountFiles } from '../accounts/account-files.ts'
import { type AccountSlot, parseAccountSlot } from '../accounts/account-slot.ts'
import { DatabaseKey } from '../accounts/database-key.ts'
import { StorageError } from '../accounts/storage-error.ts'
import { codeOf, equal, rejection, sameBytes } from './compare.ts'

/** What a case needs of the adapter. */
export interface AccountFilesFixture {
  /** Another view of the same place, as another start of the program has it. */
  files(): AccountFiles
}

/** One property of an adapter. It rejects where the adapter does not have it. */
export interface AccountFilesCase {
  readonly name: string
  readonly run: (fixture: AccountFilesFixture) => Promise<void>
}

/** Every `AccountFiles` passes these; a test runs each case on a fresh place. */
export const accountFilesContract: readonly AccountFilesCase[] = [
  { name: 'a new place holds nothing', run: empty },
  { name: 'a header is kept, and replaced as a whole', run: headers },
  { name: 'a header that is too long is refused', run: longHeader },
  { name: 'a database is begun, found again, and opens with its key only', run: databases },
  { name: 'a database that is missing is damaged, and not begun anew', run: missing },
  { name: 'without a header an account is unfinished', run: unfinished },
  { name: 'a database that is set aside stays away', run: setAside },
  { name: 'removing leaves nothing, and may be repeated', run: removing },
  { name: 'one holder has the lock', run: locks },
  { name: 'a key of the device opens what it wrapped, until it is forgotten', run: deviceKeys },
]

const [first, second] = [parseAccountSlot('11'.repeat(16)), parseAccountSlot('22'.repeat(16))]
const header = Uint8Array.of(1, 2, 3)

function keyOf(byte: number): DatabaseKey {
  return new DatabaseKey(new Uint8Array(32).fill(byte))
}

async function statesOf(files: AccountFiles): Promise<string> {
  const records = await files.list()
  const texts = records.map(({ slot, state }) => `${slot.slice(0, 2)} ${state}`)
  return texts.toSorted().join(', ')
}

async function begin(files: AccountFiles, slot: AccountSlot, byte: number): Promise<void> {
  const database = await files.open(slot, keyOf(byte), 'new')
  database.exec('CREATE TABLE one (value TEXT)')
  database.prepare('INSERT INTO one VALUES (?)').run(`value ${byte}`)
  database.close()
  await files.writeHeader(slot, header)
}

async function valueOf(files: AccountFiles, slot: AccountSlot, byte: number): Promise<unknown> {
  const database = await files.open(slot, keyOf(byte), 'existing')
  const value = database.prepare('SELECT value FROM one').get()?.['value']
  database.close()
  return value
}

async function empty(fixture: AccountFilesFixture): Promise<void> {
  const files = fixture.files()
  equal(await statesOf(files), '')
  equal(await files.readHeader(first), undefined)
  await files.remove(first)
  await files.setAside(first)
  equal(await statesOf(files), '')
}

async function headers(fixture: AccountFilesFixture): Promise<void> {
  for (const bytes of [header, new Uint8Array(4096).fill(7), Uint8Array.of(9), new Uint8Array()]) {
    await fixture.files().writeHeader(first, bytes)
    sameBytes(await fixture.files().readHeader(first), bytes)
    equal(await fixture.files().readHeader(second), undefined)
  }
}

async function longHeader(fixture: AccountFilesFixture): Promise<void> {
  const files = fixture.files()
  await files.writeHeader(first, new Uint8Array(4097))
  equal(codeOf(await rejection(files.readHeader(first))), 'account.bad-header')
}

async function databases(fixture: AccountFilesFixture): Promise<void> {
  await begin(fixture.files(), first, 1)
  await begin(fixture.files(), second, 2)
  equal(await statesOf(fixture.files()), '11 whole, 22 whole')
  equal(await valueOf(fixture.files(), first, 1), 'value 1')
  const wrong = await rejection(fixture.files().open(first, keyOf(2), 'existing'))
  equal(wrong instanceof StorageError && wrong.code, 'storage.damaged')
  equal(await valueOf(fixture.files(), first, 1), 'value 1')
  equal(await valueOf(fixture.files(), second, 2), 'value 2')
}

async function missing(fixture: AccountFilesFixture): Promise<void> {
  await fixture.files().writeHeader(first, header)
  equal(codeOf(await rejection(fixture.files().open(first, keyOf(1), 'existing'))), 'storage.damaged')
  equal(await statesOf(fixture.files()), '11 damaged')
}

async function unfinished(fixture: AccountFilesFixture): Promise<void> {
  const database = await fixture.files().open(first, keyOf(1), 'new')
  equal(await statesOf(fixture.files()), '11 unfinished')
  database.close()
  equal(await statesOf(fixture.files()), '11 unfinished')
  await fixture.files().remove(first)
  equal(await statesOf(fixture.files()), '')
}

async function setAside(fixture: AccountFilesFixture): Promise<void> {
  await begin(fixture.files(), first, 1)
  await begin(fixture.files(), second, 2)
  await fixture.files().setAside(first)
  equal(await statesOf(fixture.files()), '11 damaged, 22 whole')
  equal(codeOf(await rejection(fixture.files().open(first, keyOf(1), 'existing'))), 'storage.damaged')
  sameBytes(await fixture.files().readHeader(first), header)
  await fixture.files().setAside(first)
  equal(await valueOf(fixture.files(), second, 2), 'value 2')
  await fixture.files().remove(first)
  equal(await statesOf(fixture.files()), '22 whole')
}

async function removing(fixture: AccountFilesFixture): Promise<void> {
  await begin(fixture.files(), first, 1)
  await begin(fixture.files(), second, 2)
  const wrapped = await fixture.files().deviceKeys.wrap(first, keyOf(1))
  for (const slot of [first, second]) await fixture.files().blobs(slot).write('1'.repeat(32), [header])
  const lock = await fixture.files().lock(first)
  await fixture.files().remove(first)
  await fixture.files().remove(first)
  await lock?.release()
  equal(await statesOf(fixture.files()), '22 whole')
  equal((await fixture.files().blobs(first).list()).length, 0)
  sameBytes(await fixture.files().blobs(second).read('1'.repeat(32), 0, 10), header)
  equal(await fixture.files().readHeader(first), undefined)
  equal(await fixture.files().deviceKeys.unwrap(first, wrapped), undefined)
  equal(codeOf(await rejection(fixture.files().open(first, keyOf(1), 'existing'))), 'storage.damaged')
  await begin(fixture.files(), first, 3)
  equal(await valueOf(fixture.files(), first, 3), 'value 3')
}

async function locks(fixture: AccountFilesFixture): Promise<void> {
  const [one, other] = [fixture.files(), fixture.files()]
  const held = await one.lock(first)
  equal(held === undefined, false)
  equal(await one.lock(first), undefined)
  equal(await other.lock(first), undefined)
  const elsewhere = await other.lock(second)
  equal(elsewhere === undefined, false)
  await held?.release()
  await held?.release()
  const again = await other.lock(first)
  equal(again === undefined, false)
  equal(await one.lock(first), undefined)
  await again?.release()
  await elsewhere?.release()
}

async function deviceKeys(fixture: AccountFilesFixture): Promise<void> {
  const wrapped = await fixture.files().deviceKeys.wrap(first, keyOf(1))
  equal(wrapped.length > 0 && wrapped.length <= 256, true)
  sameBytes((await fixture.files().deviceKeys.unwrap(first, wrapped))?.expose(), keyOf(1).expose())
  const { deviceKeys: keys } = fixture.files()
  equal(await keys.unwrap(second, wrapped), undefined)
  equal(await keys.unwrap(first, new Uint8Array(wrapped.length)), undefined)
  equal(await keys.unwrap(first, wrapped.subarray(1)), undefined)
  equal(await keys.unwrap(first, new Uint8Array()), undefined)
  const other = await keys.wrap(second, keyOf(2))
  equal(await keys.unwrap(first, other), undefined)
  const renewed = await keys.wrap(first, keyOf(3))
  equal(await keys.unwrap(first, wrapped), undefined)
  sameBytes((await keys.unwrap(first, renewed))?.expose(), keyOf(3).expose())
  await keys.forget(first)
  await keys.forget(first)
  equal(await keys.unwrap(first, renewed), undefined)
  sameBytes((await keys.unwrap(second, other))?.expose(), keyOf(2).expose())
}
