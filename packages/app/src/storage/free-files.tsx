import { type ReactNode, useState } from 'react'
import { type ConversationUsage } from '@sotto/client'
import { useAccount, useAct } from '../core/index.ts'
import { useText } from '../texts/index.ts'
import { Button, ConfirmDialog, useToasts } from '../ui/index.ts'
import { formatBytes } from './format-bytes.ts'

interface FreeFilesProps {
  readonly usage: ConversationUsage
  /** Of the conversation. */
  readonly name: string
  /** The numbers are others now. */
  readonly onFreed: () => void
}

/** Removes the files of a conversation that can be fetched again, after it was said how much that is and what stays. */
export function FreeFiles({ name, onFreed, usage }: FreeFilesProps): ReactNode {
  const text = useText()
  const act = useAct()
  const toasts = useToasts()
  const { client } = useAccount()
  const [isAsking, setAsking] = useState(false)
  const { conversation, fetchableBytes, fileBytes } = usage
  const size = (bytes: number): string => formatBytes(text.language, bytes)
  const free = async (): Promise<void> => {
    await act(async () => {
      const { freedBytes, keptBytes } = await client.command('storage.free-files', { conversation })
      const sizes = { freed: size(freedBytes), kept: size(keptBytes) }
      toasts.show({ text: text(keptBytes === 0 ? 'storage.free.done' : 'storage.free.done-some', sizes) })
      onFreed()
    })
  }
  return (
    <>
      <Button size="small" aria-label={text('storage.free.name', { name })} onPress={() => setAsking(true)}>
        {text('storage.free')}
      </Button>
      <ConfirmDialog
        isOpen={isAsking}
        onClose={() => setAsking(false)}
        title={text('storage.free.title', { name })}
        confirm={{ label: text('storage.free.confirm', { size: size(fetchableBytes) }), onPress: free }}
      >
        <p>{text('storage.free.body', { size: size(fetchableBytes) })}</p>
        {fileBytes > fetchableBytes && <p>{text('storage.free.kept', { size: size(fileBytes - fetchableBytes) })}</p>}
      </ConfirmDialog>
    </>
  )
}
