import { playwright } from '@vitest/browser-playwright'
import { defineConfig } from 'vitest/config'
import { chromiumFlags, findChromium } from './scripts/chromium/find-chromium.ts'
import { onlyWasmBackend, wasmBackendAlias } from './scripts/chromium/wasm-backend.ts'

const protocolTests = 'packages/{protocol,testing}/test/**/*.test.ts'
/** Adapters to browsers: these tests start workers, so they run in a real page only. */
const browserTests = 'packages/client/test/web/chromium/**/*.test.ts'
const chromium = findChromium()
/** How long a condition is waited for: as long as a busy machine needs, and never a measure of speed. */
const expect = { poll: { timeout: 30_000 } }

/**
 * The same suites in three places: `node` with the native backend, `wasm` in Node with the browser's backend, and
 * `chromium` with that backend in a real page. Files share one process (no isolation), which is ten times faster
 * and fair, because no module keeps state.
 */
export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: 'node',
          expect,
          include: ['packages/*/test/**/*.test.ts'],
          exclude: [browserTests],
          isolate: false,
          testTimeout: 60_000,
        },
      },
      // The same scenarios of people in processes of their own and in tabs of a browser, each on a network of real nodes.
      {
        test: {
          name: 'client-node',
          expect,
          include: ['e2e/client/node.test.ts'],
          testTimeout: 180_000,
          hookTimeout: 120_000,
        },
      },
      {
        test: {
          name: 'client-chromium',
          expect,
          include: ['e2e/client/chromium.test.ts'],
          testTimeout: 180_000,
          hookTimeout: 120_000,
        },
      },
      // People who press what they see, in a real browser. Each file has a network of its own, so only two run at once.
      {
        test: {
          name: 'app',
          expect,
          include: ['e2e/app/**/*.test.ts'],
          testTimeout: 120_000,
          hookTimeout: 120_000,
          globalSetup: ['e2e/app/build.ts'],
          maxWorkers: 2,
        },
      },
      {
        test: { name: 'scripts', expect, include: ['scripts/test/**/*.test.ts'], isolate: false, testTimeout: 60_000 },
      },
      {
        plugins: [onlyWasmBackend],
        resolve: { alias: wasmBackendAlias },
        test: { name: 'wasm', expect, include: [protocolTests], isolate: false, testTimeout: 60_000 },
      },
      {
        cacheDir: '.cache/vite-chromium',
        // Its wasm lies beside it, and must still do so when it is served.
        optimizeDeps: { exclude: ['@journeyapps/wa-sqlite'] },
        worker: { format: 'es' },
        plugins: [onlyWasmBackend],
        resolve: { alias: wasmBackendAlias },
        test: {
          name: 'chromium',
          expect,
          include: [protocolTests, browserTests],
          isolate: false,
          testTimeout: 60_000,
          browser: {
            enabled: true,
            headless: true,
            screenshotFailures: false,
            provider: playwright({
              launchOptions: {
                ...(chromium === undefined ? {} : { executablePath: chromium }),
                args: [...chromiumFlags],
              },
            }),
            instances: [{ browser: 'chromium' }],
          },
        },
      },
    ],
  },
})
