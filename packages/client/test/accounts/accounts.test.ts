import { appendFileSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { encodeRecoveryPhrase } from '@sotto/protocol/account'
import { utf8Encode } from '@sotto/protocol/encoding'
import { FolderAccountFiles } from '@sotto/client/node'
import { ManualClock, seededRandom } from '@sotto/testing'
import { AccountsError } from '../../src/accounts/accounts-error.ts'
import { Accounts } from '../../src/accounts/accounts.ts'
import { type AccountFiles } from '../../src/accounts/account-files.ts'
import { type AccountSlot } from '../../src/accounts/account-slot.ts'
import { hashPassphraseHere, type PassphraseHash } from '../../src/accounts/passphrase-hash.ts'
import { quickPolicy } from '../support/quick-policy.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'

interface Setup {
  readonly folder: string
  readonly accounts: Accounts
  /** Another start of the program on the same folder. */
  readonly again: (files?: (real: AccountFiles) => AccountFiles) => Accounts
  readonly path: (slot: AccountSlot, name: string) => string
}

function setUp(hash: PassphraseHash = hashPassphraseHere): Setup {
  const folder = temporaryFolder()
  const random = seededRandom(7)
  const again: Setup['again'] = (wrap = real => real) =>
    new Accounts({
      files: wrap(new FolderAccountFiles(folder)),
      random,
      clock: new ManualClock(1_790_000_000_000),
      policy: quickPolicy,
      hash,
    })
  return { folder, accounts: again(), again, path: (slot, name) => join(folder, 'accounts', slot, name) }
}

function namesIn(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' }).toSorted()
}

const secret = () => utf8Encode('correct horse')
const code = (expected: string) => expect.objectContaining({ code: expected })

test('an account is made, locked and opened again with its passphrase', async () => {
  const { accounts, again } = setUp()
  const made = await accounts.create(' Ada ', { passphrase: secret(), hint: 'Work' })
  const { slot, accountId } = made
  const words = encodeRecoveryPhrase(made.origin.seed)
  expect(words.split(' ')).toHaveLength(13)
  expect(made.origin).toMatchObject({ name: 'Ada', createdAt: 1_790_000_000_000, restored: false })
  expect(await accounts.list()).toEqual([{ slot, state: 'whole', protection: 'passphrase', hint: 'Work' }])
  made.database.exec('CREATE TABLE one (id INTEGER); INSERT INTO one VALUES (7)')
  expect(accounts.opened(slot)).toBe(made)
  await accounts.lock(slot)
  expect(accounts.opened(slot)).toBe(undefined)

  const opened = await again().unlock(slot, secret())
  expect(opened.accountId).toBe(accountId)
  expect(encodeRecoveryPhrase(opened.origin.seed)).toBe(words)
  expect(opened.origin).toMatchObject({ name: 'Ada', createdAt: 1_790_000_000_000, restored: false })
  expect(opened.database.prepare('SELECT id FROM one').get()).toEqual({ id: 7 })
  await opened.lock()
})

test('an account without a passphrase opens by the key of the device, and not without that', async () => {
  const { accounts, again, folder } = setUp()
  const { slot, accountId } = await accounts.create('Ada')
  expect(await accounts.list()).toEqual([{ slot, state: 'whole', protection: 'device' }])
  await accounts.lock(slot)
  const opened = await again().unlock(slot)
  expect(opened.accountId).toBe(accountId)
  await opened.lock()
  writeFileSync(join(folder, 'keys', `${slot}.key`), new Uint8Array(32))
  await expect(again().unlock(slot)).rejects.toEqual(code('account.no-wrapping-key'))
})

test('13 words bring the same account back, with another folder and another key', async () => {
  const { accounts } = setUp()
  const made = await accounts.create('Ada')
  const restored = await accounts.restore(encodeRecoveryPhrase(made.origin.seed).toUpperCase(), {
    passphrase: secret(),
  })
  expect(restored.accountId).toBe(made.accountId)
  expect(restored.slot).not.toBe(made.slot)
  expect(restored.origin).toMatchObject({ name: undefined, restored: true })
  await expect(accounts.restore('one two three')).rejects.toEqual(code('phrase.too-short'))
  expect(await accounts.list()).toHaveLength(2)
})

test('a locked account gives nothing out', async () => {
  const { accounts } = setUp()
  const made = await accounts.create('Ada')
  const { database, origin, keys } = made
  const { seed } = origin
  await made.lock()
  await made.lock()
  expect(() => made.database).toThrow(code('account.not-open'))
  expect(() => made.origin).toThrow(code('account.not-open'))
  expect(() => seed.expose()).toThrow(code('crypto.wiped'))
  expect(() => keys.ed25519.expose()).toThrow(code('crypto.wiped'))
  expect(() => keys.ed25519.seed.expose()).toThrow(code('crypto.wiped'))
  expect(() => keys.x25519.secretKey.expose()).toThrow(code('crypto.wiped'))
  expect(() => database.exec('SELECT 1')).toThrow(code('storage.closed'))
})

test('a wrong passphrase says that and nothing else, after the same work', async () => {
  const costs: unknown[] = []
  const { accounts, again } = setUp(async (passphrase, salt, cost) => {
    costs.push(cost)
    return hashPassphraseHere(passphrase, salt, cost)
  })
  const { slot } = await accounts.create('Ada', { passphrase: secret() })
  await accounts.lock(slot)
  const other = again()
  for (let round = 0; round < 50; round++) {
    const wrong = await other.unlock(slot, utf8Encode(`wrong ${round}`)).catch((error: unknown) => error)
    expect(wrong).toEqual(new AccountsError('account.wrong-passphrase'))
    expect(wrong).not.toHaveProperty('cause')
  }
  expect(await other.verify(slot, utf8Encode('wrong'))).toBe(false)
  expect(await other.verify(slot, secret())).toBe(true)
  await expect(other.unlock(slot)).rejects.toEqual(code('account.passphrase-needed'))
  await expect(other.unlock(slot, new Uint8Array())).rejects.toEqual(code('account.bad-passphrase'))
  // Each guess costs one whole Argon2id at the cost of the header; nothing answers sooner or later than that.
  expect(costs).toHaveLength(1 + 50 + 2)
  expect(new Set(costs.map(cost => JSON.stringify(cost))).size).toBe(1)
  const opened = await other.unlock(slot, secret())
  await opened.lock()
})

test('passphrases are overwritten, whatever comes of the call', async () => {
  const { accounts, again } = setUp()
  const given: Uint8Array[] = []
  const gift = (text: string): Uint8Array => {
    const bytes = utf8Encode(text)
    given.push(bytes)
    return bytes
  }
  const { slot } = await accounts.create('Ada', { passphrase: gift('right') })
  await expect(accounts.create('', { passphrase: gift('right') })).rejects.toEqual(code('name.empty'))
  await expect(again().unlock(slot, gift('right'))).rejects.toEqual(code('account.in-use'))
  await accounts.changePassphrase(slot, gift('right'), gift('next'))
  await accounts.lock(slot)
  await expect(accounts.unlock(slot, gift('right'))).rejects.toEqual(code('account.wrong-passphrase'))
  await accounts.verify(slot, gift('next'))
  await accounts.unlock(slot, gift('next'))
  expect(given.every(bytes => bytes.length > 0 && bytes.every(byte => byte === 0))).toBe(true)
})

test('the passphrase changes while the account is open or locked; the database stays', async () => {
  const { accounts, folder, path } = setUp()
  const made = await accounts.create('Ada', { hint: 'Home' })
  const { slot } = made
  const keyFile = join(folder, 'keys', `${slot}.key`)
  const steps: readonly (readonly [string | undefined, string | undefined])[] = [
    [undefined, undefined],
    [undefined, 'one'],
    ['one', 'two'],
    ['two', undefined],
    [undefined, 'three'],
  ]
  const bytes = (text: string | undefined) => (text === undefined ? undefined : utf8Encode(text))
  for (const [current, next] of steps) {
    if (current !== undefined) {
      await expect(accounts.changePassphrase(slot, utf8Encode('wrong'), bytes(next))).rejects.toEqual(
        code('account.wrong-passphrase'),
      )
    }
    await accounts.changePassphrase(slot, bytes(current), bytes(next))
    expect(existsSync(keyFile)).toBe(next === undefined)
    expect(await accounts.list()).toMatchObject([
      { protection: next === undefined ? 'device' : 'passphrase', hint: 'Home' },
    ])
    if (current !== undefined) {
      await accounts.lock(slot)
      const old = accounts.unlock(slot, bytes(current))
      if (next !== undefined) await expect(old).rejects.toEqual(code('account.wrong-passphrase'))
      else await old.then(async account => account.lock())
    }
    await accounts.lock(slot)
    await accounts.unlock(slot, bytes(next))
  }
  await expect(accounts.changePassphrase(slot, utf8Encode('three'), new Uint8Array())).rejects.toEqual(
    code('account.bad-passphrase'),
  )
  expect(namesIn(path(slot, '.'))).toEqual(['header.json', 'messages.db', 'messages.db-wal'])
})

test('a change that breaks off leaves an account that opens', async () => {
  const { accounts, again } = setUp()
  const { slot } = await accounts.create('Ada', { passphrase: secret() })
  await accounts.lock(slot)
  const broken = again(real => ({
    ...delegate(real),
    writeHeader: () => Promise.reject(new Error('no power')),
  }))
  await expect(broken.changePassphrase(slot, secret(), utf8Encode('next'))).rejects.toThrow('no power')
  await expect(broken.changePassphrase(slot, secret(), undefined)).rejects.toThrow('no power')
  const opened = await again().unlock(slot, secret())
  await opened.lock()
})

test('one process has an account open', async () => {
  const { accounts, again } = setUp()
  const { slot } = await accounts.create('Ada')
  await expect(again().unlock(slot)).rejects.toEqual(code('account.in-use'))
  await expect(accounts.unlock(slot)).rejects.toEqual(code('account.in-use'))
  await expect(again().remove(slot)).rejects.toEqual(code('account.in-use'))
  await expect(again().setHint(slot, 'x')).rejects.toEqual(code('account.in-use'))
  await accounts.setHint(slot, 'Mine')
  await accounts.lock(slot)
  await again().setHint(slot, undefined)
  expect(await accounts.list()).toEqual([{ slot, state: 'whole', protection: 'device' }])
  await expect(again().setHint(slot, 'a\nb')).rejects.toEqual(code('accounts.bad-hint'))
})

test('removing an account leaves nothing of it, open or locked', async () => {
  const { accounts, again, folder } = setUp()
  const one = await accounts.create('Ada')
  const two = await accounts.create('Bob', { passphrase: secret() })
  await two.lock()
  await accounts.remove(one.slot)
  expect(one.isLocked).toBe(true)
  expect(await accounts.list()).toHaveLength(1)
  await again().remove(two.slot)
  expect(namesIn(folder)).toEqual(['accounts', 'keys', 'locks'])
  await expect(accounts.unlock(one.slot)).rejects.toEqual(code('accounts.unknown'))
})

test('a damaged database is reported and set aside, not changed', async () => {
  const { accounts, again, path } = setUp()
  const { slot } = await accounts.create('Ada', { passphrase: secret() })
  await accounts.lock(slot)
  const damaged = readFileSync(path(slot, 'messages.db'))
  damaged.fill(0x55, 20, 2000)
  writeFileSync(path(slot, 'messages.db'), damaged)
  await expect(again().unlock(slot, utf8Encode('wrong'))).rejects.toEqual(code('account.wrong-passphrase'))
  expect(existsSync(path(slot, 'messages.db'))).toBe(true)
  await expect(again().unlock(slot, secret())).rejects.toEqual(code('account.damaged'))
  expect(readFileSync(path(slot, 'damaged-1-messages.db'))).toEqual(damaged)
  expect(await again().list()).toEqual([{ slot, state: 'damaged', protection: 'passphrase' }])
  await expect(again().unlock(slot, secret())).rejects.toEqual(code('account.damaged'))
  expect(readFileSync(path(slot, 'damaged-1-messages.db'))).toEqual(damaged)
  await again().remove(slot)
  expect(await again().list()).toEqual([])
})

test('a database without an account in it is damaged', async () => {
  const { accounts, again } = setUp()
  const { slot, database } = await accounts.create('Ada')
  database.exec('DELETE FROM account_origin')
  await accounts.lock(slot)
  await expect(again().unlock(slot)).rejects.toEqual(code('account.damaged'))
})

test('a damaged header is listed, and opens nothing', async () => {
  const { accounts, again, path } = setUp()
  const { slot } = await accounts.create('Ada')
  await accounts.lock(slot)
  const whole = readFileSync(path(slot, 'header.json'))
  writeFileSync(path(slot, 'header.json'), whole.subarray(0, 40))
  expect(await again().list()).toEqual([{ slot, state: 'damaged', protection: 'passphrase' }])
  await expect(again().unlock(slot)).rejects.toEqual(code('account.bad-header'))
  appendFileSync(path(slot, 'header.json'), new Uint8Array(5000))
  expect(await again().list()).toMatchObject([{ state: 'damaged' }])
  writeFileSync(path(slot, 'header.json'), '{"version":2}')
  expect(await again().list()).toMatchObject([{ state: 'whole' }])
  await expect(again().unlock(slot)).rejects.toEqual(code('account.newer-version'))
  writeFileSync(path(slot, 'header.json'), whole)
  const opened = await again().unlock(slot)
  await opened.lock()
})

test('what a crash left of a new account goes with the next list, unless somebody is making it', async () => {
  const { again, folder } = setUp()
  const dying = again(real => ({
    ...delegate(real),
    writeHeader: () => Promise.reject(new Error('no power')),
    remove: () => Promise.reject(new Error('no power')),
  }))
  await expect(dying.create('Ada')).rejects.toThrow('no power')
  const left = readdirSync(join(folder, 'accounts'))
  expect(left).toHaveLength(1)
  // The lock of the dead process is still held here.
  expect(await again().list()).toEqual([])
  expect(readdirSync(join(folder, 'accounts'))).toEqual(left)
})

test('what nobody is making any more goes with the next list', async () => {
  const { accounts, folder } = setUp()
  const { slot } = await accounts.create('Ada')
  const left = join(folder, 'accounts', 'ab'.repeat(16))
  mkdirSync(left)
  writeFileSync(join(left, 'messages.db'), 'half')
  expect(await accounts.list()).toMatchObject([{ slot }])
  expect(namesIn(join(folder, 'accounts')).filter(name => !name.includes('/'))).toEqual([slot])
})

test('a failed creation cleans up after itself', async () => {
  const { again, folder } = setUp()
  const failing = again(real => ({ ...delegate(real), writeHeader: () => Promise.reject(new Error('disk full')) }))
  await expect(failing.create('Ada', { passphrase: secret() })).rejects.toThrow('disk full')
  expect(namesIn(folder)).toEqual(['accounts', 'keys', 'locks'])
})

test('there is room for so many accounts', async () => {
  const folder = temporaryFolder()
  const files = new FolderAccountFiles(folder)
  const clock = new ManualClock()
  const accounts = new Accounts({ files, random: seededRandom(1), clock, policy: quickPolicy, maxAccounts: 2 })
  await accounts.create('one')
  await accounts.create('two')
  await expect(accounts.create('three')).rejects.toEqual(code('accounts.too-many'))
})

/** A port with the methods of another one. */
function delegate(real: AccountFiles): AccountFiles {
  return {
    deviceKeys: real.deviceKeys,
    list: async () => real.list(),
    readHeader: async slot => real.readHeader(slot),
    writeHeader: async (slot, header) => real.writeHeader(slot, header),
    open: async (slot, key, which) => real.open(slot, key, which),
    blobs: slot => real.blobs(slot),
    setAside: async slot => real.setAside(slot),
    remove: async slot => real.remove(slot),
    lock: async slot => real.lock(slot),
  }
}
