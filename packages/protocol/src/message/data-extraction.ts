import { build, present, type UnreadField } from './codec.ts'
import {
  type DataExtractionNotification,
  DataExtractionNotification_Type,
  DataExtractionNotificationSchema,
} from './gen/session_pb.ts'
import { readOptionalTime, writeOptionalTime } from './time.ts'

/** The peer saved an attachment, or took a picture of the screen. Spec 10 §4.6, §5.5. */
export interface DataExtraction {
  readonly kind: 'data-extraction'
  readonly what: 'screenshot' | 'media-saved'
  /** Unix ms of the message whose attachment was saved. Always sent with `media-saved`. */
  readonly targetSentAt?: number | undefined
  readonly unreadInBody?: readonly UnreadField[] | undefined
}

/** `undefined` for a type that nobody knows. @throws {MessageError} `message.bad-time` */
export function readDataExtraction(wire: DataExtractionNotification): DataExtraction | undefined {
  if (!Object.hasOwn(wire, 'type')) return undefined
  return {
    kind: 'data-extraction',
    what: wire.type === DataExtractionNotification_Type.MEDIA_SAVED ? 'media-saved' : 'screenshot',
    targetSentAt: readOptionalTime(present(wire, 'timestamp')),
    unreadInBody: wire.$unknown,
  }
}

/** @throws {MessageError} `message.bad-time` */
export function writeDataExtraction(content: DataExtraction): DataExtractionNotification {
  const saved = content.what === 'media-saved'
  const values = {
    type: saved ? DataExtractionNotification_Type.MEDIA_SAVED : DataExtractionNotification_Type.SCREENSHOT,
    timestamp: writeOptionalTime(content.targetSentAt),
  }
  return build(DataExtractionNotificationSchema, values, content.unreadInBody)
}
