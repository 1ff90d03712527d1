/** A voice message stops by itself then. Spec 50 §0. */
export const maxVoiceMs = 300_000

/** Shorter ones come from a slip of the finger. */
export const minVoiceMs = 300
