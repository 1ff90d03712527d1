// A client of the network in one file, written from docs/protocol alone: it imports nothing of Sotto, only Node's own
// modules and the audited @noble libraries. It makes an account, stores a message, reads it back and deletes it, directly
// and through onions of three hops in both ciphers, and verifies the signature of every member of the swarm.
//
//   node docs/examples/raw-client.mjs http://127.0.0.1:PORT/
//
// The URL is that of a seed. `sotto network up` prints it.

import assert from 'node:assert/strict'
import { randomBytes, randomInt } from 'node:crypto'
import { request as httpRequest } from 'node:http'
import { Agent, request as httpsRequest } from 'node:https'
import { gcm } from '@noble/ciphers/aes.js'
import { xchacha20poly1305 } from '@noble/ciphers/chacha.js'
import { ed25519, x25519 } from '@noble/curves/ed25519.js'
import { blake2b } from '@noble/hashes/blake2.js'
import { hmac } from '@noble/hashes/hmac.js'
import { sha256 } from '@noble/hashes/sha2.js'

const hex = bytes => Buffer.from(bytes).toString('hex')
const fromHex = text => new Uint8Array(Buffer.from(text, 'hex'))
const base64 = bytes => Buffer.from(bytes).toString('base64')
const fromBase64 = text => new Uint8Array(Buffer.from(text, 'base64'))
const utf8 = text => new Uint8Array(Buffer.from(text))
const concat = (...parts) => new Uint8Array(Buffer.concat(parts))

// --- HTTP ---------------------------------------------------------------------------------------------------------

// Certificates of nodes are self-signed and say nothing: what counts are the onion's layers and the members' signatures.
const agent = new Agent({ keepAlive: true, rejectUnauthorized: false, ALPNProtocols: ['http/1.1'] })

/** Posts bytes; gives status, headers and the body as bytes. */
function post(url, body, headers = {}) {
  const secure = url.protocol === 'https:'
  return new Promise((resolve, reject) => {
    const request = (secure ? httpsRequest : httpRequest)(url, {
      method: 'POST',
      headers: { 'content-length': body.length, ...headers },
      ...(secure ? { agent } : {}),
      timeout: 35_000,
    })
    request.once('timeout', () => request.destroy(new Error('no answer within 35 s')))
    request.once('error', reject)
    request.once('response', response => {
      const chunks = []
      response.on('data', chunk => chunks.push(chunk))
      response.once('error', reject)
      response.once('end', () => {
        resolve({ status: response.statusCode, headers: response.headers, body: concat(...chunks) })
      })
    })
    request.end(body)
  })
}

// --- Bootstrap: spec 20 §1.2 --------------------------------------------------------------------------------------

/** Asks a seed for all nodes. */
async function fetchNodes(seed) {
  const fields = ['public_ip', 'storage_port', 'pubkey_x25519', 'pubkey_ed25519', 'swarm_id', 'height']
  const call = { jsonrpc: '2.0', method: 'get_n_service_nodes', params: { active_only: true, fields } }
  const reply = await post(new URL('json_rpc', seed), utf8(JSON.stringify(call)))
  assert.equal(reply.status, 200)
  assert.equal(reply.headers['content-type'], 'application/json')
  // Swarm ids are 64-bit numbers, which JSON.parse would round: they become strings first.
  const text = Buffer.from(reply.body)
    .toString()
    .replace(/("swarm_id"\s*:\s*)(\d+)/g, '$1"$2"')
  const nodes = JSON.parse(text).result.service_node_states.filter(node => node.public_ip !== '0.0.0.0')
  return nodes.map(node => ({
    ip: node.public_ip,
    port: node.storage_port,
    x25519: node.pubkey_x25519,
    ed25519: node.pubkey_ed25519,
    swarm: BigInt(node.swarm_id),
  }))
}

// --- Which swarm: spec 20 §2.1 ------------------------------------------------------------------------------------

/** The id of the swarm that keeps an account's messages. */
function swarmFor(account, nodes) {
  const key = Buffer.from(account.slice(2), 'hex')
  const place = [0, 8, 16, 24].reduce((folded, at) => folded ^ key.readBigUInt64BE(at), 0n)
  const ids = [...new Set(nodes.map(node => node.swarm))]
    .filter(id => id !== 2n ** 64n - 1n)
    .toSorted((a, b) => (a < b ? -1 : 1))
  const found = ids.findIndex(id => id >= place)
  const at = found < 0 ? 0 : found
  const right = ids[at]
  const left = ids.at(at - 1)
  const distance = (from, to) => BigInt.asUintN(64, to - from)
  return distance(place, right) < distance(left, place) ? right : left
}

// --- Accounts and signatures: spec 20 §3.2 ------------------------------------------------------------------------

