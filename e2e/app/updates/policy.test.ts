import { afterAll, beforeAll, expect, test } from 'vitest'
import { AppWorld } from '../app-world.ts'

let world: AppWorld

beforeAll(async () => {
  world = await AppWorld.start()
})
afterAll(async () => world.stop())

test('the app breaks no rule of its policy, and asks nobody but the gateway', async () => {
  const person = await world.visitor({ context: { serviceWorkers: 'allow' } })
  const [problems, hosts] = [new Array<string>(), new Set<string>()]
  person.context.on('console', message => {
    const isProblem = message.type() === 'error' || message.type() === 'warning'
    // What is not there is looked at below, with its address.
    if (isProblem && !message.text().startsWith('Failed to load resource')) problems.push(message.text())
  })
  person.context.on('response', response => {
    const { pathname } = new URL(response.url())
    // This network has nobody to propose.
    if (response.status() >= 400 && pathname !== '/.well-known/sotto/suggestions') problems.push(pathname)
  })
  person.context.on('weberror', error => problems.push(error.error().message))
  person.context.on('request', request => hosts.add(new URL(request.url()).host))
  await person.context.exposeFunction('violated', (what: string) => void problems.push(what))
  await person.context.addInitScript(() => {
    const bridge = globalThis as unknown as { violated(what: string): Promise<void> }
    addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI }) => {
      void bridge.violated(`${violatedDirective} ${blockedURI}`)
    })
  })
  await person.page.reload()
  await person.createAccount('Ada')
  const bob = await world.person('Bob')
  await person.write(bob.id, 'Hello Bob')
  await bob.openRequest('Ada')
  await bob.say('Hello Ada')
  await person.sees('Hello Ada')
  // From here on it is the service worker that serves the app.
  const isKept = async (): Promise<boolean> =>
    person.page.evaluate(() => navigator.serviceWorker.controller?.state === 'activated')
  await expect.poll(isKept, { timeout: 60_000, interval: 100 }).toBe(true)
  await person.page.reload()
  await person.pane('conversations.title').waitFor()
  expect(problems).toEqual([])
  expect([...hosts]).toEqual([new URL(world.origin).host])
})

test('a rule that is broken would be seen', async () => {
  const person = await world.visitor()
  const problems: string[] = []
  person.context.on('console', message => problems.push(message.text()))
  await person.page.evaluate(() => {
    const style = document.createElement('style')
    style.textContent = 'body { color: red }'
    document.head.append(style)
  })
  await expect.poll(() => problems.join(' '), { timeout: 20_000 }).toContain('Content Security Policy')
  await expect(person.page.evaluate(async () => fetch('https://evil.example/'))).rejects.toThrow('Failed to fetch')
  await expect(
    person.page.evaluate(() => {
      document.body.innerHTML = '<p>'
    }),
  ).rejects.toThrow('TrustedHTML')
})
