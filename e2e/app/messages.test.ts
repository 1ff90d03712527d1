import { expect, test } from 'vitest'
import { soon, t } from './app-person.ts'
import { scenes } from './scenes.ts'

const { world } = scenes()

test('what one writes the other reads at once, and the answer comes back', async () => {
  const [ada, bob] = await world().pair()
  await ada.say('How are you?')
  await bob.sees('How are you?')
  await bob.say('Well, thank you')
  await ada.sees('Well, thank you')
  await expect.poll(async () => ada.row('Bob').innerText(), soon).toContain('Well, thank you')
})

test('an own message is sent, and says so', async () => {
  const [ada] = await world().pair()
  await ada.say('is it there?')
  await ada.message('is it there?').getByText(t('messages.state.sent')).first().waitFor()
})

test('a reply shows what it is about, on both sides', async () => {
  const [ada, bob] = await world().pair()
  await ada.say('Shall we go out?')
  await bob.chooseFor('Shall we go out?', 'messages.menu.reply')
  await bob.say('this is about your idea')
  await ada.sees('this is about your idea')
  for (const person of [ada, bob]) {
    const reply = person.message('this is about your idea')
    await expect.poll(async () => reply.innerText(), soon).toContain('Shall we go out?')
  }
})

test('a reply that is not wanted any more is taken back', async () => {
  const [ada, bob] = await world().pair()
  await ada.say('Shall we stay in?')
  await bob.chooseFor('Shall we stay in?', 'messages.menu.reply')
  await bob.press('composer.reply.close')
  await bob.say('about nothing')
  expect(await bob.message('about nothing').innerText()).not.toContain('Shall we stay in?')
})

test('a reaction appears at the message on both sides, and goes again', async () => {
  const [ada, bob] = await world().pair()
  await ada.say('what a joke')
  await bob.message('what a joke').click({ button: 'right' })
  await bob.page.getByRole('button', { name: t('messages.react.with', { emoji: '😂' }) }).click()
  const chip = ada.message('what a joke').getByRole('button', { name: /^😂, 1 reaction/ })
  await chip.waitFor()
  await bob
    .message('what a joke')
    .getByRole('button', { name: /^😂, 1 reaction/ })
    .click()
  await chip.waitFor({ state: 'detached' })
})

test('an own message is deleted for everyone', async () => {
  const [ada, bob] = await world().pair()
  await ada.say('this was a mistake')
  await bob.sees('this was a mistake')
  await ada.chooseFor('this was a mistake', 'messages.menu.delete')
  await ada.pick('messages.delete.everyone')
  await ada.press('messages.delete.confirm-everyone')
  await bob.seesNoMore('this was a mistake')
  await bob.sees(t('messages.deleted'))
  await ada.sees(t('messages.deleted'))
})

test('a deletion on this device is taken back', async () => {
  const [ada, bob] = await world().pair()
  await ada.say('rather remember this')
  await bob.chooseFor('rather remember this', 'messages.menu.delete')
  await bob.press('messages.delete.confirm-here')
  await bob.press('messages.delete.undo')
  await bob.sees('rather remember this')
})

test('what is deleted on this device stays with the other one', async () => {
  const [ada, bob] = await world().pair()
  await ada.say('you may forget this')
  await bob.chooseFor('you may forget this', 'messages.menu.delete')
  await bob.press('messages.delete.confirm-here')
  await bob.seesNoMore('you may forget this')
  expect(await ada.message('you may forget this').count()).toBe(1)
})

test('others’ messages can’t be deleted for everyone', async () => {
  const [ada, bob] = await world().pair()
  await bob.say('this stays mine')
  await ada.chooseFor('this stays mine', 'messages.menu.delete')
  await ada.page.getByRole('dialog').or(ada.page.getByRole('alertdialog')).waitFor()
  await ada.button('messages.delete.confirm-here').waitFor()
  expect(await ada.button('messages.delete.confirm-everyone').count()).toBe(0)
})

test('the text of a message is copied', async () => {
  const [ada] = await world().pair()
  await ada.say('worth a copy')
  await ada.chooseFor('worth a copy', 'messages.menu.copy')
  await ada.page.getByText(t('messages.copied'), { exact: true }).first().waitFor()
  await ada.composer.press('Control+V')
  await expect.poll(async () => ada.composer.inputValue(), soon).toBe('worth a copy')
})

