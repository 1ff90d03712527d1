import { test } from 'vitest'
import { t } from './app-person.ts'
import { expectClean } from './expect-clean.ts'
import { scenes } from './scenes.ts'

const { world } = scenes()

test('axe finds nothing on the way to an account', async () => {
  const ada = await world().visitor()
  await ada.button('onboarding.create').waitFor()
  await expectClean(ada, 'start')
  await ada.press('onboarding.restore')
  await ada.field('onboarding.phrase').fill('abbey')
  await ada.press('onboarding.restore.submit')
  await expectClean(ada, 'restore')
  await ada.press('ui.back')
  await ada.press('onboarding.create')
  await ada.pick('onboarding.protect.passphrase')
  await expectClean(ada, 'create')
  await ada.press('ui.back')
  await ada.createAccount('Ada', 'a passphrase')
  await expectClean(ada, 'empty list')
  await ada.page.reload()
  await ada.field('lock.passphrase').waitFor()
  await expectClean(ada, 'lock')
})

test('axe finds nothing in a conversation and what lies around it', async () => {
  const [ada, bob] = await world().pair()
  await ada.say('*formatted* text with https://example.org', 'formatted text')
  await bob.sees('formatted text')
  await bob.message('formatted').click({ button: 'right' })
  await bob.page.getByRole('button', { name: t('messages.react.with', { emoji: '😂' }) }).click()
  await ada
    .message('formatted')
    .getByRole('button', { name: /^😂, 1 reaction/ })
    .waitFor()
  await expectClean(ada, 'conversation')
  await ada.chooseFor('Hello Ada', 'messages.menu.reply')
  await expectClean(ada, 'reply')
  await ada.chooseFor('Hello Ada', 'messages.menu.details')
  await ada.page.getByRole('complementary').waitFor()
  await expectClean(ada, 'details')
  await ada.press('conversation.search')
  await expectClean(ada, 'search in the conversation')
  await ada.message('Hello Ada').click({ button: 'right' })
  await ada.page.getByRole('menu').waitFor()
  await expectClean(ada, 'menu of a message')
  await ada.page.keyboard.press('Escape')
  await ada.press('composer.emoji')
  await ada.page.getByRole('combobox', { name: t('emoji.search') }).waitFor()
  await expectClean(ada, 'emoji')
})

test('axe finds nothing where conversations begin', async () => {
  const [ada] = await world().pair()
  await ada.press('conversations.new')
  await expectClean(ada, 'start')
  await ada.page.getByRole('button', { name: t('start.invite') }).click()
  await expectClean(ada, 'invite')
  await ada.press('ui.back')
  await ada.page.getByRole('button', { name: t('start.new-message') }).click()
  await expectClean(ada, 'new message')
  await ada.press('ui.back')
  await ada.press('ui.back')
  await ada.page.getByRole('searchbox', { name: t('conversations.search') }).fill('hello')
  await ada.page
    .getByRole('group', { name: t('search.conversations') })
    .or(ada.page.locator('mark'))
    .first()
    .waitFor()
  await expectClean(ada, 'search')
})

test('axe finds nothing in the settings and on the path screen', async () => {
  const [ada] = await world().pair()
  await ada.settings('settings.page.profile')
  const dialog = ada.page.getByRole('dialog')
  const pages = [
    'profile',
    'privacy',
    'notifications',
    'conversations',
    'appearance',
    'language',
    'storage',
    'recovery',
    'accounts',
    'help',
    'clear-data',
  ] as const
  for (const page of pages) {
    await dialog
      .getByText(t(`settings.page.${page}`), { exact: true })
      .first()
      .click()
    await expectClean(ada, `settings, ${page}`)
  }
  await ada.page.keyboard.press('Escape')
  await ada.page.getByRole('button', { name: /^Connection/ }).click()
  await ada.page
    .getByRole('heading', { name: t('path.guard') })
    .first()
    .waitFor()
  await expectClean(ada, 'path')
})
