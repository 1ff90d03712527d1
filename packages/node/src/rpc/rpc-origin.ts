/**
 * How a request came: straight from a client, or through an onion. What other members of the swarm pass on comes over the
 * member link and never gets here. Spec 20 §3.1.
 */
export type RpcOrigin = 'client' | 'onion'
