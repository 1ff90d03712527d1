import { type MessengerHome, type RunningAccount } from '@sotto/client/node'

const name = 'Echo'

/**
 * An account that answers whatever it is told, so that somebody who is new and alone can try everything out. It is the one of
 * the last time, or a new one; what it holds is for show, so it needs no passphrase.
 */
export async function startEcho(home: MessengerHome): Promise<RunningAccount> {
  const known = (await home.accounts.list()).find(({ hint, state }) => hint === name && state === 'whole')
  const account =
    known === undefined ? await home.accounts.create(name, { hint: name }) : await home.accounts.unlock(known.slot)
  const echo = await home.start(account)
  void answer(echo)
  return echo
}

/** The id of each answer is made of that of the message: it goes out once, also across restarts. */
async function answer(echo: RunningAccount): Promise<void> {
  await echo.follow('echo', async ({ id, conversation, body }) => {
    if (body === undefined) return
    await echo.client.command('messages.send', { id: `echo ${id}`, conversation, body: `You said: ${body}` })
  })
}
