import { MajorityDirectory, type NodeDirectory } from '@sotto/registry'
import { fetchFromSeeds, mainnetSeeds, type Seed } from '@sotto/registry/node'
import { type Ed25519PublicKey, ed25519PublicKey } from '@sotto/protocol/crypto'
import { decodeHex } from '@sotto/protocol/encoding'
import { openFileDirectory } from '../network/file-directory.ts'
import { FileNodeList } from '../network/file-node-list.ts'
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
/** The first wait after the seeds could not be asked; it doubles up to `refreshMs`. */
const firstRetryMs = 5000

/** On how many nodes seeds have to agree. Spec 20 §1.4. */
const minNodes = 24

/** Where a list from seeds is kept, whom to tell of what failed, and what ends it. */
export interface OpenDirectoryOptions {
  readonly path: string
  readonly onProblem: (problem: unknown) => void
  readonly signal: AbortSignal
}

/**
 * Finds out who the nodes are.
 * @throws {RegistryError} if a file is no list, or not signed by that key
 * @throws {RegistryFileError} `registry-file.unreadable`
 */
export async function openDirectory(choice: NetworkChoice, options: OpenDirectoryOptions): Promise<OpenedDirectory> {
  if (choice.kind === 'seeds') return openSeedDirectory(choice.seeds ?? mainnetSeeds, options)
  const { onProblem } = options
  const { path, signer, isLocal } = choice
  const file = await openFileDirectory({ path, trustedKeys: [signer], allowLocal: isLocal, onProblem })
  return { directory: file.directory, isLocal, stop: async () => file.stop() }
}

/**
 * Starts without waiting for the seeds: with the list of the last time, if there is one. Without one, what is written is kept and
 * goes out when they have answered.
 */
function openSeedDirectory(seeds: readonly Seed[], options: OpenDirectoryOptions): OpenedDirectory {
  const { path, onProblem, signal } = options
  const ended = new AbortController()
  const either = AbortSignal.any([signal, ended.signal])
  const file = new FileNodeList({ path, seeds: seeds.map(({ url }) => url), minNodes })
  const nobody = { number: 0n, hash: new Uint8Array(32), timestamp: 0, nodes: [], names: new Map() }
  const directory = new MajorityDirectory(attempt(() => file.load(systemClock.now()), onProblem) ?? nobody)
  const following = follow(directory, { seeds, file, onProblem, signal: either })
  const stop = async (): Promise<void> => {
    ended.abort()
    await following
  }
  return { directory, isLocal: false, stop }
}

interface Following extends Omit<OpenDirectoryOptions, 'path'> {
  readonly seeds: readonly Seed[]
  readonly file: FileNodeList
}

/** Keeps the list up to date until the signal aborts. Where the seeds can't be asked, the list before stays in use. */
async function follow(directory: MajorityDirectory, { seeds, file, onProblem, signal }: Following): Promise<void> {
  let retryMs = firstRetryMs
  while (!signal.aborted) {
    try {
      directory.replace(await fetchFromSeeds({ seeds, clock: systemClock, signal, allowLocal: false, minNodes }))
      attempt(() => file.save(directory.list()), onProblem)
      retryMs = firstRetryMs
      await systemClock.sleep(refreshMs, signal)
    } catch (problem) {
      if (signal.aborted) return
      onProblem(problem)
      await systemClock.sleep(retryMs, signal).catch(() => undefined)
      retryMs = Math.min(2 * retryMs, refreshMs)
    }
  }
}

/** A file that can't be read or written is reported, and costs no more than the next start. */
function attempt<Result>(run: () => Result, onProblem: (problem: unknown) => void): Result | undefined {
  try {
    return run()
  } catch (problem) {
    onProblem(problem)
    return undefined
  }
}
