import { encodeBase64, encodeHex, formatJson, type Json, type JsonObject } from '../encoding/index.ts'
import { namespacesProblem, toNamespace, type Authority, type Namespace } from '../storage/index.ts'
import { type SwarmOwner } from '../swarm/index.ts'
import { type PushCancellation } from './cancellation.ts'
import { PushRequestError } from './push-request-error.ts'
import { asBytes, asFlag, asInteger, asList, asObject, asText, requireField } from './request-fields.ts'
import { parseIdentity } from './request-identity.ts'
import { type PushDevice, type PushSubscription } from './subscription.ts'
import { SymmetricKey } from '../crypto/index.ts'

const MAX_SERVICE_LENGTH = 32

/** The JSON text of a subscription. Spec 40 §9.1. */
export function formatSubscription({ monitor, device, key }: PushSubscription): string {
  const { owner, authority, namespaces, wantsData, timestamp } = monitor
  return formatMembers([
    ...identityMembers(owner, authority),
    ['namespaces', namespaces],
    ['data', wantsData],
    ['sig_ts', timestamp],
    ...deviceMembers(device),
    ['enc_key', encodeHex(key.expose())],
  ])
}

/** The JSON text of a cancellation. Spec 40 §9.2. */
export function formatCancellation({ owner, authority, timestamp, device }: PushCancellation): string {
  return formatMembers([...identityMembers(owner, authority), ['sig_ts', timestamp], ...deviceMembers(device)])
}

/**
 * Reads a subscription. Nothing is known of its signature yet. Spec 40 §9.1.
 * @throws {PushRequestError} `push-request.missing-field`, `push-request.bad-field`
 */
export function parseSubscription(fields: JsonObject): PushSubscription {
  const monitor = {
    ...parseIdentity(fields),
    namespaces: parseNamespaces(requireField(fields, 'namespaces')),
    wantsData: asFlag(requireField(fields, 'data')),
    timestamp: asInteger(requireField(fields, 'sig_ts'), 0),
  }
  const key = new SymmetricKey(asBytes(requireField(fields, 'enc_key'), 32))
  return { monitor, device: parseDevice(fields), key }
}

/**
 * Reads a cancellation. Nothing is known of its signature yet. Spec 40 §9.2.
 * @throws {PushRequestError} `push-request.missing-field`, `push-request.bad-field`
 */
export function parseCancellation(fields: JsonObject): PushCancellation {
  const identity = parseIdentity(fields)
  return { ...identity, timestamp: asInteger(requireField(fields, 'sig_ts'), 0), device: parseDevice(fields) }
}

/** In rising order, as they are signed (trap 29 of spec 40). */
function parseNamespaces(value: Json): readonly Namespace[] {
  const namespaces = asList(value).map(item => toNamespace(asInteger(item, -32_768, 32_767)))
  if (namespacesProblem(namespaces) !== undefined) throw new PushRequestError('push-request.bad-field')
  return namespaces
}

function parseDevice(fields: JsonObject): PushDevice {
  return {
    service: asText(requireField(fields, 'service'), MAX_SERVICE_LENGTH),
    serviceInfo: asObject(requireField(fields, 'service_info')),
  }
}

type Member = readonly [name: string, value: Json | undefined]

function identityMembers(owner: SwarmOwner, { signature, publicKey, grant }: Authority): readonly Member[] {
  return [
    ['pubkey', owner],
    ['session_ed25519', publicKey && encodeHex(publicKey)],
    ['subaccount', grant && encodeHex(grant.token)],
    ['subaccount_sig', grant && encodeBase64(grant.ownerSignature)],
    ['signature', encodeBase64(signature)],
  ]
}

function deviceMembers({ service, serviceInfo }: PushDevice): readonly Member[] {
  return [
    ['service', service],
    ['service_info', serviceInfo],
  ]
}

function formatMembers(members: readonly Member[]): string {
  return formatJson(new Map(members.filter((member): member is [string, Json] => member[1] !== undefined)))
}
