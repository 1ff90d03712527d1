export { type Socks5Proxy } from './connect/socks5.ts'
export { defaultLinkLimits, type LinkLimits } from './link/link-limits.ts'
export { type LinkReply } from './link/link-reply.ts'
export { type LinkTarget } from './link/link-target.ts'
export { type LinkCounts, NodeLinks, type NodeLinksOptions, type RequestOptions } from './node-links.ts'
export { TransportError, type TransportErrorCode } from './transport-error.ts'
export { type AllowedServer, type ServerPolicy } from './outside/server-policy.ts'
export {
  OutsideServers,
  type OutsideServersOptions,
  type Resolve,
  type ServerRequest,
} from './outside/outside-servers.ts'
