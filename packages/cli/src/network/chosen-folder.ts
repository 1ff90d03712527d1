import { localNetworkFolder, messengerHome } from '../messenger/messenger-home.ts'

/** The folder of a network: the one that is given, or the network of this user's messenger. */
export function chosenFolder(given: string | undefined, env: Readonly<Record<string, string | undefined>>): string {
  return given === undefined || given === '' ? localNetworkFolder(messengerHome(undefined, env)) : given
}
