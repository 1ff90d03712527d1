import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { isSignedBy, signBuild } from '@sotto/app/build'
import { FolderAssets } from '@sotto/gateway'
import { ed25519Sign, type RandomBytes } from '@sotto/protocol/crypto'
import { encodeHex } from '@sotto/protocol/encoding'
import { loadOrCreateKeyFile } from '@sotto/server'

/** A build of the app, signed for this machine. */
export interface ServedApp {
  /** Where it was built. */
  readonly folder: string
  /** The file with its signature. */
  readonly signaturePath: string
  readonly assets: FolderAssets
  /** The key that signed it, hex. */
  readonly key: string
}

/** What signing needs of the world. */
export interface ServePorts {
  readonly random: RandomBytes
  /** Unix ms. */
  readonly now: () => number
}

/**
 * Signs a build with the key of this machine, which is made at the first start, and loads it. Browsers remember the key: it
 * stays in `keyFolder` for as long as they should believe.
 * @throws {KeyFileError} @throws {AssetsError} @throws {BuildError} `build.no-build`
 */
export async function serveApp(folder: string, keyFolder: string, { random, now }: ServePorts): Promise<ServedApp> {
  const keyPair = loadOrCreateKeyFile(join(keyFolder, 'build.key'), random)
  const { publicKey } = keyPair
  const key = encodeHex(publicKey)
  const signaturePath = join(keyFolder, 'build.json.sig')
  const known = await readFile(signaturePath, 'utf8').catch(() => '')
  if (!(await isSignedBy(folder, known, key))) {
    const sign = (message: Uint8Array): Uint8Array => ed25519Sign(keyPair, message)
    await writeFile(
      signaturePath,
      await signBuild(folder, { signer: { publicKey, sign }, signedAt: now(), local: true }),
    )
  }
  const signature = Uint8Array.from(await readFile(signaturePath))
  return { folder, signaturePath, assets: await FolderAssets.load(folder, { signature }), key }
}
