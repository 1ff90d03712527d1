import { expect, test } from 'vitest'
import { type AppPerson, soon, t } from './app-person.ts'
import { programFriends } from './program-friends.ts'
import { scenes } from './scenes.ts'

const { world } = scenes()

/** Opens the settings of the conversation that is open. */
async function opensSettings(person: AppPerson): Promise<void> {
  await person.press('conversation.menu')
  await person.page.getByRole('menuitem', { name: t('conversation.menu.settings') }).click()
  await person.page.getByRole('dialog').waitFor()
}

/** Chooses from the menu of a row of the list. */
async function choosesFor(person: AppPerson, name: string, key: Parameters<typeof t>[0]): Promise<void> {
  await person.row(name).click({ button: 'right' })
  await person.page.getByRole('menuitem', { name: t(key), exact: true }).click()
}

/** What was copied; the app itself may never read it. */
async function expectCopied(person: AppPerson, body: string): Promise<void> {
  await person.composer.press('Control+V')
  await expect.poll(async () => person.composer.inputValue(), soon).toBe(body)
}

/** Switches something on or off in the privacy settings. */
async function switches(person: AppPerson, key: Parameters<typeof t>[0], isOn: boolean): Promise<void> {
  await person.settings('settings.page.privacy')
  const control = person.page.getByRole('switch', { name: t(key) })
  await person.page.locator('label').filter({ has: control }).click()
  await expect.poll(async () => control.isChecked(), soon).toBe(isOn)
  await person.page.keyboard.press('Escape')
  await person.page.getByRole('dialog').waitFor({ state: 'detached' })
}

test('messages that disappear after they were sent do so on both sides', async () => {
  const [ada, bob] = await programFriends(world())
  await bob.client.command('expiry.set', { conversation: ada.id, mode: 'after-send', timerSeconds: 30 })
  await bob.client.command('messages.send', { id: 'short', conversation: ada.id, body: 'a short life' })
  await ada.sees('a short life')
  await ada.seesNoMore('a short life')
  expect(await ada.message('Hello Bob').count()).toBe(1)
})

test('a setting of the other one is followed', async () => {
  const [ada, bob] = await world().friends()
  await opensSettings(ada)
  await ada.page.getByRole('dialog').getByText(t('expiry.title')).click()
  await ada.pick('expiry.after-send')
  await ada.press('expiry.set')
  await bob.page
    .getByText(/Ada set messages to disappear/)
    .first()
    .waitFor()
  await bob.press('messages.line.expiry.follow')
  await bob.page.getByRole('alertdialog').getByRole('button', { name: 'Set', exact: true }).click()
  await bob.page
    .getByText(/You set messages to disappear/)
    .first()
    .waitFor()
  await ada.page
    .getByText(/Bob set messages to disappear/)
    .first()
    .waitFor()
  // Both have the same now: there is nothing to follow.
  await expect.poll(async () => bob.button('messages.line.expiry.follow').count(), soon).toBe(0)
})

test('a nickname is shown in the place of a name', async () => {
  const [ada] = await world().friends()
  await opensSettings(ada)
  await ada.press('conversation-settings.nickname.edit')
  await ada.page.getByRole('textbox', { name: t('conversation-settings.nickname') }).fill('Bobby')
  await ada.press('conversation-settings.nickname.save')
  await ada.page.keyboard.press('Escape')
  await ada.row('Bobby').waitFor()
  expect(await ada.row('Bob').count()).toBe(0)
})

test('blocking somebody is undone at once', async () => {
  const [ada] = await world().pair()
  await ada.say('no offence')
  await choosesFor(ada, 'Bob', 'conversations.menu.block')
  await ada.press('conversations.undo')
  await ada.choose('Bob')
  await expect.poll(async () => ada.message('no offence').count(), soon).toBe(1)
})

test('who is blocked is silent, and heard again when unblocked', async () => {
  const [ada, bob] = await world().pair()
  await choosesFor(ada, 'Bob', 'conversations.menu.block')
  await ada.row('Bob').waitFor({ state: 'detached' })
  await bob.say('can you hear me?')
  expect(await ada.row('Bob').count()).toBe(0)
  await ada.settings('settings.page.conversations')
  const settings = ada.page.getByRole('dialog')
  await settings.locator('label').filter({ hasText: 'Bob' }).click()
  await settings.getByRole('button', { name: 'Unblock 1 contact' }).click()
  await ada.page.getByRole('alertdialog').getByRole('button', { name: 'Unblock 1 contact' }).click()
  await ada.page.getByText(t('settings.blocked.none')).waitFor()
  await ada.page.keyboard.press('Escape')
  await ada.choose('Bob')
  await bob.say('and now?')
  await ada.sees('and now?')
})

test('a deleted conversation comes back with the next message', async () => {
  const [ada, bob] = await world().pair()
  await ada.say('soon gone')
  await choosesFor(ada, 'Bob', 'conversations.menu.delete')
  await ada.press('conversations.delete.confirm')
  await ada.row('Bob').waitFor({ state: 'detached' })
  await bob.say('here again')
  await ada.choose('Bob')
  await ada.sees('here again')
  expect(await ada.message('soon gone').count()).toBe(0)
})

test('a deleted contact who writes again makes a request', async () => {
  const [ada, bob] = await world().friends()
  await opensSettings(ada)
  await ada.press('conversation-settings.delete-contact')
  await ada.page
    .getByRole('alertdialog')
    .getByRole('button', { name: t('conversation-settings.delete-contact') })
    .click()
  await ada.row('Bob').waitFor({ state: 'detached' })
  await bob.say('do you know me?')
  await ada.openRequest('Bob')
  await ada.sees('do you know me?')
  expect(await ada.message('Hello Bob').count()).toBe(0)
})

