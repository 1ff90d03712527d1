/** Why a link may not lead where it seems to. */
export type LinkDoubt = 'user-info' | 'look-alike' | 'odd-signs' | 'address' | 'port' | 'not-encrypted'

/** Letters of these never stand together in the name of one honest site. */
const scripts = [
  /\p{Script=Latin}/u,
  /\p{Script=Cyrillic}/u,
  /\p{Script=Greek}/u,
  /\p{Script=Armenian}/u,
  /\p{Script=Cherokee}/u,
]
/** Turns the text around it, takes no room, or looks like a slash or a dot. */
const odd = /[\p{Cf}\p{Zl}\p{Zp}\u2044\u2215\u29f8\uff0f\u3002\uff0e\uff61\u2024]/u

/** What speaks against a link; nothing for an ordinary one. `shown` is how it stands in the text. */
export function assessLink(shown: string, url: string): readonly LinkDoubt[] {
  const parsed = URL.parse(url)
  if (parsed === null) return ['odd-signs']
  const { hostname, password, port, protocol, username } = parsed
  const doubts: LinkDoubt[] = []
  if (username !== '' || password !== '') doubts.push('user-info')
  if (isLookAlike(shown, hostname)) doubts.push('look-alike')
  if (odd.test(shown)) doubts.push('odd-signs')
  if (/^(?:\d+\.){3}\d+$|^\[/.test(hostname)) doubts.push('address')
  if (port !== '') doubts.push('port')
  if (protocol === 'http:') doubts.push('not-encrypted')
  return doubts
}

/** A name of letters of several scripts, or one that is not Latin and could be taken for it. */
function isLookAlike(shown: string, hostname: string): boolean {
  if (!hostname.split('.').some(label => label.startsWith('xn--'))) return false
  const name = /^(?:https?:\/\/)?([^/?#]*)/iu.exec(shown)?.[1] ?? ''
  const labels = name.split('.').slice(0, -1)
  if (labels.some(label => label.startsWith('xn--'))) return true
  return labels.some(label => {
    const used = scripts.filter(script => script.test(label))
    return used.length > 1 || (used.length === 1 && !/\p{Script=Latin}/u.test(label))
  })
}
