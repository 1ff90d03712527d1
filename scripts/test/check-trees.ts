import { treeOf, type Tree, type Verdict } from '../check/tree.ts'

/** An example tree from paths and texts. */
export function example(files: Readonly<Record<string, string>>): Tree {
  return treeOf(new Map(Object.entries(files)))
}

/** The findings of a check as `path:line text`, for comparing. */
export function found({ findings }: Verdict): readonly string[] {
  return findings.map(({ path, line, text }) => `${path}:${line} ${text}`)
}

/** Manifests of two packages, as far as imports need them. */
export const manifests: Readonly<Record<string, string>> = {
  'packages/protocol/package.json': JSON.stringify({
    imports: { '#backend': { node: './src/crypto/backend/node.ts', default: './src/crypto/backend/wasm.ts' } },
    exports: { './encoding': './src/encoding/index.ts', './crypto': './src/crypto/index.ts' },
  }),
  'packages/testing/package.json': JSON.stringify({ exports: { '.': './src/index.ts' } }),
  'packages/server/package.json': JSON.stringify({ exports: { '.': './src/index.ts' } }),
}
