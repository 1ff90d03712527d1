import { useMemo } from 'react'
import { type AttachmentView, type TypedClient } from '@sotto/client'
import { useAccount, useAct } from '../core/index.ts'
import { useLatest } from '../messages/use-latest.ts'
import { useText } from '../texts/index.ts'
import { useAnnounce, useToasts } from '../ui/index.ts'
import { type AttachmentActions } from './attachments-context.ts'
import { saveAttachment } from './save-attachment.ts'

/** What lies above everything else on behalf of attachments. */
export type AttachmentLayer =
  | { readonly kind: 'viewer'; readonly attachments: readonly AttachmentView[]; readonly current: number }
  | { readonly kind: 'ask'; readonly attachment: AttachmentView }

/** The same object as long as the account is shown. */
export function useAttachmentActions(onLayer: (layer: AttachmentLayer) => void): AttachmentActions {
  const { client } = useAccount()
  const latest = useLatest({ act: useAct(), announce: useAnnounce(), text: useText(), toasts: useToasts() })
  return useMemo(() => {
    const run = (
      name: 'attachments.download' | 'attachments.retry' | 'attachments.cancel',
      { id }: AttachmentView,
    ): void => void latest.current.act(async () => client.command(name, { attachment: id }))
    const save = async (attachment: AttachmentView): Promise<boolean> => {
      const { announce, text, toasts } = latest.current
      const { name } = attachment
      return saveAttachment(client, attachment, {
        begun: () => announce(text('attachments.saving', { name })),
        done: () => toasts.show({ text: text('attachments.saved', { name }) }),
      })
    }
    const saveAll = async (attachments: readonly AttachmentView[]): Promise<void> => {
      const saved: AttachmentView[] = []
      for (const attachment of attachments) if (await save(attachment)) saved.push(attachment)
      const told = new Set(saved.flatMap(({ message }) => (message === undefined ? [] : [message])))
      const [first] = saved
      if (first === undefined || !(await isTold(client, first.conversation))) return
      for (const message of told) await client.command('extraction.report-saved', { message })
    }
    return {
      open: (attachments, current) => onLayer({ kind: 'viewer', attachments, current }),
      ask: attachment => onLayer({ kind: 'ask', attachment }),
      download: attachment => run('attachments.download', attachment),
      retry: attachment => run('attachments.retry', attachment),
      cancel: attachment => run('attachments.cancel', attachment),
      save: attachments => void latest.current.act(async () => saveAll(attachments)),
    }
  }, [client, latest, onLayer])
}

/** Nobody is told in requests or once blocked; of own messages and notes the client tells nobody anyway. Spec 50 §3.9. */
async function isTold(client: TypedClient, conversation: string): Promise<boolean> {
  const view = await client.query('conversations.get', { conversation })
  return view !== undefined && view.kind !== 'self' && view.request === 'none' && !view.blocked
}
