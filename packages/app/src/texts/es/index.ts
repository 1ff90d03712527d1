import accounts from './accounts.json' with { type: 'json' }
import app from './app.json' with { type: 'json' }
import attach from './attach.json' with { type: 'json' }
import attachments from './attachments.json' with { type: 'json' }
import composer from './composer.json' with { type: 'json' }
import conversation from './conversation.json' with { type: 'json' }
import conversations from './conversations.json' with { type: 'json' }
import details from './details.json' with { type: 'json' }
import emoji from './emoji.json' with { type: 'json' }
import errors from './errors.json' with { type: 'json' }
import expiry from './expiry.json' with { type: 'json' }
import links from './links.json' with { type: 'json' }
import lock from './lock.json' with { type: 'json' }
import messages from './messages.json' with { type: 'json' }
import notifications from './notifications.json' with { type: 'json' }
import onboarding from './onboarding.json' with { type: 'json' }
import path from './path.json' with { type: 'json' }
import picture from './picture.json' with { type: 'json' }
import profile from './profile.json' with { type: 'json' }
import recovery from './recovery.json' with { type: 'json' }
import requests from './requests.json' with { type: 'json' }
import search from './search.json' with { type: 'json' }
import settings from './settings.json' with { type: 'json' }
import shortcuts from './shortcuts.json' with { type: 'json' }
import start from './start.json' with { type: 'json' }
import storage from './storage.json' with { type: 'json' }
import ui from './ui.json' with { type: 'json' }
import updates from './updates.json' with { type: 'json' }
import voice from './voice.json' with { type: 'json' }

/** Every text in Spanish. */
export const texts = {
  ...accounts,
  ...app,
  ...attach,
  ...attachments,
  ...composer,
  ...conversation,
  ...conversations,
  ...details,
  ...emoji,
  ...errors,
  ...expiry,
  ...links,
  ...lock,
  ...messages,
  ...notifications,
  ...onboarding,
  ...path,
  ...picture,
  ...profile,
  ...recovery,
  ...requests,
  ...search,
  ...settings,
  ...shortcuts,
  ...start,
  ...storage,
  ...ui,
  ...updates,
  ...voice,
}
