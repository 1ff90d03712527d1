import type { Texts } from '../texts/index.ts'
import { durationText } from './duration.ts'
import { type Expiry } from './expiry-choices.ts'

/** The setting in a few words: "Off", "12 hours after reading". */
export function expiryText(text: Texts, { mode, timerSeconds }: Expiry): string {
  const time = durationText(timerSeconds, text.language)
  switch (mode) {
    case 'off':
      return text('expiry.off')
    case 'after-read':
      return text('expiry.after-read.set', { time })
    case 'after-send':
      return text('expiry.after-send.set', { time })
  }
}
