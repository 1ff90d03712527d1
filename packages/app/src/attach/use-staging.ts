import { useCallback, useMemo } from 'react'
import { type StagedAttachment, type TypedClient } from '@sotto/client'
import { useAccount, useErrorText } from '../core/index.ts'
import { useText } from '../texts/index.ts'
import { useAnnounce, useToasts } from '../ui/index.ts'
import { type FileProblem } from './judge-files.ts'
import { attachLimits } from './limits.ts'
import { tellsPlace } from './tells-place.ts'

/** Long enough to take it away again. */
const warningMs = 12_000

/** While a file is handed over. */
interface Handing {
  /** Told how much of it the core has, from 0 to 1. */
  readonly onShare: (share: number) => void
  /** Gives up, without a word. */
  readonly signal: AbortSignal
}

/** Hands files to the core. */
export interface Staging {
  /** Makes a file ready and hands it over; what prevents that is said. Never rejects. */
  readonly stage: (file: File, handing: Handing) => Promise<void>
  readonly complain: (said: string) => void
  readonly complainOf: (problem: FileProblem) => void
}

/** For one conversation. */
export function useStaging(conversation: string, limitBytes: number): Staging {
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
          limit: limitBytes / 1_000_000,
          most: attachLimits.together,
          pixels: attachLimits.pixels / 1_000_000,
        }),
      ),
    [complain, limitBytes, text],
  )
  const take = useCallback(
    async (file: File, handing: Handing): Promise<void> => {
      try {
        const outcome = await stage(client, conversation, { file, ...handing })
        if (typeof outcome === 'string') return complainOf(outcome)
        announce(text('attach.done', { name: file.name }))
        if (tellsPlace(outcome, file)) {
          toasts.show({ text: text('attach.not-stripped', { name: file.name }), durationMs: warningMs })
        }
      } catch (error) {
        if (handing.signal.aborted) return
        // It was moved or changed since it was chosen.
        if (error instanceof DOMException) complainOf('unreadable')
        else complain(errorText(error))
      }
    },
    [announce, client, complain, complainOf, conversation, errorText, text, toasts],
  )
  return useMemo(() => ({ stage: take, complain, complainOf }), [take, complain, complainOf])
}

interface Handed extends Handing {
  readonly file: File
}

/** What prevents it, if something does. */
async function stage(
  client: TypedClient,
  conversation: string,
  { file, onShare, signal }: Handed,
): Promise<FileProblem | StagedAttachment> {
  signal.throwIfAborted()
  const [{ prepareFile }, { stageFile }] = await Promise.all([import('./prepare-file.ts'), import('./stage-file.ts')])
  const prepared = await prepareFile(file)
  if (typeof prepared === 'string') return prepared
  const { content, name, preview } = prepared
  const read = async (at: number, length: number): Promise<Uint8Array> =>
    new Uint8Array(await content.slice(at, at + length).arrayBuffer())
  const sizeBytes = content.size
  const onProgress = (doneBytes: number): void => onShare(doneBytes / sizeBytes)
  const staged = await stageFile(client, { conversation, name, sizeBytes, read, onProgress, signal })
  if (signal.aborted) {
    await client.command('attachments.unstage', { attachment: staged.id })
    signal.throwIfAborted()
  }
  if (preview !== undefined) {
    // It is only a picture of it: without one there is a sign.
    await client.command('attachments.set-thumbnail', { attachment: staged.id, ...preview }).catch(() => undefined)
  }
  return staged
}
