import { type Session } from './session.ts'

/**
 * Waits until what was said meanwhile is here, or for as long as it may take: an account that was just opened knows only what it
 * knew when it was closed.
 */
export async function untilConnected(session: Session, waitMs: number): Promise<void> {
  const deadline = AbortSignal.timeout(waitMs)
  const isConnected = ({ kind }: { readonly kind: string }): boolean => kind === 'live' || kind === 'polling'
  try {
    await session.until('connection.get', undefined, isConnected, deadline)
  } catch (error) {
    if (!deadline.aborted) throw error
  }
}