test('a message is forwarded to somebody else', async () => {
  const [ada, bob] = await world().pair()
  await bob.say('tell everybody')
  await ada.open(ada.id)
  await ada.choose('Bob')
  await ada.chooseFor('tell everybody', 'messages.menu.forward')
  const dialog = ada.page.getByRole('dialog')
  await dialog.getByText(t('messages.self'), { exact: true }).click()
  await dialog.getByRole('button', { name: 'Forward to one' }).click()
  await ada.choose(t('conversations.self'))
  await ada.sees('tell everybody')
  expect(await bob.message('tell everybody').count()).toBe(1)
})

test('a pinned message is found again', async () => {
  const [ada] = await world().pair()
  await ada.say('keep this in mind')
  await ada.chooseFor('keep this in mind', 'messages.menu.pin')
  await ada.press('conversation.menu')
  await ada.page.getByRole('menuitem', { name: t('conversation.menu.pinned') }).click()
  await ada.page.getByRole('complementary').getByText('keep this in mind').first().waitFor()
})

test('the details of a message say when it was sent and that the network has it', async () => {
  const [ada] = await world().pair()
  await ada.say('look closer')
  await ada.message('look closer').getByText(t('messages.state.sent')).first().waitFor()
  await ada.chooseFor('look closer', 'messages.menu.details')
  const details = ada.page.getByRole('complementary')
  await details.getByText(t('details.state.sent')).first().waitFor()
  await details.getByText(t('details.remote-hash')).first().waitFor()
})

test('several messages are selected and deleted together', async () => {
  const [ada] = await world().pair()
  await ada.say('first of two')
  await ada.say('second of two')
  await ada.chooseFor('first of two', 'messages.menu.select')
  await ada.message('second of two').click()
  await ada.page.getByText('2 messages selected').first().waitFor()
  await ada.press('conversation.select.delete')
  await ada.pick('messages.delete.here')
  await ada.press('messages.delete.confirm-here')
  await ada.seesNoMore('first of two')
  await ada.seesNoMore('second of two')
})

test('formatting is shown, and is text all the same', async () => {
  const [ada, bob] = await world().pair()
  await ada.say('*bold* and `code`', 'bold and code')
  await bob.sees('bold and code')
  expect(await bob.message('bold and code').locator('strong').innerText()).toBe('bold')
  expect(await bob.message('bold and code').locator('code').innerText()).toBe('code')
})

test('a link asks before it opens, and shows all of itself', async () => {
  const [ada, bob] = await world().pair()
  await ada.say('see https://example.org/a?b=c')
  await bob.sees('see https://example.org/a?b=c')
  await bob.message('see https').getByText('https://example.org/a?b=c').click()
  const dialog = bob.page.getByRole('dialog').or(bob.page.getByRole('alertdialog'))
  await dialog.getByText('https://example.org/a?b=c').first().waitFor()
  expect(bob.context.pages()).toHaveLength(1)
})

test('a long message is folded until one wants more', async () => {
  const [ada, bob] = await world().pair()
  const lines = Array.from({ length: 40 }, (_, at) => `line ${at + 1}`)
  await ada.composer.fill(lines.join('\n'))
  await ada.composer.press('Enter')
  await bob.press('messages.more')
  await bob.sees('line 40')
})

test('notes to oneself stay with oneself', async () => {
  const [ada] = await world().pair()
  await ada.write(ada.id, 'buy bread')
  await ada.message('buy bread').getByText(t('messages.state.sent')).first().waitFor()
  await ada.row(t('conversations.self')).waitFor()
})

test('a mention carries a name, and tells whom it means', async () => {
  const [ada, bob] = await world().pair()
  await ada.composer.pressSequentially('@Bo')
  await ada.page.getByRole('option', { name: /Bob/ }).click()
  await ada.composer.pressSequentially('can you see me')
  await ada.composer.press('Enter')
  await bob.sees('can you see me')
  await expect.poll(async () => bob.message('can you see me').innerText(), soon).toMatch(/@(?:You|Bob) ?can you see me/)
})
