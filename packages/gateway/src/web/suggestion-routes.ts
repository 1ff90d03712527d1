import { jsonReply, notFoundRoute, type Route, type Routes } from '@sotto/server'
import { namesLoopback } from '../pipe/origins.ts'

/** Where pages on this machine find accounts that somebody new may write to. */
export const suggestionsPath = '/.well-known/sotto/suggestions'

/** An account that whoever runs this network vouches for. */
export interface Suggestion {
  /** 66 hex digits. */
  readonly id: string
  readonly name: string
}

/** The route of the suggestions: for pages of this machine, so that nobody else learns which accounts are here. */
export function suggestionRoutes(suggestions: () => readonly Suggestion[]): Routes {
  const route: Route = {
    maxBodyBytes: 0,
    ignoresBody: true,
    handle: request => {
      if (!namesLoopback(request.headers.get('host'))) return notFoundRoute.handle(request)
      const accounts = suggestions().map(({ id, name }) => ({ id, name }))
      const { status, headers, body } = jsonReply(200, { accounts })
      const own = {
        'cache-control': 'no-store',
        'cross-origin-resource-policy': 'same-origin',
        'x-content-type-options': 'nosniff',
      }
      return { status, headers: { ...headers, ...own }, body }
    },
  }
  return new Map([[`GET ${suggestionsPath}`, route]])
}
