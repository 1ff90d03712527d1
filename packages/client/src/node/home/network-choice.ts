import { MajorityDirectory, type NodeDirectory } from '@sotto/registry'
import { fetchFromSeeds, mainnetSeeds, type Seed } from '@sotto/registry/node'
import { type Ed25519PublicKey, ed25519PublicKey } from '@sotto/protocol/crypto'
import { decodeHex } from '@sotto/protocol/encoding'
import { openFileDirectory } from '../network/file-directory.ts'
import { systemClock } from '../system/system-clock.ts'

/** Which network, and why its list of nodes is believed. Architecture §5. */
export type NetworkChoice =
  | {
      readonly kind: 'registry'
      /** A signed list; it is watched for changes. */
      readonly path: string
      /** Who must have signed it: known to the user, never taken from beside the file. */
      readonly signer: Ed25519PublicKey
      /** All nodes are on this machine or in this house: private addresses are taken, and paths need not spread. */
      readonly isLocal: boolean
    }
  | {
      readonly kind: 'seeds'
      /** Default: those of the existing network. */
      readonly seeds?: readonly Seed[]
    }

/** What `signedNetwork` is told besides file and key. */
export interface SignedNetworkOptions {
  /** Its nodes are on this machine or in this house, as those of `sotto network up`. */
  readonly isLocal?: boolean
}

/**
 * The network of a signed list; `signer` is the key of whoever signs it, 64 hex digits.
 * @throws {EncodingError} for anything else
 */
export function signedNetwork(
  path: string,
  signer: string,
  { isLocal = false }: SignedNetworkOptions = {},
): NetworkChoice {
  return { kind: 'registry', path, signer: ed25519PublicKey(decodeHex(signer)), isLocal }
}

/** Who the nodes are, and what ends keeping up with it. */
export interface OpenedDirectory {
  readonly directory: NodeDirectory
  readonly isLocal: boolean
  stop(): Promise<void>
}

/** Nodes come and go slowly. */
const refreshMs = 3_600_000

/**
 * Finds out who the nodes are.
 * @throws {RegistryError} if a file is no list, or not signed by that key
 * @throws {RegistryFileError} `registry-file.unreadable`
 * @throws {SeedError} if the seeds cannot be reached or do not agree
 */
export async function openDirectory(
  choice: NetworkChoice,
  onProblem: (problem: unknown) => void,
  signal: AbortSignal,
): Promise<OpenedDirectory> {
  if (choice.kind === 'seeds') return openSeedDirectory(choice.seeds ?? mainnetSeeds, onProblem, signal)
  const { path, signer, isLocal } = choice
  const { directory, stop } = await openFileDirectory({ path, trustedKeys: [signer], allowLocal: isLocal, onProblem })
  return { directory, isLocal, stop }
}

async function openSeedDirectory(
  seeds: readonly Seed[],
  onProblem: (problem: unknown) => void,
  signal: AbortSignal,
): Promise<OpenedDirectory> {
  const ended = new AbortController()
  const either = AbortSignal.any([signal, ended.signal])
  const fetch = async () => fetchFromSeeds({ seeds, clock: systemClock, signal: either, allowLocal: false })
  const directory = new MajorityDirectory(await fetch())
  const refreshing = refresh(directory, fetch, onProblem, either)
  const stop = async (): Promise<void> => {
    ended.abort()
    await refreshing
  }
  return { directory, isLocal: false, stop }
}

async function refresh(
  directory: MajorityDirectory,
  fetch: () => Promise<Parameters<MajorityDirectory['replace']>[0]>,
  onProblem: (problem: unknown) => void,
  signal: AbortSignal,
): Promise<void> {
  while (!signal.aborted) {
    try {
      await systemClock.sleep(refreshMs, signal)
      directory.replace(await fetch())
    } catch (problem) {
      // The list before stays in use.
      if (!signal.aborted) onProblem(problem)
    }
  }
}
