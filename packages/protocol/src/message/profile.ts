import { build, present, type UnreadField } from './codec.ts'
import { type LokiProfile, LokiProfileSchema } from './gen/session_pb.ts'
import { requireWhole } from './time.ts'

/** What a sender says about itself. Never applied to oneself; the newer one wins. Spec 10 §6.1. */
export interface Profile {
  readonly name?: string | undefined
  /** Without it the sender has no picture, or has one no more. */
  readonly picture?: ProfilePicture | undefined
  /** Unix seconds of the last change. */
  readonly updatedAtSeconds?: number | undefined
  readonly unread?: readonly UnreadField[] | undefined
}

/** The two always go together. Spec 10 §6.1. */
export interface ProfilePicture {
  readonly url: string
  /** 32 bytes. */
  readonly key: Uint8Array
}

/** The longest URL of a picture, in characters. Spec 10 §6.1. */
export const MAX_PICTURE_URL_LENGTH = 223

const KEY_LENGTH = 32

/**
 * Half a picture, or one that could not be remembered, is none, as other clients have it. Without the profile itself a
 * key says nothing. A time of change past 2^53 is taken as none.
 */
export function readProfile(wire: LokiProfile | undefined, key: Uint8Array | undefined): Profile | undefined {
  if (wire === undefined) return undefined
  const updatedAt = present(wire, 'lastProfileUpdateSeconds')
  return {
    name: present(wire, 'displayName'),
    picture: readPicture(wire.profilePicture, key),
    updatedAtSeconds: updatedAt !== undefined && updatedAt <= Number.MAX_SAFE_INTEGER ? Number(updatedAt) : undefined,
    unread: wire.$unknown,
  }
}

function readPicture(url: string, key: Uint8Array | undefined): ProfilePicture | undefined {
  const usable = url !== '' && url.length <= MAX_PICTURE_URL_LENGTH && key?.length === KEY_LENGTH
  return usable ? { url, key } : undefined
}

/** The key of the picture stands beside the profile, not in it. */
export interface WireProfile {
  readonly profile: LokiProfile | undefined
  readonly profileKey: Uint8Array | undefined
}

/** @throws {MessageError} `message.bad-value` for a time of change that is no whole number */
export function writeProfile(profile: Profile | undefined): WireProfile {
  if (profile === undefined) return { profile: undefined, profileKey: undefined }
  const { name, picture, updatedAtSeconds, unread } = profile
  const seconds = updatedAtSeconds === undefined ? undefined : BigInt(requireWhole(updatedAtSeconds))
  const values = { displayName: name, profilePicture: picture?.url, lastProfileUpdateSeconds: seconds }
  return { profile: build(LokiProfileSchema, values, unread), profileKey: picture?.key }
}
