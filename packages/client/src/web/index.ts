export {
  type HomeCommands,
  type HomeListing,
  type HomeProtection,
  type HomeQueries,
  type OpenedAccount,
} from './home/home-calls.ts'
export { HomeClient } from './home/home-client.ts'
export { type HomeStatus, type NetworkStatus } from './home/home-status.ts'
export { connectWorker, type WorkerConnection } from './home/connect-worker.ts'
export { PipeTransport, type PipeTransportOptions } from './pipe-transport.ts'
export { type PipeState } from './pipe-transport-connector.ts'
export { defaultPipeTransportLimits, type PipeTransportLimits } from './pipe-transport-limits.ts'
export { type PipeWebSocket, type PipeWebSocketConstructor } from './pipe-transport-socket.ts'
export { type BrowserStorage, keepStorage, storageRoom, type StorageRoom } from './system/browser-storage.ts'
