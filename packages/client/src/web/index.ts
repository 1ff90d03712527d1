export { PipeTransport, type PipeTransportOptions } from './pipe-transport.ts'
export { type PipeState } from './pipe-transport-connector.ts'
export { defaultPipeTransportLimits, type PipeTransportLimits } from './pipe-transport-limits.ts'
export { type PipeWebSocket, type PipeWebSocketConstructor } from './pipe-transport-socket.ts'
