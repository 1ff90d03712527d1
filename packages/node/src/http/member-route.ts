import { type Route } from '@sotto/server'
import { type MemberEndpoint } from '../swarm/link/member-endpoint.ts'
import { maxMemberFrame } from '../swarm/link/member-transport.ts'

const headers = { 'content-type': 'application/octet-stream' }

/** What a node was asked by another it finishes, even if that is gone; and a signal for each request costs more than a frame. */
const nobodyLeaves = new AbortController().signal

/** The member link, by which nodes of ours speak to each other. See docs/protocol/member-link.md. */
export function memberRoute(endpoint: Pick<MemberEndpoint, 'handle'>): Route {
  return {
    maxBodyBytes: maxMemberFrame,
    releasesBody: true,
    handle: ({ body }) =>
      endpoint
        .handle(body, nobodyLeaves)
        .then(({ status, body: answer, memory }) => ({ status, headers, body: answer, memory })),
  }
}
