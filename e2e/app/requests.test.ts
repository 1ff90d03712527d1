import { expect, test } from 'vitest'
import { soon, t } from './app-person.ts'
import { scenes } from './scenes.ts'

const { world } = scenes()

test('a stranger’s first message waits apart, and an answer accepts it', async () => {
  const [ada, bob] = await Promise.all([world().person('Ada'), world().person('Bob')])
  await ada.write(bob.id, 'Hello stranger')
  await ada.page
    .getByText(t('conversation.request.outgoing', { name: '' }).slice(0, 25))
    .first()
    .waitFor()
  await bob.page.getByRole('button', { name: /1 message request/ }).waitFor()
  expect(await bob.row('Ada').count()).toBe(0)
  await bob.openRequest('Ada')
  await bob.say('Hello yourself')
  await bob.row('Ada').waitFor()
  await ada.sees('Hello yourself')
  await ada.page.getByText('Bob accepted your message request').first().waitFor()
})

test('a request is accepted by its button, and the other one learns of it', async () => {
  const [ada, bob] = await Promise.all([world().person('Ada'), world().person('Bob')])
  await ada.write(bob.id, 'May I?')
  await bob.openRequest('Ada')
  await bob.press('conversation.request.accept')
  await bob.row('Ada').waitFor()
  await ada.page
    .getByText(/accepted your message request/)
    .first()
    .waitFor()
})

test('a request that is deleted is gone, and may come again', async () => {
  const [ada, bob] = await Promise.all([world().person('Ada'), world().person('Bob')])
  await ada.write(bob.id, 'first try')
  await bob.openRequest('Ada')
  await bob.press('conversation.request.delete')
  await bob.press('conversation.request.delete.confirm')
  await expect.poll(async () => bob.page.getByRole('button', { name: /message request/ }).count(), soon).toBe(0)
  await ada.say('second try')
  await bob.openRequest('Ada')
  await bob.sees('second try')
  expect(await bob.message('first try').count()).toBe(0)
})

test('who is blocked is not heard any more', async () => {
  const [ada, bob, eve] = await Promise.all([world().person('Ada'), world().person('Bob'), world().person('Eve')])
  await eve.write(bob.id, 'let me in')
  await bob.openRequest('Eve')
  await bob.press('conversation.request.block')
  await bob.page
    .getByRole('alertdialog')
    .getByRole('button', { name: t('conversation.request.block.confirm') })
    .click()
  await eve.say('hello?')
  await ada.write(bob.id, 'a nicer person')
  await bob.openRequest('Ada')
  await bob.sees('a nicer person')
  await expect.poll(async () => bob.page.getByText('Eve').count(), soon).toBe(0)
})

test('all requests are deleted at once', async () => {
  const [ada, bob, eve] = await Promise.all([world().person('Ada'), world().person('Bob'), world().person('Eve')])
  await ada.write(bob.id, 'one')
  await eve.write(bob.id, 'two')
  await bob.page.getByRole('button', { name: /2 message requests/ }).click()
  await bob.press('requests.clear-all')
  await bob.page
    .getByRole('alertdialog')
    .getByRole('button', { name: t('requests.clear-all') })
    .click()
  await bob.page.getByText(t('conversations.empty.title')).first().waitFor()
})

test('ids that are none are refused with what is wrong', async () => {
  const [ada] = await world().pair()
  await ada.press('conversations.new')
  await ada.page.getByRole('button', { name: t('start.new-message') }).click()
  const tries = [
    [`03${'a'.repeat(64)}`, t('start.to.group')],
    [`15${'a'.repeat(64)}`, t('start.to.blinded')],
    [`05${'a'.repeat(63)}`, t('start.to.length', { count: 65 })],
    ['not a name!', t('start.to.bad')],
  ] as const
  for (const [typed, said] of tries) {
    await ada.field('start.to.label').fill(typed)
    await ada.press('start.to.next')
    await ada.page.getByText(said).first().waitFor()
  }
})

test('a name that nobody has is not found', async () => {
  const [ada] = await world().pair()
  await ada.press('conversations.new')
  await ada.page.getByRole('button', { name: t('start.new-message') }).click()
  await ada.field('start.to.label').fill('nobody-has-this')
  await ada.press('start.to.next')
  await ada.page
    .getByText(new RegExp(`${t('start.to.not-found')}|${t('start.to.failed').slice(0, 20)}`))
    .first()
    .waitFor()
})

test('contacts are listed where one begins a conversation', async () => {
  const [ada] = await world().pair()
  await ada.press('conversations.new')
  await ada.pane('start.title').getByRole('button', { name: 'Bob' }).click()
  await ada.sees('Hello Ada')
})
