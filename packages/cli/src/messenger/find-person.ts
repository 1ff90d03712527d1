import { AccountError, parseAccountId } from '@sotto/protocol/account'
import { CliError } from '../cli-error.ts'
import { type Session } from './session.ts'

/**
 * The account id that is meant by an id, by the name or nickname of a contact, by `me`, or by a registered name, which the
 * network is asked for.
 * @throws {CliError} `cli.unknown-person`, `cli.which-person`
 */
export async function findPerson(text: string, session: Session): Promise<string> {
  const id = accountIdIn(text)
  if (id !== undefined) return id
  if (text === 'me') return (await session.client.query('account.get')).id
  const named = await contactsNamed(text, session)
  if (named.length > 1) throw new CliError('cli.which-person', { count: named.length })
  const [only] = named
  if (only !== undefined) return only
  const { account } = await session.client.command('names.look-up', { name: text })
  if (account === undefined) throw new CliError('cli.unknown-person')
  return account
}

function accountIdIn(text: string): string | undefined {
  try {
    return parseAccountId(text)
  } catch (error) {
    if (error instanceof AccountError) return undefined
    throw error
  }
}

/** Without regard to case; an exact name comes before one that only begins so. */
async function contactsNamed(text: string, session: Session): Promise<readonly string[]> {
  const wanted = text.toLowerCase()
  const contacts = await session.client.query('contacts.list')
  const exact = contacts.filter(({ name, nickname }) => [name, nickname].some(each => each?.toLowerCase() === wanted))
  const begun = contacts.filter(({ shownName }) => shownName.toLowerCase().startsWith(wanted))
  return (exact.length > 0 ? exact : begun).map(({ id }) => id)
}
