import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { signaturePath } from '../src/updates/build.ts'
import { openBuild, sha256Hex, type SignedBuild } from '../src/updates/verify-build.ts'
import { BuildError } from './build-error.ts'
import { nodeBuildCrypto } from './node-build-crypto.ts'
import { readDescription } from './sign-build.ts'

/**
 * Looks whether a folder holds a build as it was signed: the signature, and every file by its hash.
 * @throws {BuildError} `build.no-build`, `build.unsigned`, `build.damaged`
 */
export async function checkFolder(folder: string): Promise<SignedBuild> {
  const described = await readDescription(folder)
  const signature = await readFile(join(folder, signaturePath), 'utf8').catch((cause: unknown) => {
    throw new BuildError('build.unsigned', 'there is no build.json.sig', { cause })
  })
  const opened = await openBuild(nodeBuildCrypto, described, signature)
  if (typeof opened === 'string') throw new BuildError('build.unsigned', `the signature is not right: ${opened}`)
  for (const { path, sha256, size } of opened.build.files) {
    const bytes = await readFile(join(folder, path)).catch(() => undefined)
    const isRight = bytes?.length === size && (await sha256Hex(nodeBuildCrypto, Uint8Array.from(bytes))) === sha256
    if (!isRight) throw new BuildError('build.damaged', `${path} is not as it was signed`)
  }
  return opened
}
