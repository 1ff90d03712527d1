/** The part of Trusted Types that is used here; browsers without it take plain strings. */
interface TrustedTypes {
  createPolicy(name: string, rules: { createScriptURL(url: string): string }): { createScriptURL(url: string): string }
}

const { trustedTypes } = globalThis as { trustedTypes?: TrustedTypes }

const rules = {
  /** Only files of this origin ever run. */
  createScriptURL(url: string): string {
    const { href, origin } = new URL(url, document.baseURI)
    if (origin !== location.origin) throw new TypeError('a script of another origin')
    return href
  },
}

const policy = trustedTypes?.createPolicy('sotto-scripts', rules) ?? rules

/** The address of a worker of ours, as the content security policy wants it. The only place where script addresses are made. */
export function scriptUrl(url: string): string {
  return policy.createScriptURL(url)
}
