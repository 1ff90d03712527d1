export { Gateway, type GatewayOptions, type ListenAddress } from './gateway.ts'
export {
  type ClientLimits,
  type GatewayLimits,
  type GuardLimits,
  productionLimits,
  type SocketLimits,
} from './limits.ts'
export { pipePath, pipeProtocol } from './pipe/pipe-endpoint.ts'
export { type Asset, type AssetRequest, type Assets } from './web/assets.ts'
export { AssetsError, type AssetsErrorCode } from './web/assets-error.ts'
export { type Encoding } from './web/choose-encoding.ts'
export { directoryKeyPath, directoryPath } from './web/directory-routes.ts'
export { fileServerPath, type LocalFileServer } from './web/file-server-routes.ts'
export { FolderAssets, type FolderAssetsOptions } from './web/folder-assets.ts'
export { type DirectorySource } from './web/published-directory.ts'
export { type Suggestion, suggestionsPath } from './web/suggestion-routes.ts'
