import { useEffect, useState } from 'react'

/** An account that anybody on this network may write to. */
export interface Suggestion {
  readonly id: string
  readonly name: string
}

const path = '/.well-known/sotto/suggestions'
const most = 10
const longestName = 100

/** What a gateway on this machine suggests; others suggest nothing, and are not asked. */
export function useSuggestions(): readonly Suggestion[] {
  const [suggestions, setSuggestions] = useState<readonly Suggestion[]>([])
  useEffect(() => {
    const stop = new AbortController()
    fetchSuggestions(stop.signal).then(setSuggestions, () => undefined)
    return () => stop.abort()
  }, [])
  return suggestions
}

async function fetchSuggestions(signal: AbortSignal): Promise<readonly Suggestion[]> {
  if (!['localhost', '127.0.0.1', '[::1]'].includes(location.hostname)) return []
  const reply = await fetch(path, { credentials: 'omit', cache: 'no-store', signal })
  return reply.ok ? parseSuggestions(await reply.json()) : []
}

/** Takes only what makes sense. */
export function parseSuggestions(json: unknown): readonly Suggestion[] {
  if (typeof json !== 'object' || json === null || !('accounts' in json) || !Array.isArray(json.accounts)) return []
  return json.accounts.slice(0, most).filter(isSuggestion)
}

function isSuggestion(value: unknown): value is Suggestion {
  if (typeof value !== 'object' || value === null || !('id' in value) || !('name' in value)) return false
  const { id, name } = value
  return typeof id === 'string' && /^05[0-9a-f]{64}$/.test(id) && typeof name === 'string' && name.length <= longestName
}
