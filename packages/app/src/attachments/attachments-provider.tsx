import { lazy, type ReactNode, Suspense, useCallback, useEffect, useMemo, useState } from 'react'
import { useAccount, useQuery } from '../core/index.ts'
import { AttachmentsContext, type WatchProgress } from './attachments-context.ts'
import { AudioDeck } from './audio-deck.ts'
import { FileCache } from './file-cache.ts'
import { TrustDialog } from './trust-dialog.tsx'
import { type AttachmentLayer, useAttachmentActions } from './use-attachment-actions.ts'

const Viewer = lazy(async () => ({ default: (await import('./viewer.tsx')).Viewer }))

/** What the attachments of an account are shown with, and what lies above everything because of them. `key` it by account. */
export function AttachmentsProvider({ children }: { readonly children: ReactNode }): ReactNode {
  const [layer, setLayer] = useState<AttachmentLayer>()
  const [files] = useState(() => new FileCache(URL_PORTS))
  const [deck] = useState(() => new AudioDeck(new Audio()))
  const actions = useAttachmentActions(setLayer)
  const playsOn = useQuery('settings.get')?.autoPlayAudio ?? false
  useEffect(() => deck.setPlaysOn(playsOn), [deck, playsOn])
  useEffect(
    () => () => {
      // Nothing of an account that is locked stays within reach.
      deck.stop()
      files.clear()
    },
    [deck, files],
  )
  const { client } = useAccount()
  const watchProgress = useCallback<WatchProgress>(
    (attachment, listener) =>
      client.watch(
        'attachments.progress',
        { attachments: [attachment] },
        { onResult: ([view]) => listener(view), onError: () => listener(undefined) },
      ),
    [client],
  )
  const shared = useMemo(() => ({ files, deck, actions, watchProgress }), [files, deck, actions, watchProgress])
  const close = (): void => setLayer(undefined)
  return (
    <AttachmentsContext value={shared}>
      {children}
      {layer?.kind === 'ask' && <TrustDialog attachment={layer.attachment} onClose={close} />}
      {layer?.kind === 'viewer' && (
        <Suspense>
          <Viewer attachments={layer.attachments} current={layer.current} onClose={close} />
        </Suspense>
      )}
    </AttachmentsContext>
  )
}

const URL_PORTS = {
  createUrl: (blob: Blob): string => URL.createObjectURL(blob),
  revokeUrl: (url: string): void => URL.revokeObjectURL(url),
  after: (ms: number, run: () => void): void => void setTimeout(run, ms),
}
