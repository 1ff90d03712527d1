import { passphraseHelp, passphraseOptions } from './read-passphrase.ts'

/** Options of every command that works with an account. */
export const sessionOptions = {
  home: { type: 'string' },
  account: { type: 'string' },
  registry: { type: 'string' },
  signer: { type: 'string' },
  'allow-local': { type: 'boolean' },
  network: { type: 'string' },
  'file-server': { type: 'string' },
  'file-server-key': { type: 'string' },
  proxy: { type: 'string' },
  ...passphraseOptions,
} as const

/** What those options say. */
export type SessionChoice = {
  readonly [Name in keyof typeof sessionOptions]?:
    | ((typeof sessionOptions)[Name]['type'] extends 'boolean' ? boolean : string)
    | undefined
}

/** The help of those options. */
export const sessionHelp = `  --account NAME           which account, by its hint or the beginning of its folder's name; not needed if there is one
  --home DIR               where accounts are kept; SOTTO_HOME says so as well
  --network local|main     the network of \`sotto network up\`, or the public one. Default: local if there is one
  --registry FILE          another network, by the signed list of its nodes,
  --signer KEY             and the key that signs it, in hex
  --allow-local            with these: its nodes may have private addresses
  --file-server URL        where files are brought; default: the server of the network. With it
  --file-server-key KEY    its Ed25519 key, in hex
  --proxy socks5://H:P     reaches the network through a SOCKS5 proxy, such as Tor
${passphraseHelp}`
