import { utf8Encode, decodeJson, formatJson, isJsonObject, type Json, JsonError } from '@sotto/protocol/encoding'
import { RegistryError } from '../registry-error.ts'
import { resolveName } from './resolve-name.ts'
import { parseServiceNodesQuery } from './service-nodes-query.ts'
import { answerServiceNodes, type ServiceNodesSource } from './service-nodes-reply.ts'

/** The longest request: room for the keys of 10,000 nodes. */
export const maxSeedRequestBytes = 1024 * 1024

type Method = (params: Json | undefined, source: ServiceNodesSource) => Json

const serviceNodes: Method = (params, source) => answerServiceNodes(parseServiceNodesQuery(params), source)

/** Three names of one call, and names of accounts. Spec 20 §1.2, §7. */
const methods: ReadonlyMap<string, Method> = new Map([
  ['get_n_service_nodes', serviceNodes],
  ['get_service_nodes', serviceNodes],
  ['get_all_service_nodes', serviceNodes],
  ['ons_resolve', (params, { list }) => resolveName(list, params)],
])

/** Codes and texts of JSON-RPC 2.0. */
const failures = {
  notJson: [-32_700, 'Parse error'],
  notRequest: [-32_600, 'Invalid Request'],
  noMethod: [-32_601, 'Method not found'],
  badParams: [-32_602, 'Invalid params'],
} as const

/**
 * What a seed answers to `POST /json_rpc`: the body of a 200 with `Content-Type: application/json`, whatever was sent.
 * Spec 20 §1.2.
 */
export function answerJsonRpc(body: Uint8Array, source: ServiceNodesSource): Uint8Array {
  const request = parse(body)
  const id = isJsonObject(request) ? (request.get('id') ?? null) : null
  const reply: [string, Json][] = [['jsonrpc', '2.0'], ['id', isSimple(id) ? id : null], outcome(request, source)]
  return utf8Encode(formatJson(new Map(reply)))
}

function parse(body: Uint8Array): Json | undefined {
  try {
    return decodeJson(body, { maxBytes: maxSeedRequestBytes, maxDepth: 8 })
  } catch (cause) {
    if (cause instanceof JsonError) return undefined
    throw cause
  }
}

function outcome(request: Json | undefined, source: ServiceNodesSource): [string, Json] {
  if (request === undefined) return failure('notJson')
  const name = isJsonObject(request) ? request.get('method') : undefined
  if (!isJsonObject(request) || typeof name !== 'string') return failure('notRequest')
  const method = methods.get(name)
  if (method === undefined) return failure('noMethod')
  try {
    return ['result', method(request.get('params') ?? undefined, source)]
  } catch (cause) {
    if (cause instanceof RegistryError) return failure('badParams')
    throw cause
  }
}

function failure(kind: keyof typeof failures): [string, Json] {
  const [code, message] = failures[kind]
  return [
    'error',
    new Map<string, Json>([
      ['code', code],
      ['message', message],
    ]),
  ]
}

function isSimple(id: Json): boolean {
  return typeof id === 'number' || typeof id === 'bigint' || (typeof id === 'string' && id.length <= 64)
}
