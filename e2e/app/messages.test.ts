import { expect, test } from 'vitest'
import { soon, t } from './app-person.ts'
import { scenes } from './scenes.ts'

const { world } = scenes()

test('what one writes the other reads at once, and the answer comes back', async () => {
  const [ada, bob] = await world().friends()
  await ada.say('How are you?')
  await bob.sees('How are you?')
  await bob.say('Well, thank you')
  await ada.sees('Well, thank you')
  await expect.poll(async () => ada.row('Bob').innerText(), soon).toContain('Well, thank you')
})

test('an own message is sent, and says so', async () => {
  const [ada] = await world().friends()
  await ada.say('is it there?')
  await ada.message('is it there?').getByText(t('messages.state.sent')).first().waitFor()
})

test('a reply shows what it is about, on both sides', async () => {
  const [ada, bob] = await world().friends()
  await bob.chooseFor('Hello Bob', 'messages.menu.reply')
  await bob.say('this is about your hello')
  await ada.sees('this is about your hello')
  for (const person of [ada, bob]) {
    await expect.poll(async () => person.message('this is about your hello').innerText(), soon).toContain('Hello Bob')
  }
})

test('a reply that is not wanted any more is taken back', async () => {
  const [, bob] = await world().friends()
  await bob.chooseFor('Hello Bob', 'messages.menu.reply')
  await bob.press('composer.reply.close')
  await bob.say('about nothing')
  expect(await bob.message('about nothing').innerText()).not.toContain('Hello Bob')
})

test('a reaction appears at the message on both sides, and goes again', async () => {
  const [ada, bob] = await world().friends()
  await bob.message('Hello Bob').click({ button: 'right' })
  await bob.page.getByRole('button', { name: t('messages.react.with', { emoji: '😂' }) }).click()
  const chip = ada.message('Hello Bob').getByRole('button', { name: /^😂, 1 reaction/ })
  await chip.waitFor()
  await bob
    .message('Hello Bob')
    .getByRole('button', { name: /^😂, 1 reaction/ })
    .click()
  await chip.waitFor({ state: 'detached' })
})

test('an own message is deleted for everyone', async () => {
  const [ada, bob] = await world().friends()
  await ada.say('this was a mistake')
  await bob.sees('this was a mistake')
  await ada.chooseFor('this was a mistake', 'messages.menu.delete')
  await ada.pick('messages.delete.everyone')
  await ada.press('messages.delete.confirm-everyone')
  await bob.seesNoMore('this was a mistake')
  await bob.sees(t('messages.deleted'))
  await ada.sees(t('messages.deleted'))
})

test('what is deleted on this device stays with the other one', async () => {
  const [ada, bob] = await world().friends()
  await bob.chooseFor('Hello Bob', 'messages.menu.delete')
  await bob.press('messages.delete.confirm-here')
  await bob.seesNoMore('Hello Bob')
  expect(await ada.message('Hello Bob').count()).toBe(1)
})

test('a deletion on this device is taken back', async () => {
  const [, bob] = await world().friends()
  await bob.chooseFor('Hello Bob', 'messages.menu.delete')
  await bob.press('messages.delete.confirm-here')
  await bob.press('messages.delete.undo')
  await bob.sees('Hello Bob')
})

test('others’ messages can’t be deleted for everyone', async () => {
  const [ada] = await world().friends()
  await ada.chooseFor('Hello Ada', 'messages.menu.delete')
  await ada.page.getByRole('dialog').or(ada.page.getByRole('alertdialog')).waitFor()
  await ada.button('messages.delete.confirm-here').waitFor()
  expect(await ada.button('messages.delete.confirm-everyone').count()).toBe(0)
})

test('the text of a message is copied', async () => {
  const [ada] = await world().friends()
  await ada.chooseFor('Hello Ada', 'messages.menu.copy')
  await ada.page.getByText(t('messages.copied'), { exact: true }).first().waitFor()
  await ada.composer.press('Control+V')
  await expect.poll(async () => ada.composer.inputValue(), soon).toBe('Hello Ada')
})

