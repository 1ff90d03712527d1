import { createHash } from 'node:crypto'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type SqlDatabase } from '@sotto/client'
import { MessengerHome } from '@sotto/client/node'
import { type Page } from 'playwright-core'
import { openOffline } from '../../bench/client/store/large-store.ts'

/** An account that was filled outside of the browser: the same files open there. */
export interface LargeAccount {
  readonly slot: string
  readonly passphrase: string
  readonly header: readonly number[]
  readonly database: Buffer
}

/** Of the other person in the conversation. */
export const largeFriend = { id: `05${'ab'.repeat(32)}`, name: 'Largest' }

const passphrase = 'a large account'
const minuteMs = 60_000

/** Makes an account with one conversation of so many messages, a minute apart, the newest one from now. */
export async function largeAccount(messages: number, now: number): Promise<LargeAccount> {
  const folder = mkdtempSync(join(tmpdir(), 'sotto-large-'))
  try {
    const home = new MessengerHome({ folder })
    const account = await home.accounts.create('Lara', {
      passphrase: new TextEncoder().encode(passphrase),
      hint: 'Lara',
    })
    const client = openOffline(account.database)
    fill(account.database, account.accountId, messages, now)
    await client.stop()
    await account.lock()
    const place = join(folder, 'accounts', account.slot)
    if (existsSync(join(place, 'messages.db-wal'))) throw new Error('the log was not written back')
    const header = [...readFileSync(join(place, 'header.json'))]
    return { slot: account.slot, passphrase, header, database: readFileSync(join(place, 'messages.db')) }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

function fill(database: SqlDatabase, own: string, messages: number, now: number): void {
  const { id, name } = largeFriend
  const startAt = now - messages * minuteMs
  database.exec('BEGIN IMMEDIATE')
  database
    .prepare('INSERT INTO contacts (id, name, approved, approved_me, created_at_seconds) VALUES (?, ?, 1, 1, 0)')
    .run(id, name)
  database
    .prepare("INSERT INTO conversations (id, kind, created_at, last_activity_at) VALUES (?, 'contact', ?, ?)")
    .run(id, startAt, now)
  const insert = database.prepare(
    `INSERT INTO messages (conversation, sent_at, sender, digest, outgoing, kind, state, received_at, hash, body)
    VALUES (?, ?, ?, ?, ?, 'text', ?, ?, ?, ?)`,
  )
  for (let at = 0; at < messages; at++) {
    const hash = createHash('sha256').update(String(at)).digest()
    const isOwn = hash.readUInt8(0) < 100
    const sentAt = startAt + at * minuteMs
    const body = `message ${at + 1} ${'some words that make it longer '.repeat(hash.readUInt8(1) % 5)}`.trim()
    const digest = new Uint8Array(hash.subarray(0, 16))
    const state = isOwn ? 'sent' : 'received'
    insert.run(id, sentAt, isOwn ? own : id, digest, isOwn ? 1 : 0, state, sentAt, hash.toString('base64url'), body)
  }
  database.exec('COMMIT')
}

/** Puts it where a page of the app keeps its accounts; the page sees it when it is loaded again. */
export async function plantAccount(page: Page, { slot, header, database }: LargeAccount): Promise<void> {
  // Large arguments go as a file that the page fetches.
  await page.route('**/planted-database', async route => route.fulfill({ body: database }))
  await page.evaluate(
    async ([slot, header]) => {
      const root = await navigator.storage.getDirectory()
      const accounts = await root.getDirectoryHandle('sotto-accounts', { create: true })
      const folder = await accounts.getDirectoryHandle(slot, { create: true })
      const file = await folder.getFileHandle('messages.db', { create: true })
      const reply = await fetch('/planted-database')
      const writable = await file.createWritable()
      await writable.write(await reply.arrayBuffer())
      await writable.close()
      const opening = indexedDB.open('sotto-accounts', 1)
      await new Promise((resolve, reject) => {
        opening.addEventListener('success', resolve)
        opening.addEventListener('error', reject)
      })
      const transaction = opening.result.transaction('headers', 'readwrite')
      transaction.objectStore('headers').put({ bytes: new Uint8Array(header), damaged: false }, slot)
      await new Promise((resolve, reject) => {
        transaction.addEventListener('complete', resolve)
        transaction.addEventListener('abort', reject)
      })
      opening.result.close()
    },
    [slot, header] as const,
  )
}
