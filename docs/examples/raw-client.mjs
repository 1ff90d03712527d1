// A client of the network in one file, written from docs/protocol alone: it imports nothing of Sotto, only Node's own
// modules and the audited @noble libraries. It makes an account, stores a message, reads it back and deletes it, directly
// and through onions of three hops in both ciphers, and verifies the signature of every member of the swarm. It also writes to
// somebody and waits for an answer, and does so with a file, which it brings to a file server.
//
//   node docs/examples/raw-client.mjs http://127.0.0.1:PORT/
//   node docs/examples/raw-client.mjs http://127.0.0.1:PORT/ ACCOUNT_ID TEXT [PATH FILE_SERVER_URL FILE_SERVER_KEY]
//
// The first URL is that of a seed. `sotto network up` prints all of them.

import assert from 'node:assert/strict'
import { randomBytes, randomInt } from 'node:crypto'
import { request as httpRequest } from 'node:http'
import { Agent, request as httpsRequest } from 'node:https'
import { setTimeout } from 'node:timers/promises'
import { readFileSync } from 'node:fs'
import { basename } from 'node:path'
import { cbc, gcm } from '@noble/ciphers/aes.js'
import { xchacha20poly1305 } from '@noble/ciphers/chacha.js'
import { hsalsa, xsalsa20poly1305 } from '@noble/ciphers/salsa.js'
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

/** Asks a server outside, through three nodes. Gives the code and the body. Spec 20 §4.3, §4.5. */
async function askServer(hops, server, method, endpoint, body) {
  const head = utf8(JSON.stringify({ method, endpoint, headers: {} }))
  const parts = body === undefined ? [head] : [head, body]
  const lists = parts.map(part => concat(utf8(`${part.length}:`), part))
  const destination = sealLayer('aes-gcm', concat(utf8('l'), ...lists, utf8('e')), server)
  const { hostname: host, protocol, port } = server.url
  const way = {
    host,
    target: '/oxen/v4/lsrpc',
    method: 'POST',
    protocol: protocol.slice(0, -1),
    port: Number(port || 80),
  }
  const [first, ...others] = hops.toReversed()
  let layer = sealLayer('aes-gcm', frame(destination.blob, { ...way, ...destination.route }), first)
  let next = first
  for (const hop of others) {
    layer = sealLayer('aes-gcm', frame(layer.blob, { destination: next.ed25519, ...layer.route }), hop)
    next = hop
  }
  const reply = await post(new URL(`https://${next.ip}:${next.port}/onion_req/v2`), frame(layer.blob, layer.route))
  assert.equal(reply.status, 200, Buffer.from(reply.body).toString())
  // Here the reply is bytes, not base64: l<n>:<json><m>:<body>e.
  const opened = gcm(destination.key, reply.body.subarray(0, 12)).decrypt(reply.body.subarray(12))
  const [json, content] = readStrings(opened)
  return { code: JSON.parse(Buffer.from(json).toString()).code, body: content }
}

