import { readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { type AttachmentView, stageFile } from '@sotto/client'
import { type RunningAccount } from '@sotto/client/node'
import { type Locator } from 'playwright-core'
import { afterEach, expect, test } from 'vitest'
import { type ChosenFile, document, toast } from './attach-files.ts'
import { AppPerson, soon, t } from './app-person.ts'
import { expectClean } from './expect-clean.ts'
import { pdf, png, webm } from './made-files.ts'
import { programFriends } from './program-friends.ts'
import { scenes } from './scenes.ts'
import { SlowLine } from './slow-line.ts'

// The microphone is a tone; a browser without windows has none to give.
const { world } = scenes({ flags: ['--use-fake-device-for-media-stream'], isWhole: true })

const onLines: (readonly [AppPerson, SlowLine])[] = []
afterEach(async ({ task }) => {
  for (const [person, line] of onLines.splice(0)) {
    await person.leave(task.result?.state === 'fail' ? task.name : undefined)
    await line.close()
  }
})

/** Somebody whose way to the gateway can be held up, in the note to self. */
async function onSlowLine(): Promise<readonly [AppPerson, SlowLine]> {
  const line = await SlowLine.open(world().origin)
  const person = await AppPerson.visit({ browser: world().browser, origin: line.origin }, {})
  onLines.push([person, line])
  await person.createAccount('Ada')
  await person.open(person.id)
  return [person, line]
}

async function attach(person: AppPerson, file: ChosenFile): Promise<void> {
  const chooser = person.page.waitForEvent('filechooser')
  await person.press('attach.choose')
  await (await chooser).setFiles(file)
  await person.button('attach.remove', { name: file.name }).waitFor()
}

function saving({ page }: AppPerson, name: string): Locator {
  return page.getByRole('button', { name: `${t('attachments.save')} ${name}` })
}

/** A file that Bob has sent and Ada has, and where it lies on its server. */
async function sent(bob: RunningAccount, ada: AppPerson, name: string): Promise<string> {
  const conversation = ada.id
  const { bytes } = pdf(name)
  const { id } = await bob.client.command('attachments.stage', { conversation, bytes, name })
  await bob.client.command('messages.send', { id: name, conversation, body: '', attachments: [id] })
  await saving(ada, name).waitFor()
  const place = await bob.client.query('attachments.place', { attachment: id })
  const found = (await readdir(world().folder, { recursive: true })).find(path => basename(path) === place?.id)
  if (found === undefined) throw new Error('the file is not on its server')
  return join(world().folder, found)
}

/** A file that Ada has sent, as Bob has it. */
async function received(bob: RunningAccount, ada: AppPerson, name: string): Promise<AttachmentView | undefined> {
  const { messages } = await bob.client.query('messages.page', { conversation: ada.id })
  return messages.flatMap(({ attachments }) => attachments).find(each => each.name === name)
}

/** Removes the files of the conversation with Bob from Ada's device, by the page of storage. */
async function freeUp(ada: AppPerson): Promise<void> {
  await ada.settings('settings.page.storage')
  await ada.press('storage.free.name', { name: 'Bob' })
  await ada.page
    .getByRole('alertdialog')
    .or(ada.page.getByRole('dialog'))
    .getByRole('button', { name: /^Remove/ })
    .click()
  await ada.button('storage.free.name', { name: 'Bob' }).waitFor({ state: 'detached' })
}

async function closeSettings({ page }: AppPerson): Promise<void> {
  await page.keyboard.press('Escape')
  await page.getByRole('dialog').waitFor({ state: 'detached' })
}

test('how much of a file is sent is shown, and sending it can be cancelled and taken up again', async () => {
  const [ada, line] = await onSlowLine()
  await attach(ada, document('large.bin', 9_000_000))
  line.hold(2_000_000)
  await ada.press('composer.send')
  const bar = ada.page.getByRole('progressbar', { name: 'large.bin' })
  await expect.poll(async () => Number(await bar.getAttribute('aria-valuenow')), soon).toBeGreaterThan(0)
  expect(await bar.getAttribute('aria-valuetext')).toMatch(/^[\d.]+ (MB|kB) of 9 MB$/)
  // What the pointer is over has a name beside it.
  await ada.page.mouse.move(0, 0)
  await expectClean(ada, 'sending')
  await ada.press('attachments.cancel', { name: 'large.bin' })
  await ada.messages.last().getByText(t('attachments.state.not-sent')).waitFor()
  await ada.messages.last().getByText(t('error.attachments.cancelled')).first().waitFor()
  expect(await bar.count()).toBe(0)
  line.release()
  await ada.press('attachments.retry', { name: 'large.bin' })
  await saving(ada, 'large.bin').waitFor()
  await ada.messages.last().getByText(t('messages.state.sent')).waitFor()
})

test('a large file goes both ways, by a click where it is received, and is saved whole', async () => {
  const [ada, bob] = await programFriends(world())
  const sizeBytes = 11_000_000
  await attach(ada, document('film.bin', sizeBytes))
  await ada.press('composer.send')
  await saving(ada, 'film.bin').waitFor()
  await expect.poll(async () => (await received(bob, ada, 'film.bin'))?.state, soon).toBe('stopped')
  const { buffer } = document('back.bin', sizeBytes)
  const { id } = await stageFile(bob.client, {
    conversation: ada.id,
    name: 'back.bin',
    sizeBytes,
    read: async (at, length) => new Uint8Array(buffer.subarray(at, at + length)),
  })
  await bob.client.command('messages.send', { id: 'back', conversation: ada.id, body: '', attachments: [id] })
  await ada.press('attachments.download.file', { name: 'back.bin' })
  const [download] = await Promise.all([ada.page.waitForEvent('download'), saving(ada, 'back.bin').click()])
  expect(Buffer.compare(await readFile(await download.path()), buffer)).toBe(0)
})

test('a film does not say where it was made, and is otherwise the same', async () => {
  const [ada, bob] = await programFriends(world())
  const place = 'N48.858 E2.294'
  const { bytes, name } = await webm(ada, 'moving.webm')
  const tags = Buffer.concat([Buffer.from('1254c367', 'hex'), Buffer.from([0x80 | place.length]), Buffer.from(place)])
  const buffer = Buffer.concat([bytes, tags])
  await attach(ada, { name, mimeType: 'video/webm', buffer })
  await ada.press('composer.send')
  await expect.poll(async () => (await received(bob, ada, name))?.state, soon).toBe('here')
  const attachment = (await received(bob, ada, name))?.id ?? 0
  const got = Buffer.from(await bob.client.command('attachments.read', { attachment }))
  expect([buffer.includes(place), got.includes(place)]).toEqual([true, false])
  expect(got.length).toBe(buffer.length)
  await ada.button('attachments.open.video', { name }).click()
  const video = ada.page.getByRole('dialog', { name: t('attachments.viewer') }).locator('video')
  await expect
    .poll(async () => video.evaluate(each => each instanceof HTMLVideoElement && each.currentTime > 0), soon)
    .toBe(true)
})

test('files of a conversation give up their room, and one comes again by a click', async () => {
  const [ada, bob] = await programFriends(world())
  await sent(bob, ada, 'letter.pdf')
  await sent(bob, ada, 'notes.pdf')
  await freeUp(ada)
  const bytes = pdf('letter.pdf').bytes.length + pdf('notes.pdf').bytes.length
  await toast(ada, t('storage.free.done', { freed: `${bytes} bytes` })).waitFor()
  await expectClean(ada, 'storage')
  await closeSettings(ada)
  expect(await ada.messages.getByText(t('attachments.state.evicted')).count()).toBe(2)
  await ada.press('attachments.download.file', { name: 'letter.pdf' })
  await saving(ada, 'letter.pdf').waitFor()
  expect(await ada.messages.getByText(t('attachments.state.evicted')).count()).toBe(1)
})

test('a download that fails says why, and is tried again', async () => {
  const [ada, bob] = await programFriends(world())
  const path = await sent(bob, ada, 'letter.pdf')
  await freeUp(ada)
  await closeSettings(ada)
  const whole = await readFile(path)
  const damaged = Uint8Array.from(whole)
  damaged[20] = (damaged[20] ?? 0) ^ 1
  await writeFile(path, damaged)
  await ada.press('attachments.download.file', { name: 'letter.pdf' })
  const message = ada.messages.last()
  await message.getByText(t('attachments.state.failed'), { exact: true }).waitFor()
  const said = await message.getByRole('status').innerText()
  expect(said.replace(t('attachments.state.failed'), '').trim()).not.toBe('')
  await writeFile(path, whole)
  await ada.press('attachments.retry', { name: 'letter.pdf' })
  await saving(ada, 'letter.pdf').waitFor()
})

test('a file that its server has no more is shown as such', async () => {
  const [ada, bob] = await programFriends(world())
  const path = await sent(bob, ada, 'letter.pdf')
  await freeUp(ada)
  await closeSettings(ada)
  await rm(path)
  await ada.press('attachments.download.file', { name: 'letter.pdf' })
  await ada.messages.last().getByText(t('attachments.state.gone')).waitFor()
  await ada.button('attachments.retry', { name: 'letter.pdf' }).waitFor()
})

test('the details of a message say what is known of its file', async () => {
  const [ada, bob] = await programFriends(world())
  const { bytes, name } = png('lake.png', 40, 30, [50, 120, 180])
  const { id } = await bob.client.command('attachments.stage', { conversation: ada.id, bytes, name })
  await bob.client.command('messages.send', { id: name, conversation: ada.id, body: 'the lake', attachments: [id] })
  await ada.button('attachments.open.image', { name }).waitFor()
  await ada.chooseFor('the lake', 'messages.menu.details')
  const details = ada.page.getByRole('region', { name: t('details.message') })
  const place = await bob.client.query('attachments.place', { attachment: id })
  for (const fact of [name, 'image/png', '40 × 30', place?.id ?? '', place?.server ?? '']) {
    await details.getByText(fact, { exact: true }).first().waitFor()
  }
})

test('a recording waits in its conversation while one is elsewhere, and is not sent by itself', async () => {
  const [ada, bob] = await programFriends(world())
  await ada.context.grantPermissions(['microphone'], { origin: world().origin })
  const sentByAda = async (): Promise<number> => {
    const { messages } = await bob.client.query('messages.page', { conversation: ada.id })
    return messages.filter(({ attachments }) => attachments.some(({ kind }) => kind === 'voice')).length
  }
  await ada.button('voice.start').press('Enter')
  await ada.page
    .getByRole('timer')
    .getByText(/^0:0[2-9]$/)
    .waitFor()
  await ada.open(ada.id)
  await toast(ada, t('voice.kept')).waitFor()
  await ada.say('a note')
  expect(await sentByAda()).toBe(0)
  await ada.row('Bob').getByText(t('attachments.kind.voice'), { exact: true }).waitFor()
  await ada.row('Bob').click()
  const draft = ada.page.getByRole('group', { name: t('voice.draft') })
  await draft.getByText(/^0:00 of 0:0[2-9]$/).waitFor()
  await expectClean(ada, 'kept recording')
  await ada.page.reload()
  await ada.row('Bob').click()
  await draft.getByRole('button', { name: t('voice.send') }).click()
  await expect.poll(sentByAda, soon).toBe(1)
  await draft.waitFor({ state: 'detached' })
  await ada.composer.waitFor()
})
