import { createPublicKey, generateKeyPairSync, sign, verify } from 'node:crypto';
import { expect, test } from 'vitest';
import proofs from '../../schema/fixtures/v2/proofs.json' with { type: 'json' };
import { publicKeyShape } from '../../schema/protocol/enrol.ts';
import { entrySigningText, readmitSigningText } from '../../schema/signature.ts';
import { readCertificate } from './shop-key.ts';
import { verifySignature } from './verify-signature.ts';

const [deviceKey, shopKey] = [publicKeyShape.parse(proofs.deviceKey), publicKeyShape.parse(proofs.shopKey)];

test('[PRO2] [ENT16] the signatures and the certificate that version 2 recorded verify, for ever', () => {
  for (const { id, hash, signature } of proofs.entries) {
    expect(verifySignature(deviceKey, entrySigningText(id as never, hash as never), signature)).toBe(true);
    expect(verifySignature(shopKey, entrySigningText(id as never, hash as never), signature)).toBe(false);
  }
  const certified = readCertificate(shopKey, proofs.certificate);
  expect(certified).toMatchObject({ identity: { till: 'K1' }, publicKey: deviceKey });
  const text = readmitSigningText(certified?.identity.deviceId as never, proofs.credential);
  expect(verifySignature(deviceKey, text, proofs.readmission)).toBe(true);
});

test('[I12] what is no key and no signature is false, and never thrown', () => {
  const [{ id, hash, signature }] = proofs.entries as [{ id: never; hash: never; signature: string }];
  const text = entrySigningText(id, hash);
  for (const wrong of ['', 'x', signature.slice(1), `${signature}AA`, `A${signature.slice(1)}`, 'é'.repeat(86)]) {
    expect(verifySignature(deviceKey, text, wrong)).toBe(false);
  }
  expect(verifySignature({ ...deviceKey, x: 'A'.repeat(43) }, text, signature)).toBe(false);
});

test('[ENT16] a signature is judged as the machine judges r and s side by side, whatever bytes they are', () => {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const jwk = publicKeyShape.parse(publicKey.export({ format: 'jwk' }));
  const key = createPublicKey({ key: jwk, format: 'jwk' });
  const order = Buffer.from('ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551', 'hex');
  const halves = [
    Buffer.alloc(32),
    Buffer.alloc(32, 1),
    Buffer.alloc(32, 0xff),
    order,
    Buffer.concat([Buffer.alloc(31), Buffer.of(1)]),
  ];
  const given = Array.from({ length: 300 }, (_, n) => {
    // Of so many some begin with a zero, and half look negative.
    const text = `text ${n}`;
    const right = sign('sha256', Buffer.from(text), { key: privateKey, dsaEncoding: 'ieee-p1363' });
    const half = halves[n % halves.length] as Buffer;
    const odd = n % 2 === 0 ? [half, right.subarray(32)] : [right.subarray(0, 32), half];
    return { text, signatures: [right, Buffer.concat(odd), right.subarray(n % 64), Buffer.concat([right, half])] };
  });
  for (const { text, signatures } of given) {
    for (const one of signatures) {
      const expected = verify('sha256', Buffer.from(text), { key, dsaEncoding: 'ieee-p1363' }, one);
      expect(verifySignature(jwk, text, one.toString('base64url'))).toBe(expected);
    }
    expect(verifySignature(jwk, `${text}!`, (signatures[0] as Buffer).toString('base64url'))).toBe(false);
  }
});
