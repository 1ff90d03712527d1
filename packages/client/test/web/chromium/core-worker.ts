import { encodeHex, utf8Encode } from '@sotto/protocol/encoding'
import { accountFilesContract, blobFolderContract, sqlDatabaseContract } from '@sotto/client/testing'
import { Accounts } from '../../../src/accounts/accounts.ts'
import { parseAccountSlot } from '../../../src/accounts/account-slot.ts'
import { DatabaseKey } from '../../../src/accounts/database-key.ts'
import { webPassphrasePolicy } from '../../../src/accounts/passphrase-hash.ts'
import { portChannel } from '../../../src/channel/port-channel.ts'
import { serveApi } from '../../../src/channel/serve-api.ts'
import { openDatabaseFiles } from '../../../src/web/files/opfs-database-files.ts'
import { OpfsBlobs } from '../../../src/web/files/opfs-blobs.ts'
import { WebAccountFiles } from '../../../src/web/files/web-account-files.ts'
import { type SyncFile } from '../../../src/web/sqlite/sync-file.ts'
import { WasmSqlite } from '../../../src/web/sqlite/wasm-sqlite.ts'
import { webClock } from '../../../src/web/system/web-clock.ts'
import { webRandom } from '../../../src/web/system/web-random.ts'
import { type LedCore, TabGroup } from '../../../src/web/tabs/tab-group.ts'
import { quickPolicy } from '../../support/quick-policy.ts'
import { ScriptedApi } from '../../support/scripted-api.ts'
import { scanOrigin } from './scan-origin.ts'

const key = new DatabaseKey(new Uint8Array(32).fill(7))
const sqlite = await WasmSqlite.load()
const api = new ScriptedApi()

async function newFolder(): Promise<FileSystemDirectoryHandle> {
  const root = await navigator.storage.getDirectory()
  return root.getDirectoryHandle(`test-${encodeHex(webRandom(8))}`, { create: true })
}

/** The contract opens and closes at once, which the browser's files can't: they stay open for the whole case. */
async function sqlCase(index: number): Promise<void> {
  const files = await openDatabaseFiles(await newFolder())
  const lasting = { main: lastingFile(files.main), log: lastingFile(files.log), journal: lastingFile(files.journal) }
  sqlDatabaseContract[index]?.run({ open: () => sqlite.open(lasting, key) })
  for (const file of [files.main, files.log, files.journal]) file.close()
}

function lastingFile(file: SyncFile): SyncFile {
  return {
    read: (into, options) => file.read(into, options),
    write: (bytes, options) => file.write(bytes, options),
    truncate: sizeBytes => file.truncate(sizeBytes),
    flush: () => file.flush(),
    getSize: () => file.getSize(),
    close: () => {},
  }
}

async function filesCase(index: number): Promise<void> {
  const name = `test-${encodeHex(webRandom(8))}`
  const views = await Promise.all([1, 2, 3, 4, 5, 6, 7, 8].map(async () => WebAccountFiles.open(sqlite, name)))
  let next = 0
  await accountFilesContract[index]?.run({
    files: () => {
      const view = views[next % views.length]
      next += 1
      if (view === undefined) throw new Error('no view')
      return view
    },
  })
  for (const view of views) view.close()
}

async function blobsCase(index: number): Promise<void> {
  const folder = await newFolder()
  const blobs = () => new OpfsBlobs(async create => folder.getDirectoryHandle('files', { create }))
  await blobFolderContract[index]?.run({ blobs })
}

async function accountsIn(name: string, policy = quickPolicy): Promise<Accounts> {
  const files = await WebAccountFiles.open(sqlite, name)
  return new Accounts({ files, random: webRandom, clock: webClock, policy })
}

const canary = 'canary wombat'

