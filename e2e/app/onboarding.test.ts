import { expect, test } from 'vitest'
import { type AppPerson, soon, t } from './app-person.ts'
import { scenes } from './scenes.ts'

const { world } = scenes()

async function showsWords(person: AppPerson): Promise<string> {
  await person.press('onboarding.created.phrase.show')
  const items = person.page.getByRole('list', { name: t('recovery.words') }).getByRole('listitem')
  await items.nth(12).waitFor()
  const words = (await items.allInnerTexts()).map(item => /[a-z]+/.exec(item)?.[0] ?? '')
  expect(words).toHaveLength(13)
  return words.join(' ')
}

async function makesAccount(person: AppPerson, name: string): Promise<string> {
  await person.press('onboarding.create')
  await person.field('onboarding.name').fill(name)
  await person.press('onboarding.create.submit')
  await person.page.getByRole('heading', { name: t('onboarding.created.title') }).waitFor()
  const words = await showsWords(person)
  await person.press('onboarding.created.done')
  return words
}

async function triesPhrase(person: AppPerson, phrase: string): Promise<void> {
  await person.field('onboarding.phrase').fill(phrase)
  await person.press('onboarding.restore.submit')
}

test('a new account leads to an empty list', async () => {
  const ada = await world().person('Ada')
  await ada.page.getByText(t('conversations.empty.title')).first().waitFor()
})

test('a name of blanks is refused until it is changed', async () => {
  const ada = await world().visitor()
  await ada.press('onboarding.create')
  await expect.poll(async () => ada.button('onboarding.create.submit').isDisabled(), soon).toBe(true)
  await ada.field('onboarding.name').fill(' \u200B ')
  await ada.press('onboarding.create.submit')
  await ada.page.getByText(t('onboarding.name.empty')).first().waitFor()
  await expect.poll(async () => ada.button('onboarding.create.submit').isDisabled(), soon).toBe(true)
  await ada.field('onboarding.name').fill('Ada')
  await expect.poll(async () => ada.button('onboarding.create.submit').isEnabled(), soon).toBe(true)
})

test('a name of 26 emoji is too long', async () => {
  const ada = await world().visitor()
  await ada.press('onboarding.create')
  await ada.field('onboarding.name').fill('🦊'.repeat(26))
  await ada.press('onboarding.create.submit')
  await ada.page
    .getByText(t('onboarding.name.too-long', { bytes: 104 }))
    .first()
    .waitFor()
})

test('a passphrase that is not repeated right makes no account', async () => {
  const ada = await world().visitor()
  await ada.press('onboarding.create')
  await ada.field('onboarding.name').fill('Ada')
  await ada.pick('onboarding.protect.passphrase')
  await ada.field('lock.new').fill('correct horse')
  await ada.field('lock.repeat').fill('correct house')
  await ada.press('onboarding.create.submit')
  await ada.page.getByText(t('lock.mismatch')).first().waitFor()
})

test('phrases that are wrong are refused, each with what is wrong', async () => {
  const ada = await world().visitor()
  await ada.press('onboarding.restore')
  await triesPhrase(ada, 'abbey abducts ability')
  await ada.page
    .getByText(/Not long enough/)
    .first()
    .waitFor()
  await triesPhrase(ada, 'abbey abducts ability ablaze abnormal abort abrasive absorb abyss academy aces sotto abbey')
  await ada.page
    .getByText(/Look at word 12 first/)
    .first()
    .waitFor()
  await triesPhrase(ada, 'abbey abducts ability ablaze abnormal abort abrasive absorb abyss academy aces aching acidic')
  await ada.page.getByText(t('onboarding.phrase.check')).first().waitFor()
  await triesPhrase(ada, 'abbey '.repeat(14))
  await ada.page
    .getByText(/Too long/)
    .first()
    .waitFor()
})

test('thirteen words bring the account to another device, which asks for a name', async () => {
  const [ada, other] = await Promise.all([world().visitor(), world().visitor()])
  const words = await makesAccount(ada, 'Ada')
  await other.press('onboarding.restore')
  await triesPhrase(other, `  ${words.toUpperCase()}  `)
  await other.page.getByRole('heading', { name: t('onboarding.rename.title') }).waitFor()
  await other.field('onboarding.name').fill('Ada')
  await other.press('onboarding.rename.submit')
  await other.pane('conversations.title').waitFor()
})

test('what others write reaches both devices of an account', async () => {
  const [ada, phone, bob] = await Promise.all([
    world().visitor(),
    world().visitor({ isPhone: true }),
    world().person('Bob'),
  ])
  const words = await makesAccount(ada, 'Ada')
  await phone.press('onboarding.restore')
  await triesPhrase(phone, words)
  await phone.field('onboarding.name').fill('Ada')
  await phone.press('onboarding.rename.submit')
  await ada.press('conversations.new')
  await ada.page.getByRole('button', { name: t('start.invite') }).click()
  const id = (await ada.pane('start.invite.title').innerText()).replaceAll(/\s/g, '').match(/05[0-9a-f]{64}/)?.[0] ?? ''
  await bob.write(id, 'to all your devices')
  await ada.page.reload()
  await ada.page.getByRole('button', { name: /message request/ }).waitFor()
  await phone.openRequest('Bob')
  await phone.sees('to all your devices')
})

test('the back button leads from each step to the first screen', async () => {
  const ada = await world().visitor()
  await ada.press('onboarding.create')
  await ada.press('ui.back')
  await ada.press('onboarding.restore')
  await ada.press('ui.back')
  await ada.button('onboarding.create').waitFor()
})

test('an account is made while the gateway is out of reach, and connects later', async () => {
  const ada = await world().visitor()
  await ada.button('onboarding.create').waitFor()
  await ada.page.waitForLoadState('networkidle')
  await ada.goOffline()
  await ada.createAccount('Ada')
  await ada.goOnline()
  const bob = await world().person('Bob')
  await ada.write(bob.id, 'sent when the way was free')
  await bob.openRequest('Ada')
  await bob.sees('sent when the way was free')
})

test('the account is there again after the page was loaded anew', async () => {
  const ada = await world().person('Ada')
  await ada.page.reload()
  await ada.pane('conversations.title').waitFor()
})