/** A new account. Its id is the X25519 form of its Ed25519 key behind `05`. */
function createAccount() {
  const secretKey = new Uint8Array(randomBytes(32))
  const publicKey = ed25519.getPublicKey(secretKey)
  return { secretKey, ed25519: hex(publicKey), id: `05${hex(ed25519.utils.toMontgomery(publicKey))}` }
}

const sign = (account, text) => base64(ed25519.sign(utf8(text), account.secretKey))

/** BLAKE2b over prefix, key, namespace (nothing for 0) and data. Spec 20 §3.4. */
function messageHash(accountId, namespace, data) {
  const ns = namespace === 0 ? '' : String(namespace)
  return base64(blake2b(concat(fromHex(accountId), utf8(ns), data), { dkLen: 32 })).replace(/=+$/, '')
}

/**
 * Whoever says that it did something must have signed it, and a majority must have done it. Gives those who have; a member
 * that was too slow for the reply gets the request later. Spec 20 §3.5.
 */
function verifyMembers(reply, members, textOf) {
  assert.deepEqual(new Set(Object.keys(reply.swarm)), new Set(members.map(node => node.ed25519)))
  const done = members.filter(({ ed25519: id }) => {
    const result = reply.swarm[id]
    if (result.failed) {
      assert.ok(result.timeout, `a member failed: ${JSON.stringify(result)}`)
      return false
    }
    const signed = ed25519.verify(fromBase64(result.signature), utf8(textOf(result)), fromHex(id))
    assert.ok(signed, 'the signature of a member is wrong')
    return true
  })
  assert.ok(2 * done.length > members.length, 'too few members have confirmed it')
  return done
}

// --- Onions: spec 20 §4 -------------------------------------------------------------------------------------------

/** Key and functions of one layer. Spec 20 §4.2. */
const ciphers = {
  'aes-gcm': {
    nonceSize: 12,
    key: (shared, _ephemeral, _node) => hmac(sha256, utf8('LOKI'), shared),
    create: gcm,
  },
  xchacha20: {
    nonceSize: 24,
    key: (shared, ephemeral, node) => blake2b(concat(shared, ephemeral, node), { dkLen: 32 }),
    create: xchacha20poly1305,
  },
}

/** length (u32, little-endian) ‖ blob ‖ JSON. Spec 20 §4.1. */
function frame(blob, json) {
  const length = Buffer.alloc(4)
  length.writeUInt32LE(blob.length)
  return concat(length, blob, utf8(JSON.stringify(json)))
}

/** Encrypts a layer for one node. Gives the blob, the JSON that goes with it and the key that opens the reply. */
function sealLayer(cipherName, plaintext, node) {
  const cipher = ciphers[cipherName]
  const secretKey = new Uint8Array(randomBytes(32))
  const ephemeral = x25519.getPublicKey(secretKey)
  const nodeKey = fromHex(node.x25519)
  const key = cipher.key(x25519.getSharedSecret(secretKey, nodeKey), ephemeral, nodeKey)
  const nonce = new Uint8Array(randomBytes(cipher.nonceSize))
  const blob = concat(nonce, cipher.create(key, nonce).encrypt(plaintext))
  // AES-GCM is what an absent enc_type means.
  const encType = cipherName === 'aes-gcm' ? {} : { enc_type: cipherName }
  return { blob, key, route: { ephemeral_key: hex(ephemeral), ...encType } }
}

function openReply(cipherName, body, key) {
  const { nonceSize, create } = ciphers[cipherName]
  const sealed = fromBase64(Buffer.from(body).toString())
  return create(key, sealed.subarray(0, nonceSize)).decrypt(sealed.subarray(nonceSize))
}

/** Sends a storage request to a node through three others. Spec 20 §4.3, §4.4. */
async function askThroughOnion(cipherName, hops, node, rpc) {
  const destination = sealLayer(cipherName, frame(utf8(JSON.stringify(rpc)), { headers: {} }), node)
  let layer = destination
  let next = node
  for (const hop of hops.toReversed()) {
    layer = sealLayer(cipherName, frame(layer.blob, { destination: next.ed25519, ...layer.route }), hop)
    next = hop
  }
  const reply = await post(new URL(`https://${next.ip}:${next.port}/onion_req/v2`), frame(layer.blob, layer.route))
  assert.equal(reply.status, 200, Buffer.from(reply.body).toString())
  const { status, body } = JSON.parse(Buffer.from(openReply(cipherName, reply.body, destination.key)).toString())
  return { status, body: parseBody(body) }
}

/** Sends it straight. */
async function askDirectly(node, rpc) {
  const url = new URL(`https://${node.ip}:${node.port}/storage_rpc/v1`)
  const reply = await post(url, utf8(JSON.stringify(rpc)), { 'content-type': 'application/json' })
  return { status: reply.status, body: parseBody(Buffer.from(reply.body).toString()) }
}

