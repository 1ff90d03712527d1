import { expect, test } from 'vitest'
import { soon, t } from './app-person.ts'
import { scenes } from './scenes.ts'

const { world } = scenes()

test('a draft is there after the page was loaded again', async () => {
  const [ada] = await world().pair()
  await ada.composer.fill('not finished')
  await ada.row('Bob').getByText('not finished').first().waitFor()
  await ada.page.reload()
  await ada.choose('Bob')
  await expect.poll(async () => ada.composer.inputValue(), soon).toBe('not finished')
})

test('shift and enter begin a line, enter sends', async () => {
  const [ada, bob] = await world().pair()
  await ada.composer.pressSequentially('first')
  await ada.composer.press('Shift+Enter')
  await ada.composer.pressSequentially('second')
  await ada.composer.press('Enter')
  await bob.sees('first')
  expect(await bob.message('first').innerText()).toMatch(/first\nsecond/)
})

test('enter begins a line if one wants it so', async () => {
  const [ada, bob] = await world().pair()
  await ada.settings('settings.page.conversations')
  await ada.pick('settings.enter-key.new-line')
  await ada.page.keyboard.press('Escape')
  await expect.poll(async () => ada.composer.getAttribute('enterkeyhint'), soon).toBe('enter')
  await ada.composer.pressSequentially('upper')
  await ada.composer.press('Enter')
  await ada.composer.pressSequentially('lower')
  await ada.press('composer.send')
  await bob.sees('upper')
  expect(await bob.message('upper').innerText()).toMatch(/upper\nlower/)
  await ada.settings('settings.page.conversations')
  await ada.pick('settings.enter-key.sends')
  await ada.page.keyboard.press('Escape')
  await expect.poll(async () => ada.composer.getAttribute('enterkeyhint'), soon).toBe('send')
})

test('what is too long is not sent, and not lost', async () => {
  const [ada] = await world().pair()
  await ada.composer.fill('x'.repeat(2001))
  await ada.page.getByText('1 character too many').first().waitFor()
  await ada.composer.press('Enter')
  await ada.page.getByText(t('composer.too-long.title')).first().waitFor()
  await ada.press('composer.too-long.back')
  expect(await ada.composer.inputValue()).toHaveLength(2001)
})

test('two thousand signs are sent', async () => {
  const [ada, bob] = await world().pair()
  await ada.composer.fill(`${'long '.repeat(399)}ende.`)
  await ada.composer.press('Enter')
  await bob.sees('long long')
  expect(await bob.message('long long').textContent()).toContain('long ende.')
})

test('an emoji is picked from all of them', async () => {
  const [ada, bob] = await world().pair()
  await ada.press('composer.emoji')
  await ada.page.getByRole('combobox', { name: t('emoji.search') }).fill('fox')
  await ada.page.getByRole('gridcell').filter({ hasText: '🦊' }).first().click()
  await ada.page.keyboard.press('Escape')
  await expect.poll(async () => ada.composer.inputValue(), soon).toContain('🦊')
  await ada.composer.press('Enter')
  await bob.sees('🦊')
})

test('an emoji is found by its name in the text', async () => {
  const [ada] = await world().pair()
  await ada.composer.pressSequentially('look :fox')
  await ada.page.getByRole('option').filter({ hasText: '🦊' }).first().click()
  await expect.poll(async () => ada.composer.inputValue(), soon).toContain('🦊')
})

test('one’s own recovery phrase is not sent without a warning', async () => {
  const ada = await world().visitor()
  await ada.press('onboarding.create')
  await ada.field('onboarding.name').fill('Ada')
  await ada.press('onboarding.create.submit')
  await ada.press('onboarding.created.phrase.show')
  const items = ada.page.getByRole('list', { name: t('recovery.words') }).getByRole('listitem')
  await items.nth(12).waitFor()
  const words = (await items.allInnerTexts()).map(item => /[a-z]+/.exec(item)?.[0] ?? '')
  await ada.press('onboarding.created.done')
  const bob = await world().person('Bob')
  await ada.open(bob.id)
  await ada.composer.fill(`please help: ${words.join('  ')}`)
  await ada.composer.press('Enter')
  await ada.page.getByText(t('composer.phrase.title')).first().waitFor()
  await ada.press('composer.phrase.back')
  expect(await ada.messages.count()).toBe(0)
})

test('enter while a word is composed does not send', async () => {
  const [ada] = await world().pair()
  await ada.composer.focus()
  const session = await ada.context.newCDPSession(ada.page)
  await session.send('Input.imeSetComposition', { text: 'にほん', selectionStart: 3, selectionEnd: 3 })
  await ada.composer.dispatchEvent('keydown', { key: 'Enter', isComposing: true, keyCode: 229 })
  await session.send('Input.insertText', { text: '日本' })
  await expect.poll(async () => ada.composer.inputValue(), soon).toBe('日本')
  expect(await ada.messages.filter({ hasText: '日本' }).count()).toBe(0)
})
