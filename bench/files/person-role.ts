import { closeSync, fstatSync, openSync, readSync } from 'node:fs'
import { stageFile } from '@sotto/client'
import { MessengerHome, type RunningAccount, signedNetwork } from '@sotto/client/node'
import { releaseBytes } from '@sotto/protocol/crypto'

/** Where the account is kept, and what it lives on. */
export interface PersonParams {
  readonly folder: string
  readonly registry: string
  readonly signer: string
  readonly files: { readonly url: string; readonly ed25519: string }
}

/** Memory in use, in bytes. */
export interface MemorySpan {
  readonly idle: number
  readonly peak: number
  readonly ms: number
}

const SAMPLE_MS = 20
const PART_BYTES = 4_194_304

/** Tasks of a process that has one account open, as a Node program of its user would. */
export function personTasks() {
  let account: RunningAccount | undefined
  const client = (): RunningAccount['client'] => {
    if (account === undefined) throw new Error('not open')
    return account.client
  }
  return {
    open: async ({ files, folder, registry, signer }: PersonParams): Promise<string> => {
      const home = new MessengerHome({
        folder,
        network: signedNetwork(registry, signer, { isLocal: true }),
        fileServer: files,
      })
      account = await home.start(await home.accounts.create('Someone'))
      return account.accountId
    },
    /** Sends a text, and waits until it is sent. */
    say: async ({ to, body }: { readonly to: string; readonly body: string }): Promise<void> => {
      await client().command('messages.send', { id: body, conversation: to, body })
      await until(async () => (await newestOf(client(), to))?.state === 'sent')
    },
    /** Waits until somebody has written this. */
    hears: async ({ from, body }: { readonly from: string; readonly body: string }): Promise<void> =>
      until(async () => (await newestOf(client(), from))?.body === body),
    /** Sends a file, and waits until all of it is on the server and the message sent. */
    send: async ({ path, to }: { readonly path: string; readonly to: string }): Promise<MemorySpan> =>
      measured(async () => {
        const file = openSync(path, 'r')
        try {
          const read = async (at: number, length: number): Promise<Uint8Array> => {
            const bytes = new Uint8Array(length)
            readSync(file, bytes, 0, length, at)
            return bytes
          }
          const chosen = { conversation: to, name: 'large.bin', sizeBytes: fstatSync(file).size, read }
          const { id } = await stageFile(client(), chosen)
          await client().command('messages.send', { id: 'large', conversation: to, body: '', attachments: [id] })
          await until(async () => (await newestOf(client(), to))?.state === 'sent')
        } finally {
          closeSync(file)
        }
      }),
    /** Fetches the newest file of somebody, and reads it through once. */
    fetch: async ({ from, sizeBytes }: { readonly from: string; readonly sizeBytes: number }): Promise<MemorySpan> =>
      measured(async () => {
        await until(async () => (await newestOf(client(), from))?.attachments[0]?.sizeBytes === sizeBytes)
        const attachment = (await newestOf(client(), from))?.attachments[0]?.id ?? 0
        await client().command('attachments.download', { attachment })
        await until(async () => (await newestOf(client(), from))?.attachments[0]?.state === 'here')
        for (let offset = 0; offset < sizeBytes; offset += PART_BYTES) {
          // As `sotto fetch` does when a part lies where it was saved.
          releaseBytes(await client().command('attachments.read', { attachment, offset, length: PART_BYTES }))
        }
      }),
  }
}

/** Its type, for whoever directs it. */
export type PersonTasks = ReturnType<typeof personTasks>

async function newestOf(client: RunningAccount['client'], conversation: string) {
  const { messages } = await client.query('messages.page', { conversation, limit: 1 })
  return messages.at(-1)
}

async function until(isSo: () => Promise<boolean>): Promise<void> {
  while (!(await isSo())) await new Promise(resolve => setTimeout(resolve, SAMPLE_MS))
}

/** What the process has in memory meanwhile, and had before. */
async function measured(run: () => Promise<void>): Promise<MemorySpan> {
  globalThis.gc?.()
  const idle = process.memoryUsage.rss()
  let peak = idle
  const timer = setInterval(() => {
    peak = Math.max(peak, process.memoryUsage.rss())
  }, SAMPLE_MS)
  const start = performance.now()
  await run()
  clearInterval(timer)
  return { idle, peak, ms: performance.now() - start }
}
