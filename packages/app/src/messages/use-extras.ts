import { useEffect, useState } from 'react'
import { type MessageView } from '@sotto/client'
import { useAccount } from '../core/index.ts'
import { type Extra } from './extras.tsx'

/** What can be asked for at once. */
const MAX_ASKED = 200

/** What messages hold beside their texts: asked for once for each that says that it holds more. */
export function useExtras(messages: readonly MessageView[]): ReadonlyMap<number, Extra> {
  const { client } = useAccount()
  const [extras, setExtras] = useState<ReadonlyMap<number, Extra>>(new Map())
  useEffect(() => {
    const wanted = messages.filter(message => holdsMore(message) && !extras.has(message.id)).map(({ id }) => id)
    if (wanted.length === 0) return
    let isCurrent = true
    const ids = wanted.slice(-MAX_ASKED)
    const ask = async (): Promise<void> => {
      const [unsupported, previews] = await Promise.all([
        client.query('unsupported.list', { messages: ids }),
        client.query('previews.list', { messages: ids }),
      ])
      if (!isCurrent) return
      const words = new Map(unsupported.map(each => [each.message, each.words]))
      const shown = new Map(previews.map(each => [each.message, each]))
      const found = ids.map(id => [id, { words: words.get(id) ?? [], preview: shown.get(id) }] as const)
      setExtras(before => new Map([...before, ...found]))
    }
    // Without an answer the text stands alone; it is asked for again with the next change.
    ask().catch(() => undefined)
    return () => {
      isCurrent = false
    }
  }, [client, messages, extras])
  return extras
}

function holdsMore({ deleted, hasMore, kind }: MessageView): boolean {
  return deleted === 'no' && (hasMore || kind === 'unsupported')
}
