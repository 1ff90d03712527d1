import { argon2id, wipeBytes } from '@sotto/protocol/crypto'
import { ChannelError } from '../channel/channel-error.ts'
import { type ClientApi } from '../channel/client-api.ts'
import { isBearableCost, type PassphraseHash } from './passphrase-hash.ts'

const command = 'argon2id'

/** Asks another worker to hash, so that this one goes on meanwhile. Copies of the passphrase on the way can't be overwritten. */
export function distantPassphraseHash(worker: Pick<ClientApi, 'command'>): PassphraseHash {
  return async (passphrase, salt, { passes, memoryBytes }) => {
    const key = await worker.command(command, { passphrase, salt, passes, memoryBytes })
    if (!(key instanceof Uint8Array)) throw new ChannelError('channel.bad-frame')
    return key
  }
}

/** What such a worker answers to: it hashes, and knows nothing else. */
export const passphraseHashApi: ClientApi = {
  command: async (name, args) => {
    if (name !== command) throw new ChannelError('channel.bad-frame')
    return hash(args)
  },
  query: async () => {
    throw new ChannelError('channel.bad-frame')
  },
  watch: (_name, _args, listener) => {
    listener.onError?.(new ChannelError('channel.bad-frame'))
    return () => {}
  },
}

function hash(args: unknown): Uint8Array {
  if (typeof args !== 'object' || args === null) throw new ChannelError('channel.bad-frame')
  const { passphrase, salt, passes, memoryBytes } = args as Readonly<Record<string, unknown>>
  if (!(passphrase instanceof Uint8Array) || !(salt instanceof Uint8Array)) throw new ChannelError('channel.bad-frame')
  if (typeof passes !== 'number' || typeof memoryBytes !== 'number') throw new ChannelError('channel.bad-frame')
  const cost = { passes, memoryBytes }
  if (!isBearableCost(cost)) throw new ChannelError('channel.bad-frame')
  try {
    return argon2id(32, passphrase, salt, cost)
  } finally {
    wipeBytes(passphrase)
  }
}
