import { type ReactNode, useEffect, useRef, useState } from 'react'
import { type AttachmentView } from '@sotto/client'
import { readSound } from '../attachments/read-sound.ts'
import { readBlob } from '../attachments/read-blob.ts'
import { useAccount, useAct } from '../core/index.ts'
import { useText } from '../texts/index.ts'
import { useAnnounce } from '../ui/index.ts'
import { type VoiceKey } from './key-meaning.ts'
import { Recorded } from './recorded.tsx'
import { type Recording } from './recorder.ts'
import { VoiceFrame } from './voice-frame.tsx'

interface VoiceDraftProps {
  readonly draft: AttachmentView
  /** Whether it was taken. */
  readonly onSend: () => Promise<boolean>
}

/** What was said here before one looked elsewhere. It waits: it takes no focus, so that no key sends it by accident. */
export function VoiceDraft({ draft, onSend }: VoiceDraftProps): ReactNode {
  const text = useText()
  const act = useAct()
  const announce = useAnnounce()
  const { client } = useAccount()
  const recording = useKept(draft)
  const [isBusy, setBusy] = useState(false)
  const toggle = useRef<() => void>(undefined)
  const busyWith = async (work: () => Promise<unknown>): Promise<void> => {
    if (isBusy) return
    setBusy(true)
    await work()
    setBusy(false)
  }
  const send = (): void => void busyWith(onSend)
  const discard = (): void => {
    const forget = async (): Promise<unknown> => client.command('attachments.unstage', { attachment: draft.id })
    void busyWith(async () => (await act(forget)) && announce(text('voice.discarded')))
  }
  const onKey = (meaning: VoiceKey): void => {
    if (meaning === 'send') send()
    if (meaning === 'play') toggle.current?.()
    if (meaning === 'discard') discard()
  }
  return (
    <VoiceFrame label={text('voice.draft')} isRecording={false} onKey={onKey}>
      {recording !== undefined && (
        <Recorded recording={recording} isSending={isBusy} toggleRef={toggle} onSend={send} onDiscard={discard} />
      )}
    </VoiceFrame>
  )
}

/** What recorders write has 16 bytes for each millisecond. */
const bytesPerMs = 16

/** As it was when it was recorded. */
function useKept({ contentType, id, sizeBytes }: AttachmentView): Recording | undefined {
  const act = useAct()
  const { client } = useAccount()
  const [recording, setRecording] = useState<Recording>()
  useEffect(() => {
    let isCurrent = true
    const read = async (): Promise<void> => {
      const blob = await readBlob(client, { contentType, id, sizeBytes })
      const url = URL.createObjectURL(blob)
      try {
        const { peaks = [], seconds } = await readSound(blob, url, true)
        const bytes = new Uint8Array(await blob.arrayBuffer())
        const durationMs = seconds === undefined ? bytes.length / bytesPerMs : seconds * 1000
        if (isCurrent) setRecording({ bytes, durationMs, levels: peaks })
      } finally {
        URL.revokeObjectURL(url)
      }
    }
    void act(read)
    return () => {
      isCurrent = false
    }
  }, [act, client, contentType, id, sizeBytes])
  return recording
}
