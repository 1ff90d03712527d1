import { type AccountId, type GroupId } from '../account/index.ts'
import { present, type UnreadField } from './codec.ts'
import {
  GroupUpdateInfoChangeMessage_Type,
  type GroupUpdateInfoChangeMessage,
  type GroupUpdateMemberChangeMessage,
  GroupUpdateMemberChangeMessage_Type,
  type GroupUpdateMessage,
} from './gen/session_pb.ts'
import { readAccountId, readGroupId, requireBytes } from './ids.ts'

/**
 * A control message of a group. Invitations and promotions come one to one, the others inside the group. What they say
 * about the group is for display only: its state comes from its signed configs. Spec 10 §4.8, spec 30 §7.
 */
export type GroupUpdate =
  | GroupInvite
  | GroupPromote
  | GroupInfoChange
  | GroupMemberChange
  | GroupLeft
  | GroupInviteResponse
  | GroupDeleteContent

interface Update {
  readonly unread?: readonly UnreadField[] | undefined
}

/** Someone is asked to join, with what is needed for it. Spec 10 §4.8. */
export interface GroupInvite extends Update {
  readonly type: 'invite'
  readonly groupId: GroupId
  readonly name: string
  /** 100 bytes: what a member signs requests with. */
  readonly memberAuthData: Uint8Array
  /** 64 bytes, by the group's key. */
  readonly adminSignature: Uint8Array
}

/** A member becomes an admin. Spec 10 §4.8. */
export interface GroupPromote extends Update {
  readonly type: 'promote'
  /** 32 bytes, the group's secret: whoever has it is an admin. */
  readonly groupSeed: Uint8Array
  readonly name: string
}

/** The group has another name, picture or timer. Spec 10 §4.8. */
export interface GroupInfoChange extends Update {
  readonly type: 'info-change'
  readonly change: GroupInfo
  /** 64 bytes, by the group's key. */
  readonly adminSignature: Uint8Array
}

/** What of a group was changed. Spec 10 §4.8. */
export type GroupInfo =
  | { readonly what: 'name'; readonly name: string }
  | { readonly what: 'avatar' }
  | { readonly what: 'expiry'; readonly timerSeconds: number }

/** Members were added, removed, or made admins. Spec 10 §4.8. */
export interface GroupMemberChange extends Update {
  readonly type: 'member-change'
  readonly change: 'added' | 'removed' | 'promoted'
  readonly members: readonly AccountId[]
  readonly historyShared?: boolean | undefined
  /** 64 bytes, by the group's key; it does not cover the members. */
  readonly adminSignature: Uint8Array
}

/** The notification is for display, the other asks the admins to remove the sender. Spec 10 §4.8. */
export interface GroupLeft extends Update {
  readonly type: 'member-left' | 'member-left-notification'
}

/** An invitation was accepted. Spec 10 §4.8. */
export interface GroupInviteResponse extends Update {
  readonly type: 'invite-response'
  /** Only `true` is sent. */
  readonly approved: boolean
}

/** Messages are to be deleted: all of some members, or those of some hashes. Spec 10 §4.8. */
export interface GroupDeleteContent extends Update {
  readonly type: 'delete-content'
  readonly members: readonly AccountId[]
  readonly messageHashes: readonly string[]
  /** 64 bytes, by the group's key. Without it only what the sender wrote may go. */
  readonly adminSignature?: Uint8Array | undefined
}

const SIGNATURE_LENGTH = 64
const memberChanges: ReadonlyMap<number, GroupMemberChange['change']> = new Map([
  [GroupUpdateMemberChangeMessage_Type.ADDED, 'added'],
  [GroupUpdateMemberChangeMessage_Type.REMOVED, 'removed'],
  [GroupUpdateMemberChangeMessage_Type.PROMOTED, 'promoted'],
])

/**
 * The first update that is set, in the order of the fields; `undefined` if none is that we know.
 * @throws {MessageError} `message.bad-id`, `message.bad-length`
 */
export function readGroupUpdate(wire: GroupUpdateMessage): GroupUpdate | undefined {
  if (wire.inviteMessage !== undefined) return readInvite(wire.inviteMessage)
  if (wire.infoChangeMessage !== undefined) return readInfoChange(wire.infoChangeMessage)
  if (wire.memberChangeMessage !== undefined) return readMemberChange(wire.memberChangeMessage)
  if (wire.promoteMessage !== undefined) return readPromote(wire.promoteMessage)
  const { memberLeftMessage: left, inviteResponse, memberLeftNotificationMessage: notification } = wire
  if (left !== undefined) return { type: 'member-left', unread: left.$unknown }
  if (inviteResponse !== undefined) {
    return { type: 'invite-response', approved: inviteResponse.isApproved, unread: inviteResponse.$unknown }
  }
  if (wire.deleteMemberContent !== undefined) return readDeleteContent(wire.deleteMemberContent)
  if (notification !== undefined) return { type: 'member-left-notification', unread: notification.$unknown }
  return undefined
}

function readInvite(wire: NonNullable<GroupUpdateMessage['inviteMessage']>): GroupInvite {
  return {
    type: 'invite',
    groupId: readGroupId(wire.groupSessionId),
    name: wire.name,
    memberAuthData: requireBytes(wire.memberAuthData, 100),
    adminSignature: requireBytes(wire.adminSignature, SIGNATURE_LENGTH),
    unread: wire.$unknown,
  }
}

function readPromote(wire: NonNullable<GroupUpdateMessage['promoteMessage']>): GroupPromote {
  const groupSeed = requireBytes(wire.groupIdentitySeed, 32)
  return { type: 'promote', groupSeed, name: wire.name, unread: wire.$unknown }
}

function readInfoChange(wire: GroupUpdateInfoChangeMessage): GroupInfoChange | undefined {
  const change = Object.hasOwn(wire, 'type') ? readInfo(wire) : undefined
  if (change === undefined) return undefined
  const adminSignature = requireBytes(wire.adminSignature, SIGNATURE_LENGTH)
  return { type: 'info-change', change, adminSignature, unread: wire.$unknown }
}

function readInfo(wire: GroupUpdateInfoChangeMessage): GroupInfo {
  switch (wire.type) {
    case GroupUpdateInfoChangeMessage_Type.NAME:
      return { what: 'name', name: wire.updatedName }
    case GroupUpdateInfoChangeMessage_Type.AVATAR:
      return { what: 'avatar' }
    case GroupUpdateInfoChangeMessage_Type.DISAPPEARING_MESSAGES:
      return { what: 'expiry', timerSeconds: wire.updatedExpiration }
  }
}

function readMemberChange(wire: GroupUpdateMemberChangeMessage): GroupMemberChange | undefined {
  const change = Object.hasOwn(wire, 'type') ? memberChanges.get(wire.type) : undefined
  if (change === undefined) return undefined
  return {
    type: 'member-change',
    change,
    members: wire.memberSessionIds.map(readAccountId),
    historyShared: present(wire, 'historyShared'),
    adminSignature: requireBytes(wire.adminSignature, SIGNATURE_LENGTH),
    unread: wire.$unknown,
  }
}

function readDeleteContent(wire: NonNullable<GroupUpdateMessage['deleteMemberContent']>): GroupDeleteContent {
  const signature = present(wire, 'adminSignature')
  return {
    type: 'delete-content',
    members: wire.memberSessionIds.map(readAccountId),
    messageHashes: wire.messageHashes,
    adminSignature: signature === undefined ? undefined : requireBytes(signature, SIGNATURE_LENGTH),
    unread: wire.$unknown,
  }
}