test('a message is forwarded to somebody else', async () => {
  const [ada, bob] = await world().friends()
  await ada.open(ada.id)
  await ada.choose('Bob')
  await ada.chooseFor('Hello Ada', 'messages.menu.forward')
  const dialog = ada.page.getByRole('dialog')
  await dialog.getByText(t('messages.self'), { exact: true }).click()
  await dialog.getByRole('button', { name: 'Forward to one' }).click()
  await ada.choose(t('conversations.self'))
  await ada.sees('Hello Ada')
  expect(await bob.message('Hello Ada').count()).toBe(1)
})

test('a pinned message is found again', async () => {
  const [ada] = await world().friends()
  await ada.chooseFor('Hello Ada', 'messages.menu.pin')
  await ada.press('conversation.menu')
  await ada.page.getByRole('menuitem', { name: t('conversation.menu.pinned') }).click()
  await ada.page.getByRole('complementary').getByText('Hello Ada').first().waitFor()
})

test('the details of a message say when it was sent and that the network has it', async () => {
  const [ada] = await world().friends()
  await ada.chooseFor('Hello Bob', 'messages.menu.details')
  const details = ada.page.getByRole('complementary')
  await details.getByText(t('details.state.sent')).first().waitFor()
  await details.getByText(t('details.remote-hash')).first().waitFor()
})

test('several messages are selected and deleted together', async () => {
  const [ada] = await world().friends()
  await ada.say('one')
  await ada.say('two')
  await ada.chooseFor('one', 'messages.menu.select')
  await ada.message('two').click()
  await ada.page.getByText('2 messages selected').first().waitFor()
  await ada.press('conversation.select.delete')
  await ada.pick('messages.delete.here')
  await ada.press('messages.delete.confirm-here')
  await ada.seesNoMore('one')
  await ada.seesNoMore('two')
})

test('formatting is shown, and is text all the same', async () => {
  const [ada, bob] = await world().friends()
  await ada.say('*bold* and `code`', 'bold and code')
  await bob.sees('bold and code')
  expect(await bob.message('bold and code').locator('strong').innerText()).toBe('bold')
  expect(await bob.message('bold and code').locator('code').innerText()).toBe('code')
})

test('a link asks before it opens, and shows all of itself', async () => {
  const [ada, bob] = await world().friends()
  await ada.say('see https://example.org/a?b=c')
  await bob.sees('see https://example.org/a?b=c')
  await bob.message('see https').getByText('https://example.org/a?b=c').click()
  const dialog = bob.page.getByRole('dialog').or(bob.page.getByRole('alertdialog'))
  await dialog.getByText('https://example.org/a?b=c').first().waitFor()
  expect(bob.context.pages()).toHaveLength(1)
})

test('a long message is folded until one wants more', async () => {
  const [ada, bob] = await world().friends()
  const lines = Array.from({ length: 40 }, (_, at) => `line ${at + 1}`)
  await ada.composer.fill(lines.join('\n'))
  await ada.composer.press('Enter')
  await bob.press('messages.more')
  await bob.sees('line 40')
})

test('notes to oneself stay with oneself', async () => {
  const ada = await world().person('Ada')
  await ada.write(ada.id, 'buy bread')
  await ada.message('buy bread').getByText(t('messages.state.sent')).first().waitFor()
  await ada.row(t('conversations.self')).waitFor()
})

test('a mention carries a name, and tells whom it means', async () => {
  const [ada, bob] = await world().friends()
  await bob.choose('Ada')
  await ada.composer.pressSequentially('@Bo')
  await ada.page.getByRole('option', { name: /Bob/ }).click()
  await ada.composer.pressSequentially('look')
  await ada.composer.press('Enter')
  await bob.sees('look')
  await expect.poll(async () => bob.message('look').innerText(), soon).toMatch(/@(?:You|Bob) ?look/)
})
