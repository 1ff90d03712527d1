import { type Content } from './content.ts'

/** Whether a content that one's own account sent to itself is to be heeded. Spec 10 §5.1. */
export function isAllowedFromSelf(content: Content): boolean {
  switch (content.kind) {
    case 'message':
    case 'reaction':
    case 'expiry-change':
    case 'unsend':
    case 'request-response':
      return true
    case 'call':
      return content.signal.type === 'answer' || content.signal.type === 'end'
    default:
      return false
  }
}
