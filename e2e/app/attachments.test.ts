import { readFile } from 'node:fs/promises'
import { type RunningAccount } from '@sotto/client/node'
import { type Locator } from 'playwright-core'
import { expect, test } from 'vitest'
import { type AppPerson, soon, t } from './app-person.ts'
import { expectClean } from './expect-clean.ts'
import { brokenPng, type MadeFile, pdf, png, wav, webm } from './made-files.ts'
import { programFriends, programPair } from './program-friends.ts'
import { scenes } from './scenes.ts'

const { world } = scenes()

const lake = png('lake.png', 1600, 900, [40, 120, 200])
const wood = png('wood.png', 900, 1600, [60, 160, 80])
const sand = png('sand.png', 800, 800, [220, 180, 110])
const dusk = png('dusk.png', 640, 480, [200, 90, 70])

/** The same file by another name: people who are shared have got the first already. */
function named(name: string, file: MadeFile): MadeFile {
  return { ...file, name }
}

interface Sent {
  readonly body?: string
  readonly voice?: boolean
}

async function send(bob: RunningAccount, ada: AppPerson, files: readonly MadeFile[], sent: Sent = {}): Promise<number> {
  const conversation = ada.id
  const attachments: number[] = []
  for (const { bytes, name } of files) {
    attachments.push((await bob.client.command('attachments.stage', { conversation, bytes, name })).id)
  }
  const id = `files ${files.map(({ name }) => name).join(' ')}`
  const message = { id, conversation, body: '', attachments, ...sent }
  return (await bob.client.command('messages.send', message)).message
}

function show(ada: AppPerson, name: string): Locator {
  return ada.button('attachments.open.image', { name })
}

/** The row of a file, which saves it. */
function saving({ page }: AppPerson, name: string): Locator {
  return page.getByRole('button', { name: `${t('attachments.save')} ${name}` })
}

/** Whether the picture in it was unpacked. */
async function expectSeen(picture: Locator): Promise<void> {
  const image = picture.locator('img').last()
  await expect
    .poll(async () => image.evaluate(each => each instanceof HTMLImageElement && each.naturalWidth > 0), soon)
    .toBe(true)
}

async function opensSettings(ada: AppPerson): Promise<Locator> {
  await ada.press('conversation.menu')
  await ada.page.getByRole('menuitem', { name: t('conversation.menu.settings') }).click()
  const dialog = ada.page.getByRole('dialog')
  await dialog.waitFor()
  return dialog
}

/** How often Bob was told that something was saved. */
async function extractions(bob: RunningAccount, ada: AppPerson): Promise<number> {
  const { messages } = await bob.client.query('messages.page', { conversation: ada.id })
  return messages.filter(({ kind }) => kind === 'data-extraction').length
}

test('photos come by themselves, and are looked at one after the other', async () => {
  const [ada, bob] = await programPair(world())
  await send(bob, ada, [lake, wood, sand, dusk], { body: 'from the lake' })
  await ada.sees('from the lake')
  await show(ada, 'lake.png').waitFor()
  await expectSeen(ada.message('from the lake'))
  await ada.button('attachments.open.image', { name: 'lake.png' }).click()
  const viewer = ada.page.getByRole('dialog', { name: t('attachments.viewer') })
  await viewer.getByRole('img', { name: 'lake.png' }).waitFor()
  await viewer.getByText('1 of 4').first().waitFor()
  await ada.page.keyboard.press('ArrowRight')
  const second = viewer.getByRole('img', { name: 'wood.png' })
  await second.waitFor()
  const before = await second.boundingBox()
  await ada.page.keyboard.press('+')
  await expect.poll(async () => (await second.boundingBox())?.width, soon).toBeGreaterThan((before?.width ?? 0) * 1.4)
  await ada.page.keyboard.press('0')
  await expect.poll(async () => (await second.boundingBox())?.width, soon).toBe(before?.width)
  await ada.page.keyboard.press('Escape')
  await viewer.waitFor({ state: 'detached' })
  await expect
    .poll(async () => show(ada, 'lake.png').evaluate(each => each === document.activeElement), soon)
    .toBe(true)
})

