import { type ExpiryView, type MessageView } from '@sotto/client'
import { type TextKey } from '../texts/catalogue.ts'
import { type TextArgs } from '../texts/texts.ts'

/** What a line in a conversation says. */
export type ControlLine =
  | { readonly kind: 'expiry'; readonly mode: 'off' | 'after-read' | 'after-send'; readonly timerSeconds: number }
  | { readonly kind: 'extraction'; readonly what: 'screenshot' | 'media-saved' }
  | { readonly kind: 'accepted' }
  | { readonly kind: 'other' }

/** Reads what belongs to a line; what this version does not know is something that happened. */
export function controlLine({ data, kind }: Pick<MessageView, 'kind' | 'data'>): ControlLine {
  const said = new Map(typeof data === 'object' && data !== null ? Object.entries(data) : [])
  if (kind === 'request-accepted') return { kind: 'accepted' }
  if (kind === 'data-extraction') {
    return { kind: 'extraction', what: said.get('what') === 'screenshot' ? 'screenshot' : 'media-saved' }
  }
  const [mode, timerSeconds] = [said.get('mode'), said.get('timerSeconds')]
  const isMode = mode === 'off' || mode === 'after-read' || mode === 'after-send'
  if (kind === 'expiry-change' && isMode && typeof timerSeconds === 'number') {
    return { kind: 'expiry', mode, timerSeconds }
  }
  return { kind: 'other' }
}

/** What a text is told of when messages disappear. ICU names its cases with letters alone. */
export function expiryCase(mode: ExpiryView['mode'] | 'off'): 'off' | 'read' | 'sent' {
  if (mode === 'off') return 'off'
  return mode === 'after-read' ? 'read' : 'sent'
}

/** The words for a line. `duration` says a number of seconds. */
export function controlWords(
  message: Pick<MessageView, 'kind' | 'data' | 'outgoing'>,
  name: string,
  duration: (seconds: number) => string,
): { readonly key: TextKey; readonly args: TextArgs } {
  const line = controlLine(message)
  const { outgoing } = message
  switch (line.kind) {
    case 'expiry': {
      const args = { name, mode: expiryCase(line.mode), duration: duration(line.timerSeconds) }
      if (line.mode === 'off') return { key: `messages.line.expiry.${outgoing ? 'you' : 'they'}-off`, args }
      return { key: `messages.line.expiry.${outgoing ? 'you' : 'they'}-set`, args }
    }
    case 'extraction':
      return { key: line.what === 'screenshot' ? 'messages.line.screenshot' : 'messages.line.saved', args: { name } }
    case 'accepted':
      return { key: outgoing ? 'messages.line.accepted.you' : 'messages.line.accepted.they', args: { name } }
    case 'other':
      return { key: 'messages.line.other', args: {} }
  }
}