/** JSON, or the text of an error. */
function parseBody(text) {
  try {
    return JSON.parse(text)
  } catch {
    return text
  }
}

// --- The round ----------------------------------------------------------------------------------------------------

/** Three different nodes, none of them the destination. */
function choosePath(nodes, destination) {
  const others = nodes.filter(node => node.ed25519 !== destination.ed25519)
  return [1, 2, 3].map(() => others.splice(randomInt(others.length), 1)[0])
}

/** One of the nodes by chance. */
const anyOf = nodes => nodes[randomInt(nodes.length)]

/** Stores, reads and deletes one message of a new account; `ask(node, rpc)` is the way the requests travel. */
async function playRound(name, nodes, ask) {
  const account = createAccount()
  const call = async (node, method, params) => {
    const { status, body } = await ask(node, { method, params })
    assert.equal(status, 200, `${method}: ${JSON.stringify(body)}`)
    return body
  }

  const { snodes, swarm } = await call(anyOf(nodes), 'get_swarm', { pubkey: account.id })
  assert.equal(BigInt(`0x${swarm}`), swarmFor(account.id, nodes), 'the node and we do not agree about the swarm')
  const members = snodes.map(member => nodes.find(node => node.ed25519 === member.pubkey_ed25519))
  assert.ok(members.length > 0 && members.every(Boolean), 'the swarm has nodes that the seed does not know')

  const data = new Uint8Array(randomBytes(700))
  const hash = messageHash(account.id, 0, data)
  const stored = await call(anyOf(members), 'store', {
    pubkey: account.id,
    timestamp: Date.now(),
    ttl: 14 * 86_400_000,
    data: base64(data),
    namespace: 0,
  })
  assert.equal(stored.hash, hash)
  const keepers = verifyMembers(stored, members, result => result.hash)

  const read = () => {
    const timestamp = Date.now()
    return {
      pubkey: account.id,
      pubkey_ed25519: account.ed25519,
      namespace: 0,
      last_hash: '',
      timestamp,
      signature: sign(account, `retrieve${timestamp}`),
    }
  }
  for (const member of keepers) {
    const { messages, more } = await call(member, 'retrieve', read())
    assert.deepEqual(
      messages.map(message => [message.hash, message.data]),
      [[hash, base64(data)]],
    )
    assert.equal(more, false)
  }

  // Several requests in one, as clients poll; one of them may not be answered: it lacks its signature.
  const unsigned = { pubkey: account.id, namespace: 2 }
  const requests = [
    { method: 'retrieve', params: read() },
    { method: 'info', params: {} },
  ]
  const { results } = await call(anyOf(keepers), 'batch', { requests })
  assert.deepEqual(
    results.map(result => result.code),
    [200, 200],
  )
  assert.equal(results[0].body.messages[0].hash, hash)
  const refused = await ask(anyOf(members), { method: 'retrieve', params: unsigned })
  assert.equal(refused.status, 400)
  assert.equal(typeof refused.body, 'string')

  const deletion = { pubkey: account.id, pubkey_ed25519: account.ed25519, messages: [hash] }
  const deleted = await call(anyOf(keepers), 'delete', { ...deletion, signature: sign(account, `delete${hash}`) })
  const cleared = verifyMembers(deleted, members, result => `${account.id}${hash}${result.deleted.join('')}`)
  for (const member of cleared) {
    assert.deepEqual((await call(member, 'retrieve', read())).messages, [])
  }

  const stranger = nodes.find(node => node.swarm !== BigInt(`0x${swarm}`))
  if (stranger !== undefined) {
    const { status, body } = await ask(stranger, { method: 'retrieve', params: read() })
    assert.equal(status, 421)
    assert.equal(body.swarm, swarm)
  }
  return `${name}: stored at ${keepers.length} and deleted at ${cleared.length} of ${members.length} members, all signed`
}

const [seed] = process.argv.slice(2)
if (seed === undefined) {
  process.stderr.write('Usage: node docs/examples/raw-client.mjs SEED_URL\n')
  process.exit(2)
}
const nodes = await fetchNodes(new URL(seed.endsWith('/') ? seed : `${seed}/`))
process.stdout.write(`${nodes.length} nodes in ${new Set(nodes.map(node => node.swarm)).size} swarms\n`)
process.stdout.write(`${await playRound('directly', nodes, askDirectly)}\n`)
for (const cipher of Object.keys(ciphers)) {
  const ask = (node, rpc) => askThroughOnion(cipher, choosePath(nodes, node), node, rpc)
  process.stdout.write(`${await playRound(`three hops, ${cipher}`, nodes, ask)}\n`)
}
agent.destroy()
