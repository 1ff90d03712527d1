import { type ReactNode, useState } from 'react'
import { type StorageRoom } from '@sotto/client/web'
import { useText } from '../texts/index.ts'
import { Button, ProgressBar, Section, SettingsRow } from '../ui/index.ts'
import { formatBytes } from './format-bytes.ts'
import { LittleStorage } from './little-storage.tsx'
import { useStorageRoom } from './use-storage-room.ts'
import styles from './storage.module.css'

/** How much room the browser gives, and whether it keeps what is there. */
export function RoomSection(): ReactNode {
  const text = useText()
  const { room, isKept, keep } = useStorageRoom()
  const [isRefused, setRefused] = useState(false)
  const ask = async (): Promise<void> => setRefused(!(await keep()))
  return (
    <>
      <LittleStorage />
      {room !== undefined && room.quotaBytes > 0 && <Room room={room} />}
      {isKept !== undefined && (
        <Section>
          <SettingsRow
            label={text(isKept ? 'storage.kept' : 'storage.not-kept')}
            description={text(isKept ? 'storage.kept.yes' : isRefused ? 'storage.kept.refused' : 'storage.kept.no')}
          />
          {!isKept && (
            <div className={styles['inset']}>
              <Button size="small" onPress={() => void ask()}>
                {text('storage.kept.ask')}
              </Button>
            </div>
          )}
        </Section>
      )}
    </>
  )
}

function Room({ room: { usedBytes, quotaBytes } }: { readonly room: StorageRoom }): ReactNode {
  const text = useText()
  const size = (bytes: number): string => formatBytes(text.language, bytes)
  return (
    <Section isPadded footnote={text('storage.room.note')}>
      <ProgressBar
        label={text('storage.room')}
        value={Math.min(1, usedBytes / quotaBytes)}
        valueText={text('storage.room.value', { used: size(usedBytes), quota: size(quotaBytes) })}
      />
    </Section>
  )
}