/** The byte strings of a bencoded list. */
function readStrings(bytes) {
  const strings = []
  for (let at = 1; bytes[at] !== 0x65;) {
    const colon = bytes.indexOf(0x3a, at)
    const end = colon + 1 + Number(Buffer.from(bytes.subarray(at, colon)).toString())
    strings.push(bytes.subarray(colon + 1, end))
    at = end
  }
  return strings
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

// --- Messages: spec 10 §2.1, §2.2, §3.2, §4 ------------------------------------------------------------------------

/** A number in groups of seven bits, lowest first. */
function varint(value) {
  const bytes = []
  let rest = BigInt(value)
  for (; rest > 127n; rest >>= 7n) bytes.push(Number(rest & 127n) | 128)
  return new Uint8Array([...bytes, Number(rest)])
}

/** Fields of a protobuf message, `[number, value]` each: numbers as varints, bytes and texts with their length. */
function encodeFields(fields) {
  const encoded = fields.map(([number, value]) => {
    if (typeof value === 'number') return concat(varint(number << 3), varint(value))
    const bytes = typeof value === 'string' ? utf8(value) : value
    return concat(varint((number << 3) | 2), varint(bytes.length), bytes)
  })
  return concat(...encoded)
}

/** The last value of each field of a protobuf message by its number: a bigint or bytes. */
function decodeFields(bytes) {
  const fields = new Map()
  let at = 0
  const readVarint = () => {
    let value = 0n
    for (let shift = 0n; ; shift += 7n) {
      assert.ok(at < bytes.length && shift < 70n, 'a number ends too early')
      const byte = bytes[at++]
      value |= BigInt(byte & 127) << shift
      if (byte < 128) return value
    }
  }
  while (at < bytes.length) {
    const tag = Number(readVarint())
    if ((tag & 7) === 0) fields.set(tag >> 3, readVarint())
    else if ((tag & 7) === 1) fields.set(tag >> 3, bytes.subarray(at, (at += 8)))
    else {
      assert.equal(tag & 7, 2, 'a kind of field that no message here has')
      const end = Number(readVarint()) + at
      assert.ok(end <= bytes.length, 'a field ends too early')
      fields.set(tag >> 3, bytes.subarray(at, end))
      at = end
    }
  }
  return fields
}

/** Up to the next multiple of 160: one byte 0x80, then zeros. */
function pad(content) {
  const padded = new Uint8Array(content.length + 1 + (160 - ((content.length + 1) % 160)))
  padded.set(content)
  padded[content.length] = 0x80
  return padded
}

const unpad = padded => padded.subarray(0, padded.lastIndexOf(0x80))

/** The cipher of a box between two X25519 keys: libsodium's crypto_box. */
function boxCipher(secretKey, publicKey, nonce) {
  const words = bytes => new Uint32Array(bytes.slice().buffer)
  const key = new Uint32Array(8)
  hsalsa(words(utf8('expand 32-byte k')), words(x25519.getSharedSecret(secretKey, publicKey)), new Uint32Array(4), key)
  return xsalsa20poly1305(new Uint8Array(key.buffer), nonce)
}

/** An anonymous box: a fresh key ‖ what only the recipient opens. */
function sealBox(plaintext, recipient) {
  const secretKey = new Uint8Array(randomBytes(32))
  const ephemeral = x25519.getPublicKey(secretKey)
  const nonce = blake2b(concat(ephemeral, recipient), { dkLen: 24 })
  return concat(ephemeral, boxCipher(secretKey, recipient, nonce).encrypt(plaintext))
}

function openBox(box, account) {
  const [ephemeral, own] = [box.subarray(0, 32), fromHex(account.id.slice(2))]
  const nonce = blake2b(concat(ephemeral, own), { dkLen: 24 })
  return boxCipher(ed25519.utils.toMontgomerySecret(account.secretKey), ephemeral, nonce).decrypt(box.subarray(32))
}

// --- Files: spec 10 §4.5, §6.2, §6.4 --------------------------------------------------------------------------------

/** Up to the next power of 1.05, at least 541 bytes. */
function padFile(bytes) {
  const step = Math.ceil(Math.log(bytes.length) / Math.log(1.05))
  const padded = new Uint8Array(Math.max(bytes.length, Math.min(10_000_000, Math.max(541, Math.floor(1.05 ** step)))))
  padded.set(bytes)
  return padded
}

/** Encrypts a file and brings it to a server. Gives the pointer that goes into a message. */
async function uploadFile(nodes, server, path) {
  const file = new Uint8Array(readFileSync(path))
  const [key, iv] = [new Uint8Array(randomBytes(64)), new Uint8Array(randomBytes(16))]
  const sealed = concat(iv, cbc(key.subarray(0, 32), iv).encrypt(padFile(file)))
  const blob = concat(sealed, hmac(sha256, key.subarray(32), sealed))
  const ask = (...request) => askServer(choosePath(nodes, {}), server, ...request)
  const stored = await ask('POST', '/file', blob)
  assert.equal(stored.code, 200)
  const { id } = JSON.parse(Buffer.from(stored.body).toString())
  const info = await ask('GET', `/file/${id}/info`)
  assert.equal(JSON.parse(Buffer.from(info.body).toString()).size, blob.length, 'the server did not keep all of it')
  const rest = encodeFields([
    [2, 'application/octet-stream'],
    [3, key],
    [4, file.length],
    [6, sha256(blob)],
    [7, basename(path)],
    [101, `${server.url.origin}/file/${id}#p=${server.ed25519}`],
  ])
  // The number of the file, which old servers gave: eight bytes that have to be there.
  return concat(varint((1 << 3) | 1), new Uint8Array(8), rest)
}

/** Fetches the file that a pointer names, verifies it and decrypts it. */
async function downloadFile(nodes, server, pointer) {
  const [key, size, digest] = [pointer.get(3), Number(pointer.get(4)), pointer.get(6)]
  const url = new URL(Buffer.from(pointer.get(101)).toString())
  assert.equal(url.origin, server.url.origin)
  assert.ok(url.hash.includes(`p=${server.ed25519}`), 'the address does not name the key of the server')
  const { code, body: blob } = await askServer(choosePath(nodes, {}), server, 'GET', url.pathname)
  assert.equal(code, 200)
  const [sealed, mac] = [blob.subarray(0, -32), blob.subarray(-32)]
  assert.deepEqual(hmac(sha256, key.subarray(32), sealed), new Uint8Array(mac), 'the file was changed')
  assert.deepEqual(sha256(blob), new Uint8Array(digest), 'this is another file')
  const padded = cbc(key.subarray(0, 32), sealed.subarray(0, 16)).decrypt(sealed.subarray(16))
  assert.ok(padded.length >= size, 'the file is shorter than the message says')
  return { name: Buffer.from(pointer.get(7)).toString(), bytes: padded.subarray(0, size) }
}

/** The bytes that are stored for somebody: text in a content, padded, signed, sealed, in an envelope, in a frame. */
function writeMessage(sender, recipientId, text, sentAt, pointer) {
  const profile = encodeFields([[1, 'Raw client']])
  const data = encodeFields([[1, text], ...(pointer === undefined ? [] : [[2, pointer]]), [101, profile]])
  const content = encodeFields([
    [1, data],
    [15, sentAt],
  ])
  const recipient = fromHex(recipientId.slice(2))
  const padded = pad(content)
  const signature = ed25519.sign(concat(padded, fromHex(sender.ed25519), recipient), sender.secretKey)
  const sealed = sealBox(concat(padded, fromHex(sender.ed25519), signature), recipient)
  const envelope = encodeFields([
    [1, 6],
    [5, sentAt],
    [7, 1],
    [8, sealed],
    // Everybody sends 64 bytes here, a signature or not, so that those who pay can't be told from those who don't.
    [11, new Uint8Array(randomBytes(64))],
  ])
  const request = encodeFields([
    [1, ''],
    [2, ''],
    [3, envelope],
    [4, 0],
  ])
  return encodeFields([
    [1, 1],
    [2, request],
  ])
}

/** Who wrote what and when, verified. `text` is undefined for anything that is not a text, such as a typing notice. */
function readMessage(recipient, bytes) {
  const envelope = decodeFields(decodeFields(decodeFields(bytes).get(2)).get(3))
  const inner = openBox(envelope.get(8), recipient)
  const [padded, signer, signature] = [inner.subarray(0, -96), inner.subarray(-96, -64), inner.subarray(-64)]
  const signed = concat(padded, signer, fromHex(recipient.id.slice(2)))
  assert.ok(ed25519.verify(signature, signed, signer), 'the signature of a message is wrong')
  const content = decodeFields(unpad(padded))
  assert.equal(content.get(15), envelope.get(5), 'a message and its envelope differ about the time')
  const data = content.has(1) ? decodeFields(content.get(1)) : new Map()
  const body = data.get(1)
  return {
    from: `05${hex(ed25519.utils.toMontgomery(signer))}`,
    sentAt: Number(envelope.get(5)),
    text: body === undefined ? undefined : Buffer.from(body).toString(),
    pointer: data.has(2) ? decodeFields(data.get(2)) : undefined,
  }
}

/**
 * Writes to somebody from a new account, with a file if there is one, and waits for the first text that comes back, or the first
 * file.
 */
async function talk(nodes, recipientId, text, pointer) {
  const account = createAccount()
  const call = async (owner, method, params) => {
    const node = anyOf(nodes.filter(({ swarm }) => swarm === swarmFor(owner, nodes)))
    const { status, body } = await askThroughOnion('aes-gcm', choosePath(nodes, node), node, { method, params })
    assert.equal(status, 200, `${method}: ${JSON.stringify(body)}`)
    return body
  }
  const sentAt = Date.now()
  await call(recipientId, 'store', {
    pubkey: recipientId,
    timestamp: sentAt,
    ttl: 14 * 86_400_000,
    data: base64(writeMessage(account, recipientId, text, sentAt, pointer)),
    namespace: 0,
  })
  process.stdout.write(`${account.id}\n`)
  for (const until = Date.now() + 60_000; Date.now() < until; await setTimeout(500)) {
    const timestamp = Date.now()
    const { messages } = await call(account.id, 'retrieve', {
      pubkey: account.id,
      pubkey_ed25519: account.ed25519,
      namespace: 0,
      last_hash: '',
      timestamp,
      signature: sign(account, `retrieve${timestamp}`),
    })
    const answers = messages
      .map(({ data }) => readMessage(account, fromBase64(data)))
      .filter(message => message.from === recipientId)
      .filter(message => (pointer === undefined ? message.text : message.pointer) !== undefined)
    if (answers.length > 0) return answers
  }
  throw new Error('nobody answered within a minute')
}

// --- The command line ---------------------------------------------------------------------------------------------

const [seed, recipientId, text = 'Hello', path, serverUrl, serverKey] = process.argv.slice(2)
if (seed === undefined) {
  process.stderr.write('Usage: node docs/examples/raw-client.mjs SEED_URL [ACCOUNT_ID [TEXT [PATH URL KEY]]]\n')
  process.exit(2)
}
const nodes = await fetchNodes(new URL(seed.endsWith('/') ? seed : `${seed}/`))
if (recipientId === undefined) {
  process.stdout.write(`${nodes.length} nodes in ${new Set(nodes.map(node => node.swarm)).size} swarms\n`)
  process.stdout.write(`${await playRound('directly', nodes, askDirectly)}\n`)
  for (const cipher of Object.keys(ciphers)) {
    const ask = (node, rpc) => askThroughOnion(cipher, choosePath(nodes, node), node, rpc)
    process.stdout.write(`${await playRound(`three hops, ${cipher}`, nodes, ask)}\n`)
  }
} else if (path === undefined) {
  for (const answer of await talk(nodes, recipientId, text)) process.stdout.write(`${answer.text}\n`)
} else {
  const server = {
    url: new URL(serverUrl),
    ed25519: serverKey,
    x25519: hex(ed25519.utils.toMontgomery(fromHex(serverKey))),
  }
  const [answer] = await talk(nodes, recipientId, text, await uploadFile(nodes, server, path))
  const { name, bytes } = await downloadFile(nodes, server, answer.pointer)
  process.stdout.write(`${name} ${bytes.length} ${hex(sha256(bytes))}\n`)
}
agent.destroy()
