import { type ReactNode, useState } from 'react'
import { type StorageRoom } from '@sotto/client/web'
import { useText } from '../texts/index.ts'
import { Banner, Button, ProgressBar, Section, SettingsRow } from '../ui/index.ts'
import { formatBytes } from './format-bytes.ts'
import { useStorageRoom } from './use-storage-room.ts'
import styles from './storage.module.css'

/** Less than this is little, bytes. */
const littleBytes = 50_000_000

/** How much room the browser gives, and whether it keeps what is there. */
export function RoomSection(): ReactNode {
  const text = useText()
  const { room, isKept, keep } = useStorageRoom()
  const [isRefused, setRefused] = useState(false)
  const ask = async (): Promise<void> => setRefused(!(await keep()))
  return (
    <>
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
  const free = Math.max(0, quotaBytes - usedBytes)
  const size = (bytes: number): string => formatBytes(text.language, bytes)
  return (
    <>
      {free < littleBytes && <Banner tone="caution">{text('storage.nearly-full', { free: size(free) })}</Banner>}
      <Section isPadded footnote={text('storage.room.note')}>
        <ProgressBar
          label={text('storage.room')}
          value={Math.min(1, usedBytes / quotaBytes)}
          valueText={text('storage.room.value', { used: size(usedBytes), quota: size(quotaBytes) })}
        />
      </Section>
    </>
  )
}
