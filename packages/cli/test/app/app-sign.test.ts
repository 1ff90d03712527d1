import { appendFileSync, rmSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { temporaryFolder } from '../network/test-network.ts'
import { sotto } from '../sotto-process.ts'
import { tinyBuild } from './tiny-build.ts'

function newBuild(): { readonly folder: string; readonly key: string } {
  const { folder, remove } = temporaryFolder()
  onTestFinished(remove)
  return { folder: tinyBuild(join(folder, 'app')), key: join(folder, 'build.key') }
}

test('who hosts the app signs it, and anyone can verify that', async () => {
  const { folder, key } = newBuild()
  const signed = await sotto(['app', 'sign', '--key', key, '--dir', folder])
  const fingerprint = expect.stringMatching(/^(?:[0-9a-f]{4} ){7}[0-9a-f]{4}\n$/) as string
  expect(signed).toEqual({ code: 0, stdout: fingerprint, stderr: '' })
  expect(statSync(key).mode & 0o777).toBe(0o600)

  const by = signed.stdout.trim()
  const verified = await sotto(['app', 'verify', '--dir', folder, '--by', by])
  expect(verified).toMatchObject({ code: 0, stderr: '' })
  expect(verified.stdout).toMatch(/^tiny-1, 1 files, as they were signed\nsigned 20\S+Z by /)
  expect(verified.stdout).toContain(by)
  expect(await sotto(['app', 'verify', '--dir', folder, '--by', '0000'])).toEqual({
    code: 1,
    stdout: '',
    stderr: 'The build of the app was signed by another key.\n',
  })
  appendFileSync(join(folder, 'index.html'), ' ')
  expect(await sotto(['app', 'verify', '--dir', folder])).toMatchObject({
    code: 1,
    stderr: expect.stringContaining('A file of the app is not as it was signed.\n') as string,
  })
})

test('what cannot be signed or verified', async () => {
  const { folder, key } = newBuild()
  expect((await sotto(['app', 'verify', '--dir', folder])).stderr).toContain('has no signature')
  expect(await sotto(['app', 'sign', '--dir', folder])).toMatchObject({ code: 2 })
  rmSync(join(folder, 'build.json'))
  expect((await sotto(['app', 'sign', '--key', key, '--dir', folder])).stderr).toContain('no build of the app')
})