test('a photo does not move the messages when it comes', async () => {
  const [ada, bob] = await programPair(world())
  await send(bob, ada, [named('tree.png', wood)], { body: 'taller than we thought' })
  const tile = ada.message('taller than we thought').locator('[data-state]')
  await tile.waitFor()
  const before = await tile.boundingBox()
  await expectSeen(tile)
  const after = await tile.boundingBox()
  expect([after?.width, after?.height]).toEqual([before?.width, before?.height])
})

test('of whom one does not trust, nothing is downloaded before one says so', async () => {
  const [ada, bob] = await programFriends(world())
  const dialog = await opensSettings(ada)
  await dialog
    .locator('label')
    .filter({ has: ada.page.getByRole('switch', { name: t('attachments.trust.setting') }) })
    .click()
  await ada.page.keyboard.press('Escape')
  await send(bob, ada, [lake])
  await send(bob, ada, [wood])
  const [first, second] = ['lake.png', 'wood.png'].map(name => ada.button('attachments.download.image', { name }))
  await second?.waitFor()
  await first?.click()
  await ada.press('attachments.trust.once')
  await show(ada, 'lake.png').waitFor()
  expect(await show(ada, 'wood.png').count()).toBe(0)
  await second?.click()
  await ada.press('attachments.trust.always')
  await show(ada, 'wood.png').waitFor()
  await send(bob, ada, [sand])
  await show(ada, 'sand.png').waitFor()
})

test('a document is saved under its name, and whoever sent it is told', async () => {
  const [ada, bob] = await programPair(world())
  const letter = pdf('letter.pdf')
  const before = await extractions(bob, ada)
  await send(bob, ada, [letter])
  const row = saving(ada, 'letter.pdf')
  const [download] = await Promise.all([ada.page.waitForEvent('download'), row.click()])
  expect(download.suggestedFilename()).toBe('letter.pdf')
  expect(new Uint8Array(await readFile(await download.path()))).toEqual(letter.bytes)
  await expect.poll(async () => extractions(bob, ada), soon).toBe(before + 1)
})

test('Ctrl+S on a message saves what is in it', async () => {
  const [ada, bob] = await programPair(world())
  await send(bob, ada, [named('evening.png', dusk)], { body: 'the evening' })
  await ada.sees('the evening')
  await show(ada, 'evening.png').waitFor()
  await ada.message('the evening').focus()
  const [download] = await Promise.all([ada.page.waitForEvent('download'), ada.page.keyboard.press('Control+S')])
  expect(download.suggestedFilename()).toBe('evening.png')
})

test('a voice message plays, at the speed one wants, from where one wants', async () => {
  const [ada, bob] = await programPair(world())
  await send(bob, ada, [wav('voice.wav', 58)], { voice: true })
  const name = t('attachments.kind.voice')
  const player = ada.page.getByRole('group', { name })
  await player.getByText('0:58').waitFor()
  await player.getByRole('slider').fill('6')
  await player.getByText('0:52').waitFor()
  await player.getByRole('button', { name: t('attachments.play', { name }) }).click()
  await player.getByRole('button', { name: t('attachments.pause', { name }) }).waitFor()
  await player.getByRole('button', { name: 'Speed: 1×', exact: true }).click()
  await player.getByRole('button', { name: 'Speed: 1.5×', exact: true }).waitFor()
  // Each of these is shown for less than a second.
  await player.getByText(/^0:(?:50|[0-4]\d)$/).waitFor()
})

test('a video plays in the viewer', async () => {
  const [ada, bob] = await programPair(world())
  await send(bob, ada, [await webm(ada, 'moving.webm')])
  await ada.button('attachments.open.video', { name: 'moving.webm' }).click()
  const video = ada.page.getByRole('dialog', { name: t('attachments.viewer') }).locator('video')
  await expect
    .poll(async () => video.evaluate(each => each instanceof HTMLVideoElement && each.currentTime > 0), soon)
    .toBe(true)
})

