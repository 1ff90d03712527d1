import { type IncomingHttpHeaders } from 'node:http'
import { Agent, request } from 'node:https'

/** What came back. */
export interface HttpsReply {
  readonly status: number | undefined
  readonly headers: IncomingHttpHeaders
  readonly body: Uint8Array
  readonly text: string
}

/** A request as a client of the existing network makes it: HTTP/1.1, certificates are not looked at. */
export async function ask(
  url: string,
  body: Uint8Array | string = '',
  options: { readonly method?: string; readonly headers?: Readonly<Record<string, string>> } = {},
): Promise<HttpsReply> {
  const agent = new Agent({ rejectUnauthorized: false, ALPNProtocols: ['http/1.1'] })
  try {
    return await send(url, body, { method: options.method ?? 'POST', headers: options.headers ?? {}, agent })
  } finally {
    agent.destroy()
  }
}

async function send(
  url: string,
  body: Uint8Array | string,
  options: { readonly method: string; readonly headers: Readonly<Record<string, string>>; readonly agent: Agent },
): Promise<HttpsReply> {
  return new Promise((resolve, reject) => {
    const outgoing = request(url, options, incoming => {
      const chunks: Uint8Array[] = []
      incoming.on('data', (chunk: Uint8Array) => chunks.push(chunk))
      incoming.once('error', reject)
      incoming.once('end', () => {
        const whole = Buffer.concat(chunks)
        resolve({
          status: incoming.statusCode,
          headers: incoming.headers,
          body: Uint8Array.from(whole),
          text: whole.toString('utf8'),
        })
      })
    })
    outgoing.once('error', reject)
    outgoing.end(body)
  })
}
