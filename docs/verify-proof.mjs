#!/usr/bin/env node
// Checks, without the platform, that one case stands in the signed history of a Gongzhi installation.
//
//   node verify-proof.mjs proof.json [public-key.pem]
//
// proof.json   what the platform gave out: "Download proof" on the page of the request.
// public-key   the key as you got it earlier or from somebody you trust (/api/public/history/key). Without it the key in
//              the proof is used: then you learn that the proof is whole, but not who signed it.
//
// What is checked: the case's entry is hashed to a leaf, the leaf and its neighbours up to the root of the Merkle tree
// (RFC 9162), the root stands in the checkpoint, and the checkpoint carries the signature of the key (Ed25519).
import { createHash, createPublicKey, verify } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';

const sha256 = (...parts) => createHash('sha256').update(Buffer.concat(parts)).digest();
const fail = (why) => {
  console.error(`DOES NOT HOLD: ${why}`);
  process.exit(1);
};

const [file, keyFile] = process.argv.slice(2);
if (!file) {
  console.error('usage: node verify-proof.mjs proof.json [public-key.pem]');
  process.exit(2);
}
const proof = JSON.parse(readFileSync(file, 'utf8'));
if (proof.format !== 'gongzhi-proof/1') fail(`unknown format ${proof.format}`);

// The checkpoint: whose log, how many entries, root, time; an empty line; the signature.
const note = /^(gongzhi\/\d+)\n(\d+)\n(\S{44})\ntime (\S+)\n\n— \1 ([0-9a-f]{16}) (\S+)\n$/.exec(proof.checkpoint);
if (!note) fail('the checkpoint is not one');
const [, origin, sizeText, rootText, time, keyId, signature] = note;
const size = Number(sizeText);
const body = Buffer.from(proof.checkpoint.slice(0, proof.checkpoint.indexOf('\n\n') + 1));
if (origin !== `gongzhi/${proof.tenant}`) fail('the checkpoint belongs to another log');

// The leaf: one line a field, hashed behind a zero byte.
const { id, version, head, number } = proof.case;
const entry = `gongzhi-leaf/1\n${proof.tenant}\ncase\n${id}\n${version}\n${head}\n`;
let hash = sha256(Buffer.from([0]), Buffer.from(entry));

// The way up: in each subtree the neighbour is the half that does not hold the leaf.
const sides = [];
for (let [from, to] = [0, size]; to - from > 1; ) {
  let half = 1;
  while (half * 2 < to - from) half *= 2;
  const left = proof.index < from + half;
  sides.unshift(left ? 'right' : 'left');
  if (left) to = from + half;
  else from += half;
}
if (!(proof.index >= 0 && proof.index < size)) fail('the place is outside the log');
if (sides.length !== proof.proof.length) fail('the proof has the wrong length');
for (const [at, side] of sides.entries()) {
  const neighbour = Buffer.from(proof.proof[at], 'base64');
  hash = side === 'right' ? sha256(Buffer.from([1]), hash, neighbour) : sha256(Buffer.from([1]), neighbour, hash);
}
if (hash.toString('base64') !== rootText) fail('the case is not under the root of the checkpoint');

// The signature, by the key you brought or the one in the proof.
const pem = keyFile ? readFileSync(keyFile, 'utf8') : proof.publicKey;
const key = createPublicKey(pem);
const fingerprint = createHash('sha256')
  .update(key.export({ type: 'spki', format: 'der' }))
  .digest('hex')
  .slice(0, 16);
if (fingerprint !== keyId) fail(`signed by key ${keyId}, not by ${fingerprint}`);
if (proof.algorithm === 'SM2') {
  // Node cannot give OpenSSL the identity that SM2 hashes first; OpenSSL itself can.
  writeFileSync('checkpoint.body', body);
  writeFileSync('checkpoint.sig', Buffer.from(signature, 'base64'));
  writeFileSync('checkpoint.pem', pem);
  console.log('The case is under the root. The signature is SM2; check it with OpenSSL 3:');
  console.log('  openssl dgst -sm3 -verify checkpoint.pem -sigopt distid:1234567812345678 \\');
  console.log('    -signature checkpoint.sig checkpoint.body');
  process.exit(3);
}
if (!verify(null, body, key, Buffer.from(signature, 'base64'))) fail('the signature is wrong');
console.log(`${number}, version ${version}: holds`);
console.log(
  `entry ${proof.index} of ${size}, signed ${time} by key ${keyId}${keyFile ? '' : ' (the key in the proof)'}`,
);
