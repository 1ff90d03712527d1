import { SendHorizontal } from 'lucide-react'
import { type ReactNode } from 'react'
import { type Attaching } from '../attach/index.ts'
import { useText } from '../texts/index.ts'
import { IconButton } from '../ui/index.ts'
import { type Voice, VoiceButton } from '../voice/index.ts'

interface SendButtonProps {
  /** Whether there is something to send; otherwise one can speak. */
  readonly hasContent: boolean
  readonly isDisabled: boolean
  readonly onSend: () => void
  readonly voice: Voice
  readonly attaching: Attaching
}

/** Sends what there is, or begins a voice message. Spec 50 §4. */
export function SendButton({ hasContent, isDisabled, onSend, voice, attaching }: SendButtonProps): ReactNode {
  const text = useText()
  if (!hasContent) return <VoiceButton voice={voice} obstacle={attaching.obstacle} onObstacle={attaching.sayObstacle} />
  return (
    <IconButton
      icon={SendHorizontal}
      label={text('composer.send')}
      tone="accent"
      mirrored
      isDisabled={isDisabled}
      onPress={onSend}
    />
  )
}
