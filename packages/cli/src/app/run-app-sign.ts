import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { buildKeyFingerprint, signBuild, usualOutDir } from '@sotto/app/build'
import { encodeHex } from '@sotto/protocol/encoding'
import { loadOrCreateKeyFile, systemClock } from '@sotto/server'
import { type CommandPorts } from '../command.ts'
import { readArguments, UsageError } from '../usage-error.ts'
import { buildWork } from './app-error.ts'
import { builderOf } from './served-app.ts'

/** `sotto app sign`: see `app-sign.ts`. */
export async function runAppSign(args: readonly string[], { print, tell, random }: CommandPorts): Promise<number> {
  const { values } = readArguments(args, { key: { type: 'string' }, dir: { type: 'string' } })
  const { key: keyPath, dir = usualOutDir } = values
  if (keyPath === undefined) throw new UsageError('--key is missing.')
  const keyPair = loadOrCreateKeyFile(keyPath, random)
  const signing = { signer: builderOf(keyPair), signedAt: systemClock.now(), local: false }
  await writeFile(join(dir, 'build.json.sig'), await buildWork(signBuild(dir, signing), tell))
  print(`${await buildKeyFingerprint(encodeHex(keyPair.publicKey))}\n`)
  return 0
}
