import { Agent, request } from 'node:https'

/** A client that knows nothing but HTTP/1.1, and does not look at certificates. */
export async function httpsPost(
  url: string,
  body: string,
): Promise<{ readonly status: number | undefined; readonly text: string }> {
  return new Promise((resolve, reject) => {
    const agent = new Agent({ rejectUnauthorized: false, ALPNProtocols: ['http/1.1'] })
    const outgoing = request(url, { method: 'POST', agent }, incoming => {
      let text = ''
      incoming.setEncoding('utf8').on('data', (chunk: string) => (text += chunk))
      incoming.once('end', () => {
        agent.destroy()
        resolve({ status: incoming.statusCode, text })
      })
    })
    outgoing.once('error', reject)
    outgoing.end(body)
  })
}
