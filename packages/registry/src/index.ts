export { checkNodes, type NodeRules } from './check-nodes.ts'
export { compareLists, type DirectoryChange, type MovedNode } from './directory/directory-change.ts'
export { MajorityDirectory } from './directory/majority-directory.ts'
export { type NodeDirectory, type TrustLevel } from './directory/node-directory.ts'
export { StaticDirectory } from './directory/static-directory.ts'
export { type Swarm } from './directory/swarm-map.ts'
export { countersign, createRegistry } from './file/create-registry.ts'
export { type RegistryDraft } from './file/payload.ts'
export { type RegistryContents, type RegistryHeader } from './file/registry-contents.ts'
export {
  formatRegistryFile,
  parseRegistryFile,
  type RegistrySignature,
  type SignedRegistry,
} from './file/registry-file.ts'
export { replacesRegistry } from './file/succession.ts'
export {
  checkFreshness,
  openRegistry,
  type RegistryPolicy,
  type VerifiedRegistry,
  verifyRegistry,
} from './file/verify-registry.ts'
export { maxRegistryBytes } from './limits.ts'
export { type NodeDraft, type NodeEntry, type NodeState, type SoftwareVersion } from './node-entry.ts'
export { RegistryError, type RegistryErrorCode } from './registry-error.ts'
export { agreeOnNodes } from './rpc/agree-on-nodes.ts'
export { answerJsonRpc, maxSeedRequestBytes } from './rpc/answer-json-rpc.ts'
export { parseJsonRpcReply, parseServiceNodes, type ServiceNodesAnswer } from './rpc/parse-service-nodes.ts'
export { resolveName } from './rpc/resolve-name.ts'
export { parseServiceNodesQuery, type ServiceNodesQuery } from './rpc/service-nodes-query.ts'
export { answerServiceNodes, type ServiceNodesSource } from './rpc/service-nodes-reply.ts'
export { type ServiceNodeList } from './service-node-list.ts'
