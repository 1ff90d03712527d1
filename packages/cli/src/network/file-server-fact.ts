import { readFileSync } from 'node:fs'
import { type Ed25519KeyPair, ed25519KeyPairToX25519 } from '@sotto/protocol/crypto'
import { encodeHex } from '@sotto/protocol/encoding'
import { NetworkFolder } from './network-folder.ts'

/** What a client has to know of the file server of a network on this machine. */
export interface FileServerFact {
  /** `http://127.0.0.1:PORT`, without a final slash. */
  readonly url: string
  /** The server's key, 64 hex digits. */
  readonly ed25519: string
  /** What onions are sealed to: the conversion of the other. */
  readonly x25519: string
}

/** The fact about a server that listens on a port of this machine. */
export function fileServerFact(keyPair: Ed25519KeyPair, port: number): FileServerFact {
  return {
    url: `http://127.0.0.1:${port}`,
    ed25519: encodeHex(keyPair.publicKey),
    x25519: encodeHex(ed25519KeyPairToX25519(keyPair).publicKey),
  }
}

/** The file server of the network in a folder; `undefined` if it has none, as networks of earlier versions. */
export function readFileServerFact(networkFolder: string): FileServerFact | undefined {
  return readFileServerFile(new NetworkFolder(networkFolder).fileServer)
}

/** Reads the file in which a network says it. */
export function readFileServerFile(path: string): FileServerFact | undefined {
  const value = readJson(path)
  const given = new Map<string, unknown>(typeof value === 'object' && value !== null ? Object.entries(value) : [])
  const [url, ed25519, x25519] = [given.get('url'), given.get('ed25519'), given.get('x25519')]
  if (typeof url !== 'string' || !/^https?:\/\/[a-z0-9.:-]{1,259}$/.test(url)) return undefined
  return isKey(ed25519) && isKey(x25519) ? { url, ed25519, x25519 } : undefined
}

function isKey(value: unknown): value is string {
  return typeof value === 'string' && /^[0-9a-f]{64}$/.test(value)
}

function readJson(path: string): unknown {
  try {
    return JSON.parse(readFileSync(path, 'utf8'))
  } catch {
    return undefined
  }
}
