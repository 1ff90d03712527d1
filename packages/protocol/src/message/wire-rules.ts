import { type DescField, type DescMessage, ScalarType } from '@bufbuild/protobuf'
import { FeatureSet_FieldPresence } from '@bufbuild/protobuf/wkt'

/** How a value is laid out; the low three bits of a tag. Groups, 3 and 4, are refused. */
export const wireType = { varint: 0, fixed64: 1, lengthDelimited: 2, fixed32: 5 } as const

/** What the bytes of one field must look like. */
export interface FieldRule {
  readonly wireType: number
  /** Repeated numbers may also come as one field of many. */
  readonly packable: boolean
  readonly isText: boolean
  /** The numbers that an enumeration knows: any other is kept as an unknown field. */
  readonly numbers: ReadonlySet<number> | undefined
  readonly message: MessageRules | undefined
  /** The bit of a required field in `MessageRules.required`; 0 for others. */
  readonly required: number
}

/** What the bytes of a message must look like. */
export interface MessageRules {
  readonly fields: ReadonlyMap<number, FieldRule>
  readonly required: number
}

/** The rules of a message that does not hold itself. */
export function rulesOf(message: DescMessage): MessageRules {
  const fields = new Map<number, FieldRule>()
  let required = 0
  for (const field of message.fields) {
    const bit = field.presence === FeatureSet_FieldPresence.LEGACY_REQUIRED ? 1 << fields.size : 0
    required |= bit
    fields.set(field.number, ruleOf(field, bit))
  }
  return { fields, required }
}

function ruleOf(field: DescField, required: number): FieldRule {
  const scalar = field.scalar ?? ScalarType.INT32
  const type = field.message === undefined ? wireTypeOf(scalar) : wireType.lengthDelimited
  return {
    wireType: type,
    packable: field.fieldKind === 'list' && type !== wireType.lengthDelimited,
    isText: field.message === undefined && scalar === ScalarType.STRING,
    numbers: field.enum === undefined ? undefined : new Set(field.enum.values.map(({ number }) => number)),
    message: field.message === undefined ? undefined : rulesOf(field.message),
    required,
  }
}

function wireTypeOf(scalar: ScalarType): number {
  switch (scalar) {
    case ScalarType.STRING:
    case ScalarType.BYTES:
      return wireType.lengthDelimited
    case ScalarType.FIXED64:
    case ScalarType.SFIXED64:
    case ScalarType.DOUBLE:
      return wireType.fixed64
    case ScalarType.FIXED32:
    case ScalarType.SFIXED32:
    case ScalarType.FLOAT:
      return wireType.fixed32
    default:
      return wireType.varint
  }
}
