import { type ReactElement, useState } from 'react'
import { type AttachmentView } from '@sotto/client'
import { AttachmentsContext, type AttachmentsShared } from '../attachments/attachments-context.ts'
import { AudioDeck } from '../attachments/audio-deck.ts'
import { DocumentRow } from '../attachments/document-row.tsx'
import { FileCache } from '../attachments/file-cache.ts'
import { BARS } from '../attachments/peaks.ts'
import { SeekBar } from '../attachments/seek-bar.tsx'
import { useToasts } from '../ui/index.ts'
import { Columns, Part, Stack } from './part.tsx'
import { SAMPLE_ID } from './sample.ts'

const letter: AttachmentView = {
  id: 1,
  message: 1,
  conversation: SAMPLE_ID as AttachmentView['conversation'],
  sentAt: 0,
  kind: 'file',
  contentType: 'application/pdf',
  name: 'A letter.pdf',
  caption: undefined,
  sizeBytes: 1_234_567,
  width: undefined,
  height: undefined,
  state: 'here',
  failure: undefined,
  nextTryAt: undefined,
  hasThumbnail: false,
}

const states: readonly Pick<AttachmentView, 'state' | 'failure'>[] = [
  { state: 'waiting', failure: undefined },
  { state: 'queued', failure: undefined },
  { state: 'downloading', failure: undefined },
  { state: 'failed', failure: 'attachments.server-failed' },
  { state: 'gone', failure: 'attachments.gone' },
  { state: 'evicted', failure: undefined },
  { state: 'stopped', failure: undefined },
]

/** Files that were sent, wherever they are, and the bars of a recording. */
export function Files(): ReactElement {
  const shared = useShared()
  const [at, setAt] = useState(12)
  const peaks = Array.from({ length: BARS }, (_, each) => Math.abs(Math.sin(each / 3)))
  return (
    <Part title="Files">
      <AttachmentsContext value={shared}>
        <Columns>
          <Stack>
            <DocumentRow attachment={letter} outgoing={false} />
            <DocumentRow attachment={{ ...letter, kind: 'audio', name: 'A song.mp3' }} outgoing={false} />
            <DocumentRow
              attachment={{ ...letter, contentType: 'application/zip', name: `${'long '.repeat(30)}name.zip` }}
              outgoing={false}
            />
            <SeekBar peaks={peaks} isWave at={at} seconds={40} onSeek={setAt} />
            <SeekBar peaks={undefined} isWave={false} at={at} seconds={40} onSeek={setAt} />
          </Stack>
          <Stack>
            {states.map(each => (
              <DocumentRow key={each.state} attachment={{ ...letter, ...each }} outgoing={false} />
            ))}
          </Stack>
        </Columns>
      </AttachmentsContext>
    </Part>
  )
}

function useShared(): AttachmentsShared {
  const toasts = useToasts()
  const [shared] = useState<AttachmentsShared>(() => {
    const say = (text: string) => (): void => toasts.show({ text })
    const actions = {
      open: say('Opened'),
      ask: say('Asked'),
      download: say('Downloaded'),
      retry: say('Tried again'),
      cancel: say('Cancelled'),
      save: say('Saved'),
    }
    const files = new FileCache({ createUrl: () => '', revokeUrl: () => undefined, after: () => undefined })
    const watchProgress: AttachmentsShared['watchProgress'] = (attachment, listener) => {
      listener({ attachment, doneBytes: 432_000, totalBytes: 1_234_567 })
      return () => undefined
    }
    return { files, deck: new AudioDeck(new Audio()), actions, watchProgress }
  })
  return shared
}
