/** What is smaller is not worth the call, and in Node may share its memory with others. */
const leastBytes = 4096

/**
 * Gives the memory of large bytes back at once; afterwards they are empty, and so is every view of them. Otherwise a collection
 * has to find that they are of no use, and every 64 MB that wait for it begin one that looks through the whole heap. Nobody may
 * read or write them any more, not even the system: not before what is written to a socket has left. What is only a part of
 * its memory stays as it is. No spec: how memory is given back is ours.
 */
export function releaseBytes(bytes: Uint8Array): void {
  const { buffer, length } = bytes
  if (length >= leastBytes && buffer instanceof ArrayBuffer && buffer.byteLength === length) buffer.transfer(0)
}
