/** Names of machines and their ports, as browsers write them; anything else is no name to repeat. */
const hostShape = /^(?:[0-9a-z.-]{1,253}|\[[0-9a-f:.]{2,45}\])(?::\d{1,5})?$/i

/** Whatever is not named may come from nowhere. Scripts are made of two kinds of address only, both by one policy of the app. */
const policy = [
  "default-src 'none'",
  "script-src 'self' 'wasm-unsafe-eval'",
  "style-src 'self'",
  "img-src 'self' data: blob:",
  "font-src 'self'",
  "media-src 'self' blob:",
  "worker-src 'self'",
  "manifest-src 'self'",
  "frame-ancestors 'none'",
  "base-uri 'none'",
  "form-action 'none'",
  "require-trusted-types-for 'script'",
  'trusted-types sotto-scripts',
]

/** What pages could ask of a device, and these may not. Microphone, camera and copying are asked for by the user. */
const permissions = [
  ...['microphone', 'camera', 'clipboard-write', 'fullscreen'].map(name => `${name}=(self)`),
  ...[
    'accelerometer',
    'autoplay',
    'browsing-topics',
    'clipboard-read',
    'display-capture',
    'encrypted-media',
    'geolocation',
    'gyroscope',
    'hid',
    'idle-detection',
    'local-fonts',
    'magnetometer',
    'midi',
    'payment',
    'picture-in-picture',
    'publickey-credentials-get',
    'screen-wake-lock',
    'serial',
    'storage-access',
    'usb',
    'window-management',
    'xr-spatial-tracking',
  ].map(name => `${name}=()`),
].join(', ')

/**
 * The headers that every file of the app has. `host` is what the client calls the server: not every browser counts WebSockets
 * to it among `'self'`.
 */
export function appHeaders(host: string | undefined): Readonly<Record<string, string>> {
  const sockets = host !== undefined && hostShape.test(host) ? ` ws://${host} wss://${host}` : ''
  return {
    'content-security-policy': [...policy, `connect-src 'self'${sockets}`].join('; '),
    'cross-origin-opener-policy': 'same-origin',
    'cross-origin-resource-policy': 'same-origin',
    'permissions-policy': permissions,
    'referrer-policy': 'no-referrer',
    'x-content-type-options': 'nosniff',
  }
}
