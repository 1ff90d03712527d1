import { useCallback, useMemo } from 'react'
import { type TypedClient } from '@sotto/client'
import { useAccount, useErrorText } from '../core/index.ts'
import { useText } from '../texts/index.ts'
import { useAnnounce, useToasts } from '../ui/index.ts'
import { type FileProblem } from './judge-files.ts'
import { attachLimits } from './limits.ts'

/** Hands files to the core. */
export interface Staging {
  /** Makes a file ready and hands it over; what prevents that is said. Never rejects. */
  readonly stage: (file: File) => Promise<void>
  readonly complain: (said: string) => void
  readonly complainOf: (problem: FileProblem) => void
}

/** For one conversation. */
export function useStaging(conversation: string): Staging {
  const text = useText()
  const toasts = useToasts()
  const announce = useAnnounce()
  const errorText = useErrorText()
  const { client } = useAccount()
  const complain = useCallback((said: string) => toasts.show({ text: said, tone: 'danger' }), [toasts])
  const complainOf = useCallback(
    (problem: FileProblem) =>
      complain(
        text(`attach.${problem}`, {
          limit: attachLimits.bytes / 1_000_000,
          most: attachLimits.together,
          pixels: attachLimits.pixels / 1_000_000,
        }),
      ),
    [complain, text],
  )
  const stage = useCallback(
    async (file: File): Promise<void> => {
      try {
        const problem = await stageFile(client, conversation, file)
        if (problem === undefined) announce(text('attach.done', { name: file.name }))
        else complainOf(problem)
      } catch (error) {
        complain(errorText(error))
      }
    },
    [announce, client, complain, complainOf, conversation, errorText, text],
  )
  return useMemo(() => ({ stage, complain, complainOf }), [stage, complain, complainOf])
}

/** What prevents it, if something does. */
async function stageFile(client: TypedClient, conversation: string, file: File): Promise<FileProblem | undefined> {
  const { prepareFile } = await import('./prepare-file.ts')
  const prepared = await prepareFile(file)
  if (typeof prepared === 'string') return prepared
  const { bytes, name, preview } = prepared
  const { id } = await client.command('attachments.stage', { conversation, bytes, name })
  if (preview !== undefined) {
    // It is only a picture of it: without one there is a sign.
    await client.command('attachments.set-thumbnail', { attachment: id, bytes: preview }).catch(() => undefined)
  }
  return undefined
}
