import { expect, test } from 'vitest'
import { type AppPerson, soon, t } from './app-person.ts'
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

test('messages that disappear after they were sent do so on both sides', async () => {
  const [bob, ada] = await Promise.all([world().person('Bob'), world().program('Ada')])
  await bob.write(ada.accountId, 'hello program')
  await ada.client.command('conversations.open', { conversation: bob.id })
  await ada.client.command('requests.accept', { contact: bob.id })
  await ada.client.command('expiry.set', { conversation: bob.id, mode: 'after-send', timerSeconds: 30 })
  await ada.client.command('messages.send', { id: 'short', conversation: bob.id, body: 'a short life' })
  await bob.sees('a short life')
  await bob.seesNoMore('a short life')
  await bob.sees('hello program')
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
})

test('a nickname is shown in the place of a name', async () => {
  const [ada] = await world().friends()
  await opensSettings(ada)
  await ada.press('conversation-settings.nickname.edit')
  await ada.field('conversation-settings.nickname').fill('Bobby')
  await ada.press('conversation-settings.nickname.save')
  await ada.page.keyboard.press('Escape')
  await ada.row('Bobby').waitFor()
})

test('who is blocked is silent, and heard again when unblocked', async () => {
  const [ada, bob] = await world().friends()
  await choosesFor(ada, 'Bob', 'conversations.menu.block')
  await ada.row('Bob').waitFor({ state: 'detached' })
  await bob.say('can you hear me?')
  await ada.press('conversations.undo')
  await ada.choose('Bob')
  await bob.say('and now?')
  await ada.sees('and now?')
})

test('a deleted conversation comes back with the next message', async () => {
  const [ada, bob] = await world().friends()
  await choosesFor(ada, 'Bob', 'conversations.menu.delete')
  await ada.press('conversations.delete.confirm')
  await ada.row('Bob').waitFor({ state: 'detached' })
  await bob.say('here again')
  await ada.choose('Bob')
  await ada.sees('here again')
  expect(await ada.message('Hello Bob').count()).toBe(0)
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
})

test('a pinned conversation stands first', async () => {
  const [ada] = await world().friends()
  await ada.write(ada.id, 'newest')
  const rows = ada.pane('conversations.title').getByRole('listitem')
  await expect.poll(async () => rows.first().innerText(), soon).toContain(t('conversations.self'))
  await choosesFor(ada, 'Bob', 'conversations.menu.pin')
  await expect.poll(async () => rows.first().innerText(), soon).toContain('Bob')
})

test('a conversation is marked unread and read', async () => {
  const [ada] = await world().friends()
  await choosesFor(ada, 'Bob', 'conversations.menu.mark-unread')
  await ada.row('Bob').getByLabel(t('conversations.marked-unread')).waitFor()
  await choosesFor(ada, 'Bob', 'conversations.menu.mark-read')
  await ada.row('Bob').getByLabel(t('conversations.marked-unread')).waitFor({ state: 'detached' })
})

test('a muted conversation says so', async () => {
  const [ada] = await world().friends()
  await choosesFor(ada, 'Bob', 'conversations.menu.mute')
  await ada.row('Bob').getByLabel(t('conversations.muted')).waitFor()
})

test('messages are cleared from this device', async () => {
  const [ada, bob] = await world().friends()
  await choosesFor(ada, 'Bob', 'conversations.menu.clear')
  await ada.press('conversations.clear.confirm')
  await ada.seesNoMore('Hello Bob')
  expect(await bob.message('Hello Bob').count()).toBe(1)
})

test('unread messages are counted in the list and in the title', async () => {
  const [ada, bob] = await world().friends()
  await bob.open(bob.id)
  await ada.say('one')
  await ada.say('two')
  await bob.row('Ada').getByText('2', { exact: true }).first().waitFor()
})

test('both see that the other one writes, once both have switched it on', async () => {
  const [ada, bob] = await world().friends()
  for (const person of [ada, bob]) {
    await person.settings('settings.page.privacy')
    await person.page
      .getByRole('dialog')
      .locator('label')
      .filter({ hasText: t('settings.privacy.typingIndicators') })
      .click()
    await person.page.keyboard.press('Escape')
  }
  await ada.composer.pressSequentially('I am wri')
  await bob.page
    .getByText(t('messages.typing', { name: 'Ada' }))
    .first()
    .waitFor()
})

test('a receipt says that a message was read, once both have switched it on', async () => {
  const [ada, bob] = await world().friends()
  for (const person of [ada, bob]) {
    await person.settings('settings.page.privacy')
    await person.page
      .getByRole('dialog')
      .locator('label')
      .filter({ hasText: t('settings.privacy.readReceipts') })
      .click()
    await person.page.keyboard.press('Escape')
  }
  await ada.say('have you seen this?')
  await bob.sees('have you seen this?')
  await ada.message('have you seen this?').getByText(/^Read/).first().waitFor()
})
