import { formatRegistryFile, type SignedRegistry } from '../file/registry-file.ts'
import { maxRegistryBytes } from '../limits.ts'
import { RegistryError } from '../registry-error.ts'
import { replaceFile } from './atomic-file.ts'
import { readAtMost } from './bounded-read.ts'
import { RegistryFileError } from './registry-file-error.ts'

/**
 * The bytes of a list's file, not looked at yet.
 * @throws {RegistryError} `registry.too-large`
 * @throws {RegistryFileError} `registry-file.unreadable`
 */
export async function readRegistryFile(path: string): Promise<Uint8Array> {
  const bytes = await readAtMost(path, maxRegistryBytes).catch((cause: unknown) => {
    throw new RegistryFileError('registry-file.unreadable', {}, { cause })
  })
  if (bytes === undefined) throw new RegistryError('registry.too-large')
  return bytes
}

/**
 * Writes a signed list so that readers find the old file or the new one and never half of either. One writer at a time.
 * @throws {RegistryFileError} `registry-file.not-written`
 */
export async function writeRegistryFile(path: string, registry: SignedRegistry): Promise<void> {
  try {
    await replaceFile(path, formatRegistryFile(registry), 'new')
  } catch (cause) {
    throw new RegistryFileError('registry-file.not-written', {}, { cause })
  }
}
