import { dirname } from 'node:path'
import {
  decodeJson,
  encodeHex,
  formatJson,
  isJsonList,
  isJsonObject,
  type Json,
  utf8Encode,
} from '@sotto/protocol/encoding'
import { SottoError } from '@sotto/protocol/error'
import {
  agreeOnNodes,
  answerServiceNodes,
  maxRegistryBytes,
  parseServiceNodes,
  type ServiceNodeList,
} from '@sotto/registry'
import { createPrivateFolder, readSmallFile, replacePrivateFile } from '../files/private-file.ts'
import { withAccountsErrors } from '../files/storage-failure.ts'
import { systemRandom } from '../system/system-random.ts'

/** What a list on which seeds agreed is kept with. */
export interface FileNodeListOptions {
  readonly path: string
  /** Whoever agreed: a list that others agreed on counts as none. */
  readonly seeds: readonly string[]
  /** As many as seeds have to agree on. */
  readonly minNodes: number
}

/** After that so many nodes have gone that asking seeds first is quicker, in ms. */
const maxAgeMs = 30 * 86_400_000
/** All nodes with all fields, as seeds answer. */
const everything = { fields: undefined, activeOnly: false, limit: undefined, nodes: undefined, knownHash: undefined }
const noHardFork = [0, 0] as const

/**
 * The list of nodes on which seeds agreed, kept for a start at which they do not answer, or not yet; for its owner only (0600).
 * It is the seeds' own format, so that it is read as strictly as what comes from them.
 */
export class FileNodeList {
  readonly #options: FileNodeListOptions

  constructor(options: FileNodeListOptions) {
    this.#options = options
  }

  /**
   * `undefined` also for a file that is damaged, too old or that of other seeds. Its number is 0, so that whatever seeds say next
   * takes its place. `now` is Unix ms.
   * @throws {AccountsError} `accounts.storage-failed`
   */
  load(now: number): ServiceNodeList | undefined {
    const bytes = withAccountsErrors(() => readSmallFile(this.#options.path, maxRegistryBytes))
    if (bytes === undefined || bytes === 'too-long') return undefined
    try {
      const list = this.#parse(decodeJson(bytes, { maxBytes: maxRegistryBytes, maxDepth: 8 }))
      return list === undefined || now - list.timestamp > maxAgeMs ? undefined : { ...list, number: 0n }
    } catch (error) {
      if (error instanceof SottoError) return undefined
      throw error
    }
  }

  /** @throws {AccountsError} `accounts.storage-failed`, `accounts.storage-full` */
  save(list: ServiceNodeList): void {
    const { path, seeds } = this.#options
    const nodes = answerServiceNodes(everything, { list, hardFork: noHardFork, random: systemRandom })
    const saved = new Map<string, Json>([
      ['saved_at', list.timestamp],
      ['seeds', seeds],
      ['nodes', nodes],
    ])
    withAccountsErrors(() => {
      createPrivateFolder(dirname(path))
      replacePrivateFile(path, utf8Encode(formatJson(saved)))
    })
  }

  /** The hash is of all that is said of nodes: it is worked out anew. */
  #parse(saved: Json): ServiceNodeList | undefined {
    const { minNodes, seeds } = this.#options
    if (!isJsonObject(saved)) return undefined
    const [at, from, nodes] = [saved.get('saved_at'), saved.get('seeds'), saved.get('nodes') ?? null]
    const isFromThem =
      isJsonList(from) && from.length === seeds.length && seeds.every((url, index) => from[index] === url)
    if (typeof at !== 'number' || !isFromThem || !isJsonObject(nodes)) return undefined
    const list = agreeOnNodes([parseServiceNodes(nodes, {})], 1, at)
    return nodes.get('block_hash') === encodeHex(list.hash) && list.nodes.length >= minNodes ? list : undefined
  }
}
