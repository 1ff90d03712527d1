export { useVoice, type Voice } from './use-voice.ts'
export { VoiceButton } from './voice-button.tsx'