test('a pinned conversation stands first', async () => {
  const [ada] = await world().pair()
  await ada.write(ada.id, 'newest')
  const rows = ada.pane('conversations.title').getByRole('listitem')
  await expect.poll(async () => rows.first().innerText(), soon).toContain(t('conversations.self'))
  await choosesFor(ada, 'Bob', 'conversations.menu.pin')
  await expect.poll(async () => rows.first().innerText(), soon).toContain('Bob')
  await choosesFor(ada, 'Bob', 'conversations.menu.unpin')
  await expect.poll(async () => rows.first().innerText(), soon).toContain(t('conversations.self'))
})

test('a conversation is marked unread and read', async () => {
  const [ada] = await world().pair()
  await choosesFor(ada, 'Bob', 'conversations.menu.mark-unread')
  const mark = ada.row('Bob').getByLabel(t('conversations.marked-unread'))
  await mark.waitFor()
  await choosesFor(ada, 'Bob', 'conversations.menu.mark-read')
  await expect.poll(async () => mark.count(), soon).toBe(0)
})

test('what is marked unread is read when it is opened again', async () => {
  const [ada] = await world().pair()
  await choosesFor(ada, 'Bob', 'conversations.menu.mark-unread')
  const mark = ada.row('Bob').getByLabel(t('conversations.marked-unread'))
  await mark.waitFor()
  await ada.open(ada.id)
  expect(await mark.count()).toBe(1)
  await ada.choose('Bob')
  await expect.poll(async () => mark.count(), soon).toBe(0)
})

test('notes to oneself are hidden, and shown again when they are opened', async () => {
  const ada = await world().person('Ada')
  await ada.write(ada.id, 'for me alone')
  await choosesFor(ada, t('conversations.self'), 'conversations.menu.hide')
  await ada.row(t('conversations.self')).waitFor({ state: 'detached' })
  await ada.open(ada.id)
  await ada.row(t('conversations.self')).waitFor()
  await ada.sees('for me alone')
  expect(await ada.messages.count()).toBe(1)
})

test('the profile of somebody shows their id, as a code as well, and copies it', async () => {
  const [ada, bob] = await world().pair()
  await choosesFor(ada, 'Bob', 'conversations.menu.profile')
  const dialog = ada.page.getByRole('dialog')
  await dialog.getByText(bob.id, { exact: true }).waitFor()
  await dialog.getByRole('button', { name: t('profile.code.show') }).click()
  await dialog.getByRole('img', { name: t('profile.code.label', { name: 'Bob' }) }).waitFor()
  await dialog.getByRole('button', { name: t('ui.copy'), exact: true }).click()
  await dialog.getByRole('button', { name: t('ui.copied'), exact: true }).waitFor()
  await ada.page.keyboard.press('Escape')
  await dialog.waitFor({ state: 'detached' })
  await expectCopied(ada, bob.id)
})

test('the id of somebody is copied from the list', async () => {
  const [ada, bob] = await world().pair()
  await choosesFor(ada, 'Bob', 'conversations.menu.copy-id')
  await ada.page.getByText(t('conversations.menu.copied')).first().waitFor()
  await expectCopied(ada, bob.id)
})

test('a muted conversation says so', async () => {
  const [ada] = await world().pair()
  await choosesFor(ada, 'Bob', 'conversations.menu.mute')
  const mark = ada.row('Bob').getByLabel(t('conversations.muted'))
  await mark.waitFor()
  await choosesFor(ada, 'Bob', 'conversations.menu.unmute')
  await expect.poll(async () => mark.count(), soon).toBe(0)
})

test('messages are cleared from this device', async () => {
  const [ada, bob] = await world().pair()
  await bob.say('clear as day')
  await ada.sees('clear as day')
  await choosesFor(ada, 'Bob', 'conversations.menu.clear')
  await ada.press('conversations.clear.confirm')
  await ada.seesNoMore('clear as day')
  expect(await bob.message('clear as day').count()).toBe(1)
})

test('unread messages are counted in the list and in the title', async () => {
  const [ada, bob] = await world().pair()
  await bob.open(bob.id)
  await ada.say('one')
  await ada.say('two')
  await bob.row('Ada').getByText('2', { exact: true }).first().waitFor()
  await expect.poll(async () => bob.page.title(), soon).toBe('(2) Sotto')
  await bob.choose('Ada')
  await expect.poll(async () => bob.page.title(), soon).toBe('Sotto')
})

test('both see that the other one writes, once both have switched it on', async () => {
  const [ada, bob] = await world().pair()
  for (const person of [ada, bob]) await switches(person, 'settings.privacy.typingIndicators', true)
  await ada.composer.pressSequentially('I am wri')
  const typing = bob.page.getByText(t('messages.typing', { name: 'Ada' }))
  await expect.poll(async () => typing.count(), soon).toBeGreaterThan(0)
  for (const person of [ada, bob]) await switches(person, 'settings.privacy.typingIndicators', false)
})

test('a receipt says that a message was read, once both have switched it on', async () => {
  const [ada, bob] = await world().pair()
  for (const person of [ada, bob]) await switches(person, 'settings.privacy.readReceipts', true)
  await ada.say('have you seen this?')
  await bob.sees('have you seen this?')
  const read = ada.message('have you seen this?').getByText(t('messages.state.read'), { exact: true })
  await expect.poll(async () => read.count(), soon).toBeGreaterThan(0)
  for (const person of [ada, bob]) await switches(person, 'settings.privacy.readReceipts', false)
})
