import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { isFreePort } from '../network/free-ports.ts'
import { AppError } from './app-error.ts'

const usualPort = 22_080
/** How many ports after the usual one are tried. */
const tries = 100
const fileName = 'app.json'

/** Where the app will be. */
export interface ChosenPort {
  readonly port: number
  /** Where it was the last time, if that is another one: what browsers keep stays there. */
  readonly last?: number
}

/**
 * Chooses the port of the app, and remembers it: browsers keep accounts by the origin, of which the port is a part. Without one
 * that was asked for it is that of the last time, or the next one that is free.
 * @throws {AppError} `app.port-taken` if the one that was asked for is
 */
export async function choosePort(folder: string, asked: number | undefined, host: string): Promise<ChosenPort> {
  if (asked !== undefined) {
    if (!(await isFreePort(asked, host))) throw new AppError('app.port-taken', { port: asked })
    return remember(folder, { port: asked })
  }
  const last = readPort(folder)
  const first = last ?? usualPort
  for (let port = first; port < first + tries && port < 65_536; port++) {
    if (!(await isFreePort(port, host))) continue
    // A port for once: the next time the one with the accounts may be free again.
    return last === undefined || last === port ? remember(folder, { port }) : { port, last }
  }
  throw new AppError('app.port-taken', { port: first })
}

function remember(folder: string, chosen: ChosenPort): ChosenPort {
  writeFileSync(join(folder, fileName), `${JSON.stringify({ version: 1, port: chosen.port })}\n`)
  return chosen
}

function readPort(folder: string): number | undefined {
  try {
    const { port } = JSON.parse(readFileSync(join(folder, fileName), 'utf8')) as { readonly port?: unknown }
    return typeof port === 'number' && Number.isInteger(port) && port > 0 && port < 65_536 ? port : undefined
  } catch {
    return undefined
  }
}
