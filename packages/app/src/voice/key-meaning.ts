/** What a key means for a voice message. */
export type VoiceKey = 'stop' | 'send' | 'play' | 'discard'

/**
 * `isOnButton`: the focus is on one of the buttons, whose own keys are Enter and Space. Spec 50 §4: Enter stops and then sends,
 * Space plays or pauses, Escape and Delete discard.
 */
export function voiceKey(key: string, isRecording: boolean, isOnButton: boolean): VoiceKey | undefined {
  if (key === 'Escape' || key === 'Delete') return 'discard'
  if (isOnButton) return undefined
  if (key === 'Enter') return isRecording ? 'stop' : 'send'
  return key === ' ' && !isRecording ? 'play' : undefined
}
