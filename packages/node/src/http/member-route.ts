import { type Route } from '@sotto/server'
import { type MemberEndpoint } from '../swarm/link/member-endpoint.ts'
import { maxMemberFrame } from '../swarm/link/member-transport.ts'

const headers = { 'content-type': 'application/octet-stream' }

/** The member link, by which nodes of ours speak to each other. See docs/protocol/member-link.md. */
export function memberRoute(endpoint: Pick<MemberEndpoint, 'handle'>): Route {
  return {
    maxBodyBytes: maxMemberFrame,
    releasesBody: true,
    handle: ({ body, signal }) =>
      endpoint.handle(body, signal).then(({ status, body: answer }) => ({ status, headers, body: answer })),
  }
}
