import { type MessageView, type TypedClient } from '@sotto/client'
import { expect, test } from 'vitest'
import { forwardMessage } from '../../src/messages/forward-message.ts'
import { aView } from '../attachments/a-view.ts'

/** Keeps what it is asked to do, and fails at one thing. */
function aClient(failing?: string) {
  const asked: string[] = []
  let staged = 100
  const command = async (name: string, args: Readonly<Record<string, unknown>>): Promise<unknown> => {
    asked.push(`${name} ${JSON.stringify(args)}`)
    if (name === failing) throw new Error(name)
    if (name === 'attachments.read') return new Uint8Array([1])
    staged += 1
    return { id: staged }
  }
  return { asked, client: { command } as unknown as TypedClient }
}

const message = {
  body: 'look',
  attachments: [aView({ id: 1, name: 'a.png' }), aView({ id: 2, name: 'b.png' })],
} as unknown as MessageView

test('files go along with the words', async () => {
  const { asked, client } = aClient()
  await forwardMessage(client, { message, conversation: 'bob', id: 'once' })
  expect(asked.at(-1)).toBe(
    'messages.send {"id":"once","conversation":"bob","body":"look","attachments":[101,102],"voice":false}',
  )
})

test('a voice message stays one', async () => {
  const { asked, client } = aClient()
  const voice = { attachments: [aView({ kind: 'voice' })] } as unknown as MessageView
  await forwardMessage(client, { message: voice, conversation: 'bob', id: 'once' })
  expect(asked.at(-1)).toContain('"body":"","attachments":[101],"voice":true')
})

test('what could not be sent does not stay with the other conversation', async () => {
  const { asked, client } = aClient('messages.send')
  await expect(forwardMessage(client, { message, conversation: 'bob', id: 'once' })).rejects.toThrow('messages.send')
  expect(asked.slice(-2)).toEqual(['attachments.unstage {"attachment":101}', 'attachments.unstage {"attachment":102}'])
})
