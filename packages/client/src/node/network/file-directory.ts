import { type Ed25519PublicKey } from '@sotto/protocol/crypto'
import { type NodeDirectory } from '@sotto/registry'
import { RegistryFileSource } from '@sotto/registry/node'
import { systemClock } from '../system/system-clock.ts'

/** Whose list is believed. Architecture §5. */
export interface FileDirectoryOptions {
  readonly path: string
  /** Compiled in, or given by the user; never taken from beside the file. */
  readonly trustedKeys: readonly Ed25519PublicKey[]
  /** Nodes in private networks are taken: only for networks on one's own machine. */
  readonly allowLocal: boolean
  /** Is told why a changed file was not taken. The list before stays in use. */
  readonly onProblem: (problem: unknown) => void
}

/** A directory, and what ends the watching of its file. */
export interface FileDirectory {
  readonly directory: NodeDirectory
  stop(): Promise<void>
}

/**
 * Who the nodes are, by a signed file that is watched for changes.
 * @throws {RegistryError} if the file is no list, or not one signed by these keys
 * @throws {RegistryFileError} `registry-file.unreadable`
 */
export async function openFileDirectory(options: FileDirectoryOptions): Promise<FileDirectory> {
  const { path, trustedKeys, allowLocal, onProblem } = options
  const policy = { trustedKeys, allowLocal }
  const source = await RegistryFileSource.start({ path, policy, clock: systemClock, onProblem })
  return { directory: source.directory, stop: async () => source.stop() }
}
