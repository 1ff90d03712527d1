import { generateKeyPairSync, sign } from 'node:crypto'
import { appendFileSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { buildApp, buildKeyFingerprint, type BuildSigner, checkFolder, isSignedBy, signBuild } from '@sotto/app/build'
import { expect, test } from 'vitest'
import { smallApp } from './small-app.ts'

function newSigner(): BuildSigner {
  const { publicKey, privateKey } = generateKeyPairSync('ed25519')
  const spki = publicKey.export({ format: 'der', type: 'spki' })
  return { publicKey: spki.subarray(12), sign: message => sign(null, message, privateKey) }
}

const signer = newSigner()
const key = Buffer.from(signer.publicKey).toString('hex')
const signedAt = 1_782_000_000_000

async function signed(): Promise<string> {
  const { root, folder } = smallApp()
  const outDir = join(folder, 'built')
  await buildApp({ root, outDir, compression: 'fast' })
  writeFileSync(join(outDir, 'build.json.sig'), await signBuild(outDir, { signer, signedAt, local: false }))
  return outDir
}

test('a signed build is found to be as it was signed', async () => {
  const folder = await signed()
  const { build, signature } = await checkFolder(folder)
  expect(signature).toMatchObject({ key, signedAt, local: false })
  expect(build.files.length).toBeGreaterThan(4)
  const text = readFileSync(join(folder, 'build.json.sig'), 'utf8')
  expect(await isSignedBy(folder, text, key)).toBe(true)
  expect(await isSignedBy(folder, text, Buffer.from(newSigner().publicKey).toString('hex'))).toBe(false)
  expect(await isSignedBy(folder, '', key)).toBe(false)
})

test.for([
  ['a file that grew', 'build.damaged', (folder: string) => appendFileSync(join(folder, 'index.html'), ' ')],
  ['a file that is gone', 'build.damaged', (folder: string) => rmSync(join(folder, 'big.json'))],
  ['a list that changed', 'build.unsigned', (folder: string) => appendFileSync(join(folder, 'build.json'), ' ')],
  ['a list that is gone', 'build.no-build', (folder: string) => rmSync(join(folder, 'build.json'))],
  ['a signature that is gone', 'build.unsigned', (folder: string) => rmSync(join(folder, 'build.json.sig'))],
  ['another time', 'build.unsigned', (folder: string) => change(folder, 'signedAt', signedAt + 1)],
  ['another place', 'build.unsigned', (folder: string) => change(folder, 'local', true)],
  [
    'another key',
    'build.unsigned',
    (folder: string) => change(folder, 'key', Buffer.from(newSigner().publicKey).toString('hex')),
  ],
  ['no signature in it', 'build.unsigned', (folder: string) => change(folder, 'signature', '00'.repeat(64))],
] as const)('a build that is not as it was signed: %s', async ([, code, damage]) => {
  const folder = await signed()
  damage(folder)
  await expect(checkFolder(folder)).rejects.toMatchObject({ code })
})

function change(folder: string, name: string, value: unknown): void {
  const path = join(folder, 'build.json.sig')
  const given = JSON.parse(readFileSync(path, 'utf8')) as Record<string, unknown>
  writeFileSync(path, JSON.stringify({ ...given, [name]: value }))
}

test('a key has a fingerprint that people can compare', async () => {
  expect(await buildKeyFingerprint('00'.repeat(32))).toBe('6668 7aad f862 bd77 6c8f c18b 8e9f 8e20')
})