/** Makes, uses, locks and opens accounts, and looks for secrets in everything the origin keeps. */
async function accountLife(): Promise<unknown> {
  const name = `test-${encodeHex(webRandom(8))}`
  const accounts = await accountsIn(name)
  const made = await accounts.create(`${canary} name`, { passphrase: utf8Encode('right') })
  const plain = await accounts.create(`${canary} name`)
  const canaries = [canary, made.accountId, made.origin.seed.expose().slice(), plain.origin.seed.expose().slice()]
  for (const account of [made, plain]) {
    account.database.exec('CREATE TABLE messages (body TEXT)')
    const insert = account.database.prepare('INSERT INTO messages VALUES (?)')
    for (let count = 0; count < 300; count++) insert.run(`${canary} ${count} ${'x'.repeat(500)}`)
  }
  await accounts.lock(made.slot)
  await accounts.lock(plain.slot)
  const scan = await scanOrigin(canaries.map(each => (typeof each === 'string' ? utf8Encode(each) : each)))
  const wrong = await accounts.unlock(made.slot, utf8Encode('wrong')).catch((error: unknown) => String(error))
  const opened = await accounts.unlock(made.slot, utf8Encode('right'))
  const again = await accounts.unlock(plain.slot)
  const count = opened.database.prepare('SELECT count(*) AS n FROM messages').get()?.['n']
  const ids = [opened.accountId === made.accountId, again.accountId === plain.accountId]
  await accounts.remove(made.slot)
  await accounts.remove(plain.slot)
  return { scan, wrong, count, ids, left: await accounts.list() }
}

/** The real cost of one passphrase in a browser. */
async function passphraseCost(): Promise<unknown> {
  const accounts = await accountsIn(`test-${encodeHex(webRandom(8))}`, webPassphrasePolicy)
  const { slot } = await accounts.create('Ada', { passphrase: utf8Encode('right') })
  await accounts.lock(slot)
  const start = webClock.monotonic()
  await accounts.unlock(slot, utf8Encode('right'))
  const tookMs = webClock.monotonic() - start
  await accounts.remove(slot)
  return { tookMs }
}

const group: { current?: TabGroup } = {}
let commands = 0

/** Leads or follows. A led core writes commands into a database, once for each id, and can be told to answer none. */
async function join(name: unknown): Promise<void> {
  group.current = await TabGroup.join({
    name: String(name),
    clock: webClock,
    random: webRandom,
    lead: async () => leadCore(String(name)),
    onRole: role => roles.push(role),
  })
}

const roles: string[] = []

async function leadCore(name: string): Promise<LedCore> {
  const files = await WebAccountFiles.open(sqlite, name)
  const slot = parseAccountSlot('11'.repeat(16))
  const existing = (await files.list()).length > 0
  const database = await files.open(slot, key, existing ? 'existing' : 'new')
  await files.writeHeader(slot, Uint8Array.of(1))
  database.exec('CREATE TABLE IF NOT EXISTS commands (id TEXT PRIMARY KEY)')
  const core = new ScriptedApi()
  const insert = database.prepare('INSERT OR IGNORE INTO commands VALUES (?)')
  core.answers.set('command write', async args => {
    insert.run(String(args))
    commands += 1
    // Every third command is done, but its answer never comes: the leader is killed meanwhile.
    return commands % 3 === 0 ? Promise.withResolvers<unknown>().promise : 'written'
  })
  core.answers.set('query count', () => database.prepare('SELECT count(*) AS n FROM commands').get()?.['n'])
  return { api: core, stop: async () => database.close() }
}

api.answers.set('command sql', async index => sqlCase(Number(index)))
api.answers.set('command blobs', async index => blobsCase(Number(index)))
api.answers.set('command files', async index => filesCase(Number(index)))
api.answers.set('command account', accountLife)
api.answers.set('command passphrase', passphraseCost)
api.answers.set('command join', join)
api.answers.set('command leave', async () => group.current?.leave())
api.answers.set('query roles', () => roles)
api.answers.set('command ask', async args => group.current?.api.command('write', args))
api.answers.set('query count', async () => group.current?.api.query('count', 0))
api.answers.set('query echo', args => args)
serveApi(portChannel(self), api)
