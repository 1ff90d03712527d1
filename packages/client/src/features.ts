import { accountFeature, type AccountCommands, type AccountQueries } from './account/account-feature.ts'
import { arrivalsFeature, type ArrivalsCommands, type ArrivalsQueries } from './arrivals/arrivals-feature.ts'
import {
  createAttachmentsFeature,
  type AttachmentsCommands,
  type AttachmentsQueries,
} from './attachments/attachments-feature.ts'
import {
  voiceDraftsFeature,
  type VoiceDraftsCommands,
  type VoiceDraftsQueries,
} from './attachments/voice-drafts-feature.ts'
import { contactsFeature, type ContactsCommands, type ContactsQueries } from './contacts/contacts-feature.ts'
import {
  conversationsFeature,
  type ConversationsCommands,
  type ConversationsQueries,
} from './conversations/conversations-feature.ts'
import { deletionFeature, type DeletionCommands } from './deletion/deletion-feature.ts'
import { type Feature } from './engine/feature.ts'
import { expiryFeature, type ExpiryCommands } from './expiry/expiry-feature.ts'
import { extractionFeature, type ExtractionCommands } from './extraction/extraction-feature.ts'
import { messagesFeature, type MessagesCommands, type MessagesQueries } from './messages/messages-feature.ts'
import { namesFeature, type NamesCommands } from './names/names-feature.ts'
import { notificationsFeature, type NotificationsQueries } from './notifications/notifications-feature.ts'
import { createPathFeature, type PathQueries } from './path/path-feature.ts'
import { pinsFeature, type PinsCommands, type PinsQueries } from './pins/pins-feature.ts'
import { picturesFeature, type PicturesCommands, type PicturesQueries } from './pictures/pictures-feature.ts'
import { previewsFeature, type PreviewsQueries } from './previews/previews-feature.ts'
import { reactionsFeature, type ReactionsCommands, type ReactionsQueries } from './reactions/reactions-feature.ts'
import { receiptsFeature } from './receipts/receipts-feature.ts'
import { requestsFeature, type RequestsCommands, type RequestsQueries } from './requests/requests-feature.ts'
import { searchFeature, type SearchQueries } from './search/search-feature.ts'
import { settingsFeature, type SettingsCommands, type SettingsQueries } from './settings/settings-feature.ts'
import { storageFeature, type StorageCommands, type StorageQueries } from './storage/storage-feature.ts'
import { createTypingFeature, type TypingCommands, type TypingQueries } from './typing/typing-feature.ts'
import { unsupportedFeature, type UnsupportedQueries } from './unsupported/unsupported-feature.ts'

/** Every command: its name, arguments and result, all plain data. */
export interface Commands
  extends
    AccountCommands,
    ArrivalsCommands,
    AttachmentsCommands,
    ContactsCommands,
    ConversationsCommands,
    DeletionCommands,
    ExpiryCommands,
    ExtractionCommands,
    MessagesCommands,
    NamesCommands,
    PicturesCommands,
    PinsCommands,
    ReactionsCommands,
    RequestsCommands,
    SettingsCommands,
    StorageCommands,
    TypingCommands,
    VoiceDraftsCommands {}

/** Every query: its name, arguments and result, all plain data. */
export interface Queries
  extends
    AccountQueries,
    ArrivalsQueries,
    AttachmentsQueries,
    ContactsQueries,
    ConversationsQueries,
    MessagesQueries,
    NotificationsQueries,
    PathQueries,
    PicturesQueries,
    PinsQueries,
    PreviewsQueries,
    ReactionsQueries,
    RequestsQueries,
    SearchQueries,
    SettingsQueries,
    StorageQueries,
    TypingQueries,
    UnsupportedQueries,
    VoiceDraftsQueries {}

/**
 * Every part of the messenger. Who hears of a received content first stands first: whether its sender is let in, then that
 * there is such a person, then what they call themselves, then what they said, then when that goes.
 */
export const features: readonly Feature[] = [
  accountFeature,
  requestsFeature,
  contactsFeature,
  conversationsFeature,
  messagesFeature,
  createAttachmentsFeature(),
  voiceDraftsFeature,
  extractionFeature,
  expiryFeature,
  reactionsFeature,
  receiptsFeature,
  createTypingFeature(),
  deletionFeature,
  createPathFeature(),
  picturesFeature,
  pinsFeature,
  previewsFeature,
  unsupportedFeature,
  searchFeature,
  namesFeature,
  settingsFeature,
  arrivalsFeature,
  notificationsFeature,
  storageFeature,
]
