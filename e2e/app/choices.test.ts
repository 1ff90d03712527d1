import { expect, test } from 'vitest'
import { soon, t } from './app-person.ts'
import { scenes } from './scenes.ts'

const { world } = scenes()

test('the colours follow what one chooses, and stay so', async () => {
  const ada = await world().person('Ada')
  await ada.settings('settings.page.appearance')
  await ada.page.getByRole('dialog').getByText(t('settings.theme.dark'), { exact: true }).click()
  const theme = async (): Promise<unknown> => ada.page.evaluate(() => document.documentElement.dataset['theme'])
  await expect.poll(theme, soon).toBe('dark')
  await ada.page.reload()
  await ada.pane('conversations.title').waitFor()
  await expect.poll(theme, soon).toBe('dark')
})

test('the language changes at once, and Arabic turns the page around', async () => {
  const ada = await world().person('Ada')
  await ada.settings('settings.page.language')
  await ada.page.getByRole('dialog').getByText('العربية').click()
  await expect.poll(async () => ada.page.evaluate(() => document.documentElement.dir), soon).toBe('rtl')
  const rail = await ada.page.getByRole('navigation').first().boundingBox()
  expect(rail?.x).toBeGreaterThan(1000)
})

test('a new name reaches others with the next message', async () => {
  const [ada, bob] = await world().friends()
  await ada.settings('settings.page.profile')
  await ada.page.getByRole('dialog').getByRole('textbox').first().fill('Ada the Second')
  await ada.press('settings.profile.save')
  await ada.page.getByText(t('settings.profile.saved')).first().waitFor()
  await ada.page.keyboard.press('Escape')
  await ada.say('new name')
  await bob.row('Ada the Second').waitFor()
})

test('the recovery phrase is shown, and hidden for good', async () => {
  const ada = await world().person('Ada')
  await ada.settings('settings.page.recovery')
  await ada.press('recovery.show')
  await expect
    .poll(
      async () =>
        ada.page
          .getByRole('list', { name: t('recovery.words') })
          .getByRole('listitem')
          .count(),
      soon,
    )
    .toBe(13)
  await ada.press('recovery.hide-for-good')
  await ada.press('recovery.hide-for-good.continue')
  await ada.press('recovery.hide-for-good.confirm')
  await ada.page.getByText(t('recovery.hidden')).first().waitFor()
})

test('the storage page says how much there is', async () => {
  const [ada] = await world().friends()
  await ada.settings('settings.page.storage')
  await ada.page.getByRole('dialog').getByText(t('storage.used')).first().waitFor()
  await ada.page
    .getByRole('dialog')
    .getByText(/messages/)
    .first()
    .waitFor()
})

test('clearing the device removes the account from it', async () => {
  const ada = await world().person('Ada')
  await ada.settings('settings.page.clear-data')
  await ada.pick('settings.clear.device')
  await ada.page
    .getByRole('dialog')
    .getByRole('button', { name: /Clear|Continue/ })
    .last()
    .click()
  await ada.page
    .getByRole('alertdialog')
    .getByRole('button', { name: t('settings.clear.device.confirm') })
    .click()
  await ada.button('onboarding.create').waitFor()
})

test('the size of everything is changed', async () => {
  const ada = await world().person('Ada')
  const size = async (): Promise<string> => ada.page.evaluate(() => getComputedStyle(document.documentElement).fontSize)
  const before = Number.parseFloat(await size())
  await ada.page.keyboard.press('Control+Equal')
  await expect.poll(async () => Number.parseFloat(await size()), soon).toBeGreaterThan(before)
})