test('what was sent is found again in the gallery of its conversation', async () => {
  const [ada, bob] = await programFriends(world())
  await send(bob, ada, [lake, sand])
  await send(bob, ada, [pdf('letter.pdf')])
  await saving(ada, 'letter.pdf').waitFor()
  const dialog = await opensSettings(ada)
  await dialog.getByRole('button', { name: t('attachments.gallery') }).click()
  const gallery = ada.page.getByRole('region', { name: t('attachments.gallery') })
  await gallery.getByRole('heading', { level: 3 }).waitFor()
  await expect.poll(async () => gallery.getByRole('listitem').count(), soon).toBe(2)
  await gallery.getByRole('button', { name: t('attachments.open.image', { name: 'lake.png' }) }).click()
  const viewer = ada.page.getByRole('dialog', { name: t('attachments.viewer') })
  await viewer.getByRole('img', { name: 'lake.png' }).waitFor()
  await ada.page.keyboard.press('Escape')
  await gallery.getByRole('tab', { name: t('attachments.gallery.documents') }).click()
  await gallery.getByRole('button', { name: /^Save letter.pdf/ }).waitFor()
})

test('what came without words is named in the list, and in what replies to it', async () => {
  const [ada, bob] = await programPair(world())
  await send(bob, ada, [named('shore.png', lake)])
  await show(ada, 'shore.png').waitFor()
  await expect.poll(async () => ada.row('Bob').innerText(), soon).toContain(t('attachments.kind.image'))
  await ada.messages.last().click({ button: 'right', position: { x: 20, y: 5 } })
  await ada.page.getByRole('menuitem', { name: t('messages.menu.reply'), exact: true }).click()
  await ada.say('what a lake')
  await ada
    .message('what a lake')
    .getByRole('button', { name: t('messages.quote.go', { name: 'Bob', body: t('attachments.kind.image') }) })
    .waitFor()
})

test('axe finds nothing in files of messages, the viewer and the gallery', async () => {
  const [ada, bob] = await programFriends(world())
  await send(bob, ada, [lake, wood, sand, dusk])
  await send(bob, ada, [wav('voice.wav', 3)], { voice: true })
  await send(bob, ada, [pdf('letter.pdf')])
  await saving(ada, 'letter.pdf').waitFor()
  await ada.page.getByRole('slider').waitFor()
  await expectClean(ada, 'messages')
  await show(ada, 'lake.png').click()
  await ada.page.getByRole('dialog').getByRole('img', { name: 'lake.png' }).waitFor()
  await expectClean(ada, 'viewer')
  await ada.page.keyboard.press('Escape')
  const dialog = await opensSettings(ada)
  await dialog.getByRole('button', { name: t('attachments.gallery') }).click()
  await ada.page.getByRole('heading', { level: 3 }).waitFor()
  await expectClean(ada, 'gallery')
})

test('a photo is forwarded, as a new one', async () => {
  const [ada, bob] = await programPair(world())
  await send(bob, ada, [named('far.png', lake)], { body: 'look at this' })
  await show(ada, 'far.png').waitFor()
  await ada.open(ada.id)
  await ada.choose('Bob')
  await show(ada, 'far.png').waitFor()
  await ada.chooseFor('look at this', 'messages.menu.forward')
  const dialog = ada.page.getByRole('dialog')
  await dialog.getByText(t('messages.self'), { exact: true }).click()
  await dialog.getByRole('button', { name: 'Forward to one' }).click()
  await ada.choose(t('conversations.self'))
  await ada.sees('look at this')
  await expectSeen(ada.message('look at this'))
  await ada.message('look at this').getByText(t('messages.state.sent')).waitFor()
})

test.for([
  { name: 'picture.png', words: '<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>' },
  { name: 'page.html', words: '<!doctype html><script>alert(1)</script>' },
])('$name with a script in it is only ever saved', async ({ name, words }) => {
  const [ada, bob] = await programPair(world())
  const opened: string[] = []
  ada.page.on('dialog', dialog => opened.push(dialog.message()))
  ada.context.on('page', page => opened.push(page.url()))
  await send(bob, ada, [{ name, bytes: new TextEncoder().encode(words) }])
  const row = saving(ada, name)
  const [download] = await Promise.all([ada.page.waitForEvent('download'), row.click()])
  expect(await readFile(await download.path(), 'utf8')).toBe(words)
  expect(ada.page.url()).toBe(`${ada.world.origin}/`)
  expect(opened).toEqual([])
})

test('a picture that is none says so', async () => {
  const [ada, bob] = await programPair(world())
  await send(bob, ada, [brokenPng('broken.png')])
  await ada.messages.last().getByText(t('attachments.broken')).waitFor()
})
