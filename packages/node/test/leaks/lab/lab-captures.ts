import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { HttpClient } from '../../faults/processes/http-client.ts'
import { type NetworkNode } from '../../faults/processes/process-network.ts'
import { type Capture } from '../scan/scanner.ts'

/** Where something of a node was caught. */
export type CaptureKind = 'log' | 'file' | 'admin' | 'traffic' | 'peers'

/** What was caught of one node. */
export interface NodeCapture extends Capture {
  readonly node: number
  readonly kind: CaptureKind
}

/** Every file below a folder. The key is what it is: it is left out, and nobody else may have it. */
export function filesOf(node: number, folder: string): readonly NodeCapture[] {
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' })
  return names
    .map(name => join(folder, name))
    .filter(path => statSync(path, { throwIfNoEntry: false })?.isFile() === true && !path.endsWith('node.key'))
    .map(path => capture(node, 'file', path, readFileSync(path)))
}

/** What the admin port shows. */
export async function adminOf(node: number, { adminPort: port }: NetworkNode): Promise<readonly NodeCapture[]> {
  const http = new HttpClient()
  const captures: NodeCapture[] = []
  for (const path of ['/metrics', '/get_stats/v1', '/health']) {
    const answer = await http.ask({ port, path, method: 'GET', plain: true })
    if (answer !== undefined) captures.push(capture(node, 'admin', path, answer.body))
  }
  http.close()
  return captures
}

/** What the tap of a node wrote. */
export function tapOf(node: number, folder: string): readonly NodeCapture[] {
  const read = (name: string): Uint8Array => readFileSync(join(folder, name))
  return [capture(node, 'traffic', 'traffic', read('traffic.bin')), capture(node, 'peers', 'peers', read('peers.txt'))]
}

/** What a node has said on both outputs. */
export function logOf(node: number, { process }: NetworkNode): NodeCapture {
  return capture(node, 'log', 'stdout and stderr', Buffer.concat(process.output))
}

function capture(node: number, kind: CaptureKind, name: string, bytes: Uint8Array): NodeCapture {
  return { node, kind, source: `node ${node} ${kind} ${name}`, bytes }
}
