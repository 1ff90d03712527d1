import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { encodeRecoveryPhrase } from '@sotto/protocol/account'
import { encodeBase64, encodeHex, utf8Encode } from '@sotto/protocol/encoding'
import { FolderAccountFiles, systemClock, systemRandom } from '@sotto/client/node'
import { Accounts } from '../../../src/accounts/accounts.ts'
import { type OpenAccount } from '../../../src/accounts/open-account.ts'
import { quickPolicy } from '../../support/quick-policy.ts'
import { temporaryFolder } from '../../support/temporary-folder.ts'

const name = 'Canary Name Zebulon'
const passphrase = 'canary passphrase quokka'
const body = 'canary body of a message wombat'

function accountsIn(folder: string): Accounts {
  const files = new FolderAccountFiles(folder)
  return new Accounts({ files, random: systemRandom, clock: systemClock, policy: quickPolicy })
}

/** Each secret as text, in both byte orders of UTF-16, in hex of both cases, in base64, and as the bytes themselves. */
function canariesOf(account: OpenAccount): readonly Buffer[] {
  const { seed } = account.origin
  const words = encodeRecoveryPhrase(seed)
  const bytes = [seed.expose(), account.keys.ed25519.expose(), account.keys.x25519.secretKey.expose()]
  const texts = [name, passphrase, body, words, words.split(' ').slice(0, 3).join(' '), account.accountId]
  const spelled = texts.flatMap(text => {
    const utf16 = Buffer.from(text, 'utf16le')
    return [Buffer.from(text), utf16, Buffer.from(utf16).swap16(), Buffer.from(encodeHex(utf8Encode(text)))]
  })
  const raw = bytes.flatMap(each => {
    const hex = encodeHex(each)
    const base64 = encodeBase64(each).replace(/.?=*$/, '')
    return [Buffer.from(each), Buffer.from(hex), Buffer.from(hex.toUpperCase()), Buffer.from(base64)]
  })
  return [...spelled, ...raw]
}

function filesBelow(folder: string): readonly string[] {
  const paths = readdirSync(folder, { recursive: true, encoding: 'utf8' }).map(each => join(folder, each))
  return paths.filter(path => statSync(path).isFile())
}

/** The files that contain one of the canaries, in their content or in their name. */
function hits(paths: readonly string[], canaries: readonly Buffer[]): readonly string[] {
  return paths.filter(path => {
    const content = Buffer.concat([readFileSync(path), Buffer.from(path)])
    return canaries.some(canary => content.includes(canary))
  })
}

/** Writes the canary wherever SQLite could put a copy: table, index, search, temporary table, large sort, freed pages. */
function work({ database }: OpenAccount): void {
  database.exec('CREATE TABLE messages (id INTEGER PRIMARY KEY, body TEXT); CREATE INDEX by_body ON messages (body)')
  database.exec('CREATE VIRTUAL TABLE found USING fts5(body); CREATE TEMP TABLE scratch (body TEXT)')
  const insert = database.prepare('INSERT INTO messages (body) VALUES (?)')
  database.exec('BEGIN')
  for (let id = 0; id < 600; id++) insert.run(`${body} ${id} ${'x'.repeat(900)}`)
  database.exec('COMMIT; INSERT INTO found SELECT body FROM messages; INSERT INTO scratch SELECT body FROM messages')
  database.prepare('SELECT body FROM messages ORDER BY substr(body, 20) || random()').all()
  database.exec('DELETE FROM messages WHERE id % 2 = 0')
}

test.for([undefined, passphrase])('nothing readable is on the disk, open or locked (passphrase: %s)', async secret => {
  const folder = temporaryFolder()
  const accounts = accountsIn(folder)
  const account = await accounts.create(name, secret === undefined ? {} : { passphrase: utf8Encode(secret) })
  const canaries = canariesOf(account)
  work(account)
  expect(statSync(join(folder, 'accounts', account.slot, 'messages.db-wal')).size).toBeGreaterThan(100_000)
  expect(hits(filesBelow(folder), canaries)).toEqual([])
  account.database.exec('VACUUM')
  expect(hits(filesBelow(folder), canaries)).toEqual([])
  await account.lock()
  expect(hits(filesBelow(folder), canaries)).toEqual([])
  // Where SQLite puts temporary files. Other programs have theirs there as well.
  const temporary = readdirSync(tmpdir()).filter(each => /^(?:etilqs|sqlite)/i.test(each))
  const ours = temporary.map(each => join(tmpdir(), each)).filter(path => existsSync(path))
  expect(hits(ours, canaries)).toEqual([])

  // The scan itself finds what it looks for.
  const database = join(folder, 'accounts', account.slot, 'messages.db')
  expect(hits([database], [readFileSync(database).subarray(100, 120)])).toEqual([database])
})

test('an account that was removed leaves no file', async () => {
  const folder = temporaryFolder()
  const accounts = accountsIn(folder)
  const account = await accounts.create(name)
  work(account)
  await accounts.remove(account.slot)
  expect(filesBelow(folder)).toEqual([])
})
