export { Gateway, type GatewayOptions, type ListenAddress } from './gateway.ts'
export {
  type ClientLimits,
  type GatewayLimits,
  type GuardLimits,
  productionLimits,
  type SocketLimits,
} from './limits.ts'
export { pipePath, pipeProtocol } from './pipe/pipe-endpoint.ts'
export { type Asset, type Assets } from './web/assets.ts'
export { directoryKeyPath, directoryPath } from './web/directory-routes.ts'
export { type DirectorySource } from './web/published-directory.ts'
