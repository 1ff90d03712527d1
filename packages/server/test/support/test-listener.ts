import { createCertificate, Listener, systemClock, systemRandom, type ListenerOptions, type Route } from '@sotto/server'
import { onTestFinished } from 'vitest'

/** One certificate for all tests: making a key takes longer than most of them. */
const certificate = createCertificate(systemClock.now(), systemRandom)

/** A listener on a free port of 127.0.0.1 that stops with the test. HTTPS unless `tls` is given as `undefined`. */
export async function startListener(
  routes: Readonly<Record<string, Route>>,
  options: Partial<ListenerOptions> & { readonly plain?: boolean } = {},
): Promise<Listener> {
  const { plain = false, ...rest } = options
  const listener = new Listener({
    host: '127.0.0.1',
    port: 0,
    routes: new Map(Object.entries(routes)),
    ...(plain ? {} : { tls: certificate }),
    ...rest,
  })
  await listener.start()
  onTestFinished(() => listener.stop(0))
  return listener
}

/** Answers with what it got. */
export const echo: Route = {
  maxBodyBytes: 10_485_760,
  handle: ({ body }) => ({ status: 200, headers: { 'content-type': 'application/octet-stream' }, body }),
}
