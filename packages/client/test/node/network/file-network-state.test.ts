import { statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { FileNetworkState } from '@sotto/client/node'
import { temporaryFolder } from '../../support/temporary-folder.ts'

test('a state is kept for its owner only, and replaced as a whole', async () => {
  const path = join(temporaryFolder(), 'device', 'network.json')
  expect(await new FileNetworkState(path).load()).toBe(undefined)
  for (const bytes of [Uint8Array.of(1, 2, 3), new Uint8Array(100_000).fill(7), new Uint8Array()]) {
    await new FileNetworkState(path).save(bytes)
    expect(await new FileNetworkState(path).load()).toEqual(bytes)
  }
  expect(statSync(path).mode & 0o777).toBe(0o600)
})

test('a file that is no state counts as none', async () => {
  const path = join(temporaryFolder(), 'network.json')
  writeFileSync(path, new Uint8Array(1_048_577))
  expect(await new FileNetworkState(path).load()).toBe(undefined)
  await expect(new FileNetworkState(temporaryFolder()).load()).rejects.toMatchObject({
    code: 'accounts.storage-failed',
  })
})
