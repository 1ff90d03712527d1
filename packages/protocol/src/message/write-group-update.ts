import { build, type UnreadField } from './codec.ts'
import {
  GroupUpdateDeleteMemberContentMessageSchema,
  GroupUpdateInfoChangeMessage_Type,
  type GroupUpdateInfoChangeMessage,
  GroupUpdateInfoChangeMessageSchema,
  GroupUpdateInviteMessageSchema,
  GroupUpdateInviteResponseMessageSchema,
  GroupUpdateMemberChangeMessage_Type,
  GroupUpdateMemberChangeMessageSchema,
  GroupUpdateMemberLeftMessageSchema,
  GroupUpdateMemberLeftNotificationMessageSchema,
  type GroupUpdateMessage,
  GroupUpdateMessageSchema,
  GroupUpdatePromoteMessageSchema,
} from './gen/session_pb.ts'
import { type GroupInfo, type GroupMemberChange, type GroupUpdate } from './group-update.ts'

const memberChangeTypes: Readonly<Record<GroupMemberChange['change'], GroupUpdateMemberChangeMessage_Type>> = {
  added: GroupUpdateMemberChangeMessage_Type.ADDED,
  removed: GroupUpdateMemberChangeMessage_Type.REMOVED,
  promoted: GroupUpdateMemberChangeMessage_Type.PROMOTED,
}

/** The message that `readGroupUpdate` reads. `unread` are unknown fields beside the update. */
export function writeGroupUpdate(update: GroupUpdate, unread: readonly UnreadField[] | undefined): GroupUpdateMessage {
  return build(GroupUpdateMessageSchema, bodyOf(update), unread)
}

function bodyOf(update: GroupUpdate): Partial<GroupUpdateMessage> {
  switch (update.type) {
    case 'invite': {
      const { groupId: groupSessionId, name, memberAuthData, adminSignature, unread } = update
      const values = { groupSessionId, name, memberAuthData, adminSignature }
      return { inviteMessage: build(GroupUpdateInviteMessageSchema, values, unread) }
    }
    case 'promote': {
      const values = { groupIdentitySeed: update.groupSeed, name: update.name }
      return { promoteMessage: build(GroupUpdatePromoteMessageSchema, values, update.unread) }
    }
    case 'info-change': {
      const values = { ...writeInfo(update.change), adminSignature: update.adminSignature }
      return { infoChangeMessage: build(GroupUpdateInfoChangeMessageSchema, values, update.unread) }
    }
    case 'member-change': {
      const { change, members, historyShared, adminSignature, unread } = update
      const values = { type: memberChangeTypes[change], memberSessionIds: [...members], historyShared, adminSignature }
      return { memberChangeMessage: build(GroupUpdateMemberChangeMessageSchema, values, unread) }
    }
    case 'member-left':
      return { memberLeftMessage: build(GroupUpdateMemberLeftMessageSchema, {}, update.unread) }
    case 'member-left-notification': {
      const left = build(GroupUpdateMemberLeftNotificationMessageSchema, {}, update.unread)
      return { memberLeftNotificationMessage: left }
    }
    case 'invite-response': {
      const values = { isApproved: update.approved }
      return { inviteResponse: build(GroupUpdateInviteResponseMessageSchema, values, update.unread) }
    }
    case 'delete-content': {
      const { members, messageHashes, adminSignature, unread } = update
      const values = { memberSessionIds: [...members], messageHashes: [...messageHashes], adminSignature }
      return { deleteMemberContent: build(GroupUpdateDeleteMemberContentMessageSchema, values, unread) }
    }
  }
}

function writeInfo(info: GroupInfo): Partial<GroupUpdateInfoChangeMessage> {
  switch (info.what) {
    case 'name':
      return { type: GroupUpdateInfoChangeMessage_Type.NAME, updatedName: info.name }
    case 'avatar':
      return { type: GroupUpdateInfoChangeMessage_Type.AVATAR }
    case 'expiry':
      return { type: GroupUpdateInfoChangeMessage_Type.DISAPPEARING_MESSAGES, updatedExpiration: info.timerSeconds }
  }
}
