import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { buildPath } from '../src/updates/build.ts'
import { formatSignature, parseSignature, signedText } from '../src/updates/build-signature.ts'
import { openBuild } from '../src/updates/verify-build.ts'
import { BuildError } from './build-error.ts'
import { nodeBuildCrypto } from './node-build-crypto.ts'

/** A key that answers for builds. */
export interface BuildSigner {
  /** Ed25519, 32 bytes. */
  readonly publicKey: Uint8Array
  /** 64 bytes. */
  readonly sign: (message: Uint8Array) => Uint8Array
}

/** When and how a build is signed. */
export interface SignBuildOptions {
  readonly signer: BuildSigner
  /** Unix ms. Not before the time of the last one. */
  readonly signedAt: number
  /** The build is for this machine only. */
  readonly local: boolean
}

/**
 * Signs the build in a folder, and answers with the text for `build.json.sig`.
 * @throws {BuildError} `build.no-build`
 */
export async function signBuild(folder: string, { signer, signedAt, local }: SignBuildOptions): Promise<string> {
  const described = await readDescription(folder)
  const signature = signer.sign(signedText(described, { signedAt, local }))
  const key = Buffer.from(signer.publicKey).toString('hex')
  return formatSignature({ key, signature: Buffer.from(signature).toString('hex'), signedAt, local })
}

/** Whether a signature is one of the build in a folder, by this key (hex). */
export async function isSignedBy(folder: string, signatureText: string, key: string): Promise<boolean> {
  if (parseSignature(signatureText)?.key !== key) return false
  return typeof (await openBuild(nodeBuildCrypto, await readDescription(folder), signatureText)) !== 'string'
}

/** @throws {BuildError} `build.no-build` */
export async function readDescription(folder: string): Promise<Uint8Array<ArrayBuffer>> {
  try {
    return Uint8Array.from(await readFile(join(folder, buildPath)))
  } catch (cause) {
    throw new BuildError('build.no-build', 'there is no build.json', { cause })
  }
}
