import {
  Ed25519KeyPair,
  ed25519KeyPairToX25519,
  Ed25519Seed,
  X25519KeyPair,
  X25519SecretKey,
} from '@sotto/protocol/crypto'
import { openMessage, sealMessage } from '@sotto/protocol/seal'
import type { Bare } from '../bare/bare.ts'
import type { BenchCase } from '../case.ts'

/** Direct messages of version 1. A signature and a sealed box are what sealing cannot avoid. */
export function sealCases(bare: Bare): readonly BenchCase[] {
  const sender = new Ed25519KeyPair(new Ed25519Seed(new Uint8Array(32).fill(1)))
  const recipient = ed25519KeyPairToX25519(new Ed25519KeyPair(new Ed25519Seed(new Uint8Array(32).fill(2))))
  const content = new Uint8Array(400).fill(7)
  const ephemeral = new Uint8Array(32).fill(3)
  const secret64 = sender.expose()
  const secret = recipient.secretKey.expose()
  const signed = new Uint8Array(content.length + 64)
  const inner = new Uint8Array(content.length + 96)
  const seal = (): Uint8Array =>
    sealMessage(content, sender, recipient.publicKey, new X25519KeyPair(new X25519SecretKey(ephemeral)))
  const sealed = seal()
  const senderKey = ed25519KeyPairToX25519(sender).publicKey
  const signature = bare.ed25519Sign(secret64, signed)
  return [
    {
      name: 'seal/v1 seal 400 B',
      goal: 1.25,
      ours: seal,
      bare: () => [bare.ed25519Sign(secret64, signed), bare.sealBox(inner, recipient.publicKey)],
    },
    {
      name: 'seal/v1 open 400 B',
      goal: 1.25,
      ours: () => openMessage(sealed, recipient),
      bare: () => [
        bare.openSealedBox(sealed, recipient.publicKey, secret),
        bare.ed25519Verify(sender.publicKey, signed, signature),
        bare.ed25519ToX25519(sender.publicKey),
      ],
    },
    {
      name: 'seal/v1 open 400 B, known sender',
      goal: 1.25,
      ours: () => openMessage(sealed, recipient, () => senderKey),
      bare: () => [
        bare.openSealedBox(sealed, recipient.publicKey, secret),
        bare.ed25519Verify(sender.publicKey, signed, signature),
      ],
    },
  ]
}
