export { buildOnion, type BuiltOnion, type OnionKeys } from './build-onion.ts'
export { layerOverhead, nonceSize, parseOnionCipher, type OnionCipher } from './cipher.ts'
export { parseEndpoint, type Endpoint } from './endpoint.ts'
export { attributeFault, type OnionFailure, type OnionFault } from './fault.ts'
export type { HeaderMap } from './headers.ts'
export { deriveLayerKey, deriveLayerKeyAsNode, type LayerKey } from './layer-key.ts'
export { drawLayerSecrets, type LayerSecret } from './layer-secret.ts'
export { openLayer, sealLayer, sealWithLayerKey, tryOpenLayer, type SealedLayer } from './layer.ts'
export { formatNodeReply, parseNodeReply, sealNodeReply, type NodeReply, type ReplyOptions } from './node-reply.ts'
export { MAX_HOPS, MAX_ONION_SIZE, PROXY_TIMEOUT_MS, RELAY_TIMEOUT_MS } from './limits.ts'
export { OnionError, type OnionErrorCode } from './onion-error.ts'
export { onionSize } from './onion-layout.ts'
export { parseOnionRequest, parseServerOnion, type OnionRequest } from './onion-request.ts'
export { decryptReply, openReply, type DecryptedReply, type OpenedReply } from './open-reply.ts'
export { openServerOnion, openServerOnionInPlace, type ServerOnion } from './open-server-onion.ts'
export { padRpc, replyBucket, requestBucket } from './padding.ts'
export type { NodeDestination, OnionNode, OnionOptions, OnionPath, ServerDestination } from './path.ts'
export {
  peelOnion,
  peelOnionInPlace,
  type FinalLayer,
  type PeeledOnion,
  type ProxiedLayer,
  type RefusedLayer,
  type RelayedLayer,
} from './peel.ts'
export { decodeRelayedOnion, encodeRelayedOnion, relayedOnionParts } from './relayed-onion.ts'
export type { FinalOptions, RouteStyle } from './route-json.ts'
export { parseServerAddress, V3_TARGET, V4_TARGET, type ServerAddress } from './server-address.ts'
export { decodeV3Reply, decodeV3Request, encodeV3Reply, encodeV3Request, type V3Reply, type V3Request } from './v3.ts'
export {
  decodeV4Reply,
  decodeV4Request,
  encodeV4Reply,
  encodeV4Request,
  INVALID_V4_REQUEST,
  v4ReplyPieces,
  v4RequestLength,
  v4RequestPieces,
  type V4Reply,
  type V4Request,
} from './v4.ts'
