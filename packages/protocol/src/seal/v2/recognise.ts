/** Version 2 in an inbox; no protobuf begins so, for no field has the number 0. Spec 10 §2.6, trap 24. */
export function isV2Message(data: Uint8Array): boolean {
  return data[0] === 0x00 && data[1] === 0x02
}
