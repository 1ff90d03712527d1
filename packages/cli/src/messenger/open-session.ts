import { existsSync } from 'node:fs'
import { type AccountListing, MessengerHome, type NetworkChoice } from '@sotto/client/node'
import { ed25519PublicKey } from '@sotto/protocol/crypto'
import { tryDecodeHex } from '@sotto/protocol/encoding'
import { loadKeyFile } from '@sotto/server'
import { CliError } from '../cli-error.ts'
import { type CommandPorts } from '../command.ts'
import { readFileServerFact } from '../network/file-server-fact.ts'
import { NetworkFolder } from '../network/network-folder.ts'
import { UsageError } from '../usage-error.ts'
import { localNetworkFolder, messengerHome } from './messenger-home.ts'
import { parseProxy } from './parse-proxy.ts'
import { askPassphrase, givenPassphrase } from './read-passphrase.ts'
import { type SessionChoice } from './session-options.ts'
import { Session } from './session.ts'

/**
 * Opens the account that the options choose: through the process that has it open, else in this one.
 * @throws {UsageError} @throws {CliError} `cli.no-account`, `cli.which-account`, `cli.no-network`
 * @throws {AccountsError} those of `unlock`
 */
export async function openSession(choice: SessionChoice, ports: CommandPorts): Promise<Session> {
  const home = openHome(choice, ports)
  try {
    const listing = chooseAccount(await home.accounts.list(), choice.account)
    const elsewhere = await home.connect(listing.slot)
    if (elsewhere !== undefined) {
      return new Session(elsewhere, { end: async () => elsewhere.close() })
    }
    const account = await home.accounts.unlock(listing.slot, await passphraseFor(listing, choice, ports))
    const running = await home.start(account)
    return new Session(running.api, { ended: running.stopped, end: async () => home.stop() })
  } catch (error) {
    await home.stop()
    throw error
  }
}

/** The accounts of this machine, on the network that the options choose. Nothing is connected to yet. */
export function openHome(choice: SessionChoice, ports: CommandPorts): MessengerHome {
  const folder = messengerHome(choice.home, ports.env)
  const proxy = choice.proxy === undefined ? {} : { proxy: parseProxy(choice.proxy) }
  const network = chooseNetwork(choice, folder)
  return new MessengerHome({ folder, network, fileServer: chooseFileServer(choice, folder), ...proxy })
}

/**
 * The account that is meant by its hint or the beginning of its folder's name, or the only one.
 * @throws {CliError} `cli.no-account`, `cli.which-account`
 */
export function chooseAccount(listings: readonly AccountListing[], wanted: string | undefined): AccountListing {
  const meant = listings.filter(
    ({ hint, slot }) => wanted === undefined || hint === wanted || (wanted.length > 3 && slot.startsWith(wanted)),
  )
  const [only, ...others] = meant
  if (only === undefined) throw new CliError('cli.no-account')
  if (others.length > 0) throw new CliError('cli.which-account', { count: meant.length })
  return only
}

/** The passphrase of an account that has one. */
export async function passphraseFor(
  { protection }: AccountListing,
  choice: SessionChoice,
  ports: CommandPorts,
): Promise<Uint8Array | undefined> {
  if (protection !== 'passphrase') return undefined
  return givenPassphrase(choice) ?? askPassphrase(ports, 'Passphrase: ')
}

/** The one that is named, or that of a network on this machine; otherwise it is that of the existing network. */
function chooseFileServer(
  choice: SessionChoice,
  home: string,
): { readonly url: string; readonly ed25519: string } | undefined {
  const { 'file-server': url, 'file-server-key': ed25519, network, registry } = choice
  if (url !== undefined || ed25519 !== undefined) {
    if (url === undefined || ed25519 === undefined || tryDecodeHex(ed25519, 32) === undefined) {
      throw new UsageError('--file-server and --file-server-key, 64 hex digits, go together.')
    }
    return { url, ed25519 }
  }
  if (registry !== undefined || network === 'main') return undefined
  return readFileServerFact(network === undefined || network === 'local' ? localNetworkFolder(home) : network)
}

function chooseNetwork(choice: SessionChoice, home: string): NetworkChoice {
  const { registry, signer, network } = choice
  if (registry !== undefined || signer !== undefined) return listedNetwork(choice)
  const local = localNetworkFolder(home)
  const isThere = existsSync(new NetworkFolder(local).registry)
  switch (network ?? (isThere ? 'local' : 'main')) {
    case 'main':
      return { kind: 'seeds' }
    case 'local':
      if (!isThere) throw new CliError('cli.no-network')
      return localNetwork(local)
    default:
      if (network !== undefined && existsSync(new NetworkFolder(network).settings)) return localNetwork(network)
      throw new UsageError('--network is local, main, or the folder of a network of `sotto network up`.')
  }
}

/** The key that signs a local network is this user's own, in a folder that nobody else can write to. */
function localNetwork(path: string): NetworkChoice {
  const folder = new NetworkFolder(path)
  const { publicKey } = loadKeyFile(folder.signerKey)
  return { kind: 'registry', path: folder.registry, signer: publicKey, isLocal: true }
}

function listedNetwork({ registry, signer, 'allow-local': allowLocal }: SessionChoice): NetworkChoice {
  if (registry === undefined || signer === undefined) throw new UsageError('--registry and --signer go together.')
  const key = tryDecodeHex(signer, 32)
  if (key === undefined) throw new UsageError('--signer takes 64 hex digits.')
  return { kind: 'registry', path: registry, signer: ed25519PublicKey(key), isLocal: allowLocal === true }
}
