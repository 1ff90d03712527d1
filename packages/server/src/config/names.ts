/** `httpsPort` as it is written on the command line and in files: `https-port`. */
export function kebabName(name: string): string {
  return name.replaceAll(/[A-Z]/g, letter => `-${letter.toLowerCase()}`)
}

/** `httpsPort` as it is written in the environment: `SOTTO_HTTPS_PORT`. */
export function environmentName(name: string): string {
  return `SOTTO_${kebabName(name).replaceAll('-', '_').toUpperCase()}`
}
