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
