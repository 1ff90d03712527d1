import { Pause, Play } from 'lucide-react'
import { type ReactNode, useEffect, useSyncExternalStore } from 'react'
import { Button } from 'react-aria-components/Button'
import { type AttachmentView } from '@sotto/client'
import { useAct } from '../core/index.ts'
import { useLatest } from '../messages/use-latest.ts'
import { useText } from '../texts/index.ts'
import { Icon } from '../ui/index.ts'
import { useAttachments } from './attachments-context.ts'
import styles from './audio-player.module.css'
import { type LoadedFile } from './file-cache.ts'
import { formatDuration } from './format-duration.ts'
import { SeekBar } from './seek-bar.tsx'
import { useFile } from './use-file.ts'
import { useNearView } from './use-near-view.ts'
import { useSound } from './use-sound.ts'

interface AudioPlayerProps {
  readonly attachment: AttachmentView
  readonly sender: string
}

/** Plays a voice message or another recording that is here. */
export function AudioPlayer({ attachment, sender }: AudioPlayerProps): ReactNode {
  const text = useText()
  const [ref, isNear] = useNearView<HTMLDivElement>()
  const { id, kind, name } = attachment
  const { deck } = useAttachments()
  const { at, isPlaying, rate, track } = useSyncExternalStore(deck.subscribe, deck.get)
  const isCurrent = track === id
  const { file, isFailed } = useFile(attachment, isNear || isCurrent)
  const { facts, isBroken } = useSound(file, kind === 'voice')
  const toggle = usePlaying(attachment, sender, file)
  const isOn = isCurrent && isPlaying
  const place = isCurrent ? at : deck.placeOf(id)
  const seconds = facts?.seconds
  const isVoice = kind === 'voice'
  const words = isVoice ? text('attachments.kind.voice') : name
  if (isBroken || isFailed)
    return <p className={styles['broken']}>{text('attachments.broken.audio', { name: words })}</p>
  return (
    <div ref={ref} className={styles['player']} role="group" aria-label={words}>
      <Button
        className={styles['play'] ?? ''}
        aria-label={text(isOn ? 'attachments.pause' : 'attachments.play', { name: words })}
        onPress={toggle}
      >
        <Icon icon={isOn ? Pause : Play} />
      </Button>
      <div className={styles['middle']}>
        {!isVoice && (
          <span className={styles['name']} title={name} dir="auto">
            {name}
          </span>
        )}
        <SeekBar peaks={facts?.peaks} isWave={isVoice} at={place} seconds={seconds} onSeek={to => deck.seek(id, to)} />
      </div>
      <span className={styles['time']}>
        {seconds === undefined ? formatDuration(text.language, place) : formatDuration(text.language, seconds - place)}
      </span>
      <Button
        className={styles['rate'] ?? ''}
        aria-label={text('attachments.speed', { speed: rate })}
        dir="ltr"
        onPress={() => deck.nextRate()}
      >
        {new Intl.NumberFormat(text.language).format(rate)}×
      </Button>
    </div>
  )
}

/** Puts the player among those that can follow each other; what its button does. */
function usePlaying({ id }: AttachmentView, sender: string, file: LoadedFile | undefined): () => void {
  const { deck } = useAttachments()
  const act = useAct()
  const latest = useLatest({ file, act })
  useEffect(() => {
    const play = (): void => {
      const { act: run, file: now } = latest.current
      if (now !== undefined) void run(async () => deck.play(id, now.url))
    }
    return deck.join({ track: id, sender, play })
  }, [deck, id, latest, sender])
  return () => {
    const { isPlaying, track } = deck.get()
    if (track === id && isPlaying) deck.pause(id)
    else if (file !== undefined) void act(async () => deck.play(id, file.url))
  }
}
