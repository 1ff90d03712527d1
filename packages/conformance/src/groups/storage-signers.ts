import { Ed25519KeyPair, Ed25519Seed, ed25519Sign } from '@sotto/protocol/crypto'
import {
  access,
  encodeSubaccountToken,
  groupSigner,
  subaccountSigner,
  userSigner,
  type RequestSigner,
} from '@sotto/protocol/storage'
import { parseSwarmOwner, type SwarmOwner } from '@sotto/protocol/swarm'
import { CaseReader, ReadError } from '../case-reader.ts'
import { isList, isObject } from '../json.ts'
import type { VectorFile } from '../vector-file.ts'

/** The keys of the file, in the order of its group `keys`. */
const order = ['user', 'group', 'subaccount', 'node'] as const

/** Who signs in a case, and for whom. */
export interface CaseSigner {
  readonly keyPair: Ed25519KeyPair
  /** The account that is asked about; that of the group for the subaccount. */
  readonly owner: SwarmOwner
  readonly signer: RequestSigner
}

/** The signer that a case names. */
export function signerOf(c: CaseReader, file: VectorFile): CaseSigner {
  const name = c.text('signer')
  const keyPair = keyPairNamed(file, name)
  if (name === 'user') return { keyPair, owner: ownerNamed(file, 'user'), signer: userSigner(keyPair) }
  const owner = ownerNamed(file, 'group')
  if (name === 'group') return { keyPair, owner, signer: groupSigner(keyPair) }
  if (name !== 'subaccount') throw new ReadError(`signer: ${name} signs no requests`)
  const flags = access.read | access.write
  const token = encodeSubaccountToken({ prefix: 0x03, flags, publicKey: keyPair.publicKey })
  const ownerSignature = ed25519Sign(keyPairNamed(file, 'group'), token)
  return { keyPair, owner, signer: subaccountSigner(text => ed25519Sign(keyPair, text), { token, ownerSignature }) }
}

/** The keys of a signer of the file. */
export function keyPairNamed(file: VectorFile, name: string): Ed25519KeyPair {
  return new Ed25519KeyPair(new Ed25519Seed(keysNamed(file, name).hex('seed')))
}

function ownerNamed(file: VectorFile, name: string): SwarmOwner {
  return parseSwarmOwner(keysNamed(file, name).text('account'))
}

function keysNamed(file: VectorFile, name: string): CaseReader {
  const keys = file.group('keys')
  const at = order.findIndex(known => known === name)
  const members = isList(keys) ? keys[at] : undefined
  if (!isObject(members)) throw new ReadError(`signer: there are no keys of ${name}`)
  return CaseReader.unchecked(members)
}
