const maxPlaces = 6

/**
 * Where in the source an error came from, as `listener.ts:42`, innermost first. Nothing of the message is kept, not even
 * if it is laid out like a stack.
 */
export class CodePlaces {
  readonly places: readonly string[]

  constructor(error: Error) {
    const found = stackBelowMessage(error).matchAll(/^ +at .*?([\w.-]{1,60}\.[cm]?[jt]s:\d{1,6}):\d+\)?$/gm)
    this.places = Array.from(found, ([, place]) => place ?? '').slice(0, maxPlaces)
  }
}

function stackBelowMessage({ stack = '', message }: Error): string {
  const start = stack.indexOf(message)
  return start < 0 ? '' : stack.slice(start + message.length)
}
