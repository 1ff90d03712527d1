import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { type BuildSigner, isSignedBy, signBuild } from '@sotto/app/build'
import { FolderAssets } from '@sotto/gateway'
import { type Ed25519KeyPair, ed25519Sign, type RandomBytes } from '@sotto/protocol/crypto'
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
  const key = encodeHex(keyPair.publicKey)
  const signaturePath = join(keyFolder, 'build.json.sig')
  const known = await readFile(signaturePath, 'utf8').catch(() => '')
  if (!(await isSignedBy(folder, known, key))) {
    const signing = { signer: builderOf(keyPair), signedAt: now(), local: true }
    await writeFile(signaturePath, await signBuild(folder, signing))
  }
  const signature = Uint8Array.from(await readFile(signaturePath))
  return { folder, signaturePath, assets: await FolderAssets.load(folder, { signature }), key }
}

/** A key of ours as one that answers for builds. */
export function builderOf(keyPair: Ed25519KeyPair): BuildSigner {
  return { publicKey: keyPair.publicKey, sign: message => ed25519Sign(keyPair, message) }
}
