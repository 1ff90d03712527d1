import { formatRequest } from '@sotto/protocol/storage'
import { type Account, messageBytes, retrieveRequest, storeRequest } from './accounts.ts'
import { httpRequest } from './connection.ts'
import { type RequestSource } from './drive.ts'

const path = '/storage_rpc/v1'
const marker = 'AAAAAAAAAAAA'

/** Stores of new messages: the request is made once for each account, and twelve characters of its data change each time. */
export function storeSource(accounts: readonly Account[], now: number): RequestSource {
  const templates = accounts.map(({ owner }) => {
    const data = crypto.getRandomValues(new Uint8Array(messageBytes))
    // Nine bytes of zeros are twelve characters of base64, in a place of their own.
    data.fill(0, 0, 9)
    return Buffer.from(httpRequest(path, formatRequest(storeRequest(owner, data, now))))
  })
  const places = templates.map(template => template.indexOf(marker))
  // A letter begins it, so that numbers of this run never meet those of an earlier one: the rest of the data is random.
  return (_, index) => {
    const at = index % templates.length
    const template = templates[at] ?? Buffer.alloc(0)
    template.write(index.toString(36).padStart(marker.length, 'A'), places[at] ?? 0, 'latin1')
    // A copy, as the socket may still hold the one before.
    return Buffer.from(template)
  }
}

/** Signed retrieves, made once: of everything in an inbox, or of nothing, since there is nothing after the cursor. */
export function retrieveSource(
  accounts: readonly Account[],
  nodeCount: number,
  now: number,
  what: 'all' | 'news',
): RequestSource {
  const requests = Array.from({ length: nodeCount }, (_, node) =>
    accounts.map(account => {
      const after = what === 'news' ? account.cursors[node] : undefined
      return httpRequest(path, formatRequest(retrieveRequest(account, now, after)))
    }),
  )
  return (connection, index) => requests[connection % nodeCount]?.[index % accounts.length]
}
