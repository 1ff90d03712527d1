import { type Arrival } from '@sotto/client'
import { type Session } from './session.ts'

/**
 * Calls back with each message from others that this reader has not had, in the order in which they came, until the returned
 * function is called. Each is acknowledged when the call has returned, so that none is lost and few come twice.
 */
export function followArrivals(
  { client }: Session,
  reader: string,
  onArrival: (arrival: Arrival) => void,
  onError: (error: unknown) => void,
): () => void {
  let last = 0
  return client.watch(
    'arrivals.list',
    { reader, limit: 100 },
    {
      onResult: arrivals => {
        const fresh = arrivals.filter(({ id }) => id > last)
        for (const arrival of fresh) onArrival(arrival)
        const newest = fresh.at(-1)?.id
        if (newest === undefined) return
        last = newest
        client.command('arrivals.acknowledge', { reader, upTo: newest }).catch(onError)
      },
      onError,
    },
  )
}
