import { expect, test } from 'vitest'
import { soon, t } from './app-person.ts'
import { scenes } from './scenes.ts'

const { world } = scenes()

test('a message is found in all conversations, and shown where it stands', async () => {
  const [ada] = await world().pair()
  await ada.say('the orange umbrella')
  await ada.open(ada.id)
  await ada.page.getByRole('searchbox', { name: t('conversations.search') }).fill('umbr')
  await ada
    .pane('conversations.title')
    .getByRole('group', { name: t('search.messages') })
    .getByRole('button')
    .first()
    .click()
  await ada.sees('the orange umbrella')
})

test('people are found by their names, and nothing is said to be nothing', async () => {
  const [ada] = await world().pair()
  const field = ada.page.getByRole('searchbox', { name: t('conversations.search') })
  await field.fill('bo')
  await ada.page
    .getByRole('group', { name: t('search.conversations') })
    .getByText('Bob')
    .first()
    .waitFor()
  await field.fill('zzzz')
  await ada.page.getByText('No results for “zzzz”').first().waitFor()
  await field.press('Escape')
  await ada.row('Bob').waitFor()
})

test('whoever empties the field has the list at once', async () => {
  const [ada] = await world().pair()
  const field = ada.page.getByRole('searchbox', { name: t('conversations.search') })
  await field.fill('hello')
  const name = t('search.messages')
  await ada.page.getByRole('group', { name, exact: true }).waitFor()
  expect(await field.evaluate(emptyAndLook, name)).toBe(0)
})

test('one goes back and forth between what is found in a conversation', async () => {
  const [ada] = await world().pair()
  for (const body of ['first pear', 'an apple', 'second pear']) await ada.say(body)
  await ada.press('conversation.search')
  await ada.page.getByRole('complementary').getByRole('searchbox').fill('pear')
  await ada.page.getByText('1 of 2').first().waitFor()
  await ada.press('details.search.previous')
  await ada.page.getByText('2 of 2').first().waitFor()
})

test('one goes to a date', async () => {
  const [ada] = await world().pair()
  await ada.press('conversation.menu')
  await ada.page.getByRole('menuitem', { name: t('conversation.menu.date') }).click()
  await ada.page.getByRole('textbox', { name: t('conversation.date.label') }).fill('2020-01-01')
  await ada.press('conversation.date.go')
  await ada.sees('Hello Bob')
})

test('the path screen shows five stations and what each of them knows', async () => {
  const [ada] = await world().pair()
  await expect.poll(async () => ada.page.getByRole('button', { name: /^Connection: ready/ }).count(), soon).toBe(1)
  await ada.page.getByRole('button', { name: /^Connection/ }).click()
  const dialog = ada.page.getByRole('dialog')
  for (const key of ['path.you', 'path.guard', 'path.middle', 'path.third', 'path.swarm'] as const) {
    await dialog
      .getByRole('heading', { name: t(key) })
      .first()
      .waitFor()
  }
  await expect
    .poll(async () => (await dialog.innerText()).match(/127\.\d+\.\d+\.\d+/g)?.length ?? 0, soon)
    .toBeGreaterThanOrEqual(3)
})

/** Empties the field, and counts in the same turn of the event loop the groups called so. Runs in the page. */
function emptyAndLook(field: HTMLElement | SVGElement, name: string): number {
  if (!(field instanceof HTMLInputElement)) throw new Error('not a field')
  field.focus()
  field.select()
  document.execCommand('delete')
  return document.querySelectorAll(`[role=group][aria-label=${name}]`).length
}
