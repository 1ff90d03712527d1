import { createServer } from 'node:http'
import { extname } from 'node:path'
import type { Bundle } from './bundle.ts'

/** A server on a free port of the loopback address. */
export interface Served {
  readonly origin: string
  readonly stop: () => Promise<void>
}

const types: ReadonlyMap<string, string> = new Map([
  ['.js', 'text/javascript'],
  ['.wasm', 'application/wasm'],
  ['.json', 'application/json'],
])

/** As strict as the policy that the app is served with: wasm may be compiled, text may not. */
const POLICY = "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'; base-uri 'none'; frame-ancestors 'none'"

/** Serves a bundle, and an empty page at `/`. */
export async function serve(bundle: Bundle): Promise<Served> {
  const server = createServer((request, response) => {
    const path = request.url ?? '/'
    const body = path === '/' ? '<!doctype html><title>Sotto</title>' : bundle.get(path)
    const type = path === '/' ? 'text/html' : (types.get(extname(path)) ?? 'application/octet-stream')
    response.writeHead(body === undefined ? 404 : 200, { 'content-type': type, 'content-security-policy': POLICY })
    response.end(body)
  })
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(0, '127.0.0.1', resolve)
  })
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('the server has no port')
  const stop = async (): Promise<void> => {
    await new Promise<void>(resolve => {
      server.close(() => resolve())
      server.closeAllConnections()
    })
  }
  return { origin: `http://127.0.0.1:${address.port}`, stop }
}
