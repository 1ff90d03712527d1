import { type MessagePortLike } from '../../packages/client/src/channel/port-channel.ts'

/** One end of the pipe between a process and the one that started it. */
interface ProcessEnd {
  readonly connected: boolean
  send?(message: unknown): unknown
  on(event: 'message', listener: (message: unknown) => void): unknown
  off(event: 'message', listener: (message: unknown) => void): unknown
}

/** The same as a port; messages are cloned (`serialization: 'advanced'`). */
export function processPort(end: ProcessEnd): MessagePortLike {
  const listeners = new Map<unknown, (message: unknown) => void>()
  return {
    postMessage: message => {
      if (end.connected) end.send?.(message)
    },
    addEventListener: (_type, listener) => {
      const take = (data: unknown): void => listener({ data })
      listeners.set(listener, take)
      end.on('message', take)
    },
    removeEventListener: (_type, listener) => {
      const take = listeners.get(listener)
      if (take !== undefined) end.off('message', take)
    },
  }
}
