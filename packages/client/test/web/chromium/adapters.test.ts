import { afterAll, expect, test } from 'vitest'
import { accountFilesContract, blobFolderContract, sqlDatabaseContract } from '@sotto/client/testing'
import { startCore } from './core-in-worker.ts'

/** One worker for all cases: each works in a place of its own. */
const { remote, kill } = startCore()
afterAll(kill)

test.for(sqlDatabaseContract.map(({ name }, index) => ({ name, index })))('opfs: $name', async ({ index }) => {
  expect(await remote.command('sql', index)).toBe(undefined)
})

test.for(accountFilesContract.map(({ name }, index) => ({ name, index })))('opfs: $name', async ({ index }) => {
  expect(await remote.command('files', index)).toBe(undefined)
})

test.for(blobFolderContract.map(({ name }, index) => ({ name, index })))('opfs: $name', async ({ index }) => {
  expect(await remote.command('blobs', index)).toBe(undefined)
})

test('accounts live in a browser, and nothing readable of them is kept', async () => {
  const life = await remote.command('account', 0)
  expect(life).toMatchObject({
    scan: { found: [] },
    wrong: expect.stringContaining('account.wrong-passphrase'),
    count: 300,
    ids: [true, true],
    left: [],
  })
  expect((life as { scan: { bytes: number } }).scan.bytes).toBeGreaterThan(300_000)
})

test('a guess of a passphrase costs a quarter of a second or more', async () => {
  const { tookMs } = (await remote.command('passphrase', 0)) as { tookMs: number }
  expect(tookMs).toBeGreaterThan(100)
})

test('page and worker exchange plain data', async () => {
  const value = { text: 'ä', big: 2n ** 70n, bytes: Uint8Array.of(1), list: [null, undefined, true] }
  expect(await remote.query('echo', value)).toEqual(value)
  await expect(remote.query('echo', () => 1)).rejects.toMatchObject({ code: 'channel.bad-value' })
})
