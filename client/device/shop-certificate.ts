import { type DeviceIdentity, type PublicKey, publicKeyShape } from '../../schema/protocol/enrol.ts';

/** True when the shop's key signed this certificate (a compact JWS, ES256) for this device. Never rejects. */
export async function isCertified(
  subtle: SubtleCrypto,
  shopKey: PublicKey,
  certificate: string,
  { deviceId, till, branch, generation }: DeviceIdentity,
): Promise<boolean> {
  return (await readCertificate(subtle, shopKey, certificate, { deviceId, till, branch, generation })) !== null;
}

/** The key of the device that the shop's key certified; null where it did not, or for another one. Never rejects. */
export async function certifiedKey(
  subtle: SubtleCrypto,
  shopKey: PublicKey,
  certificate: string,
  device: Pick<DeviceIdentity, 'deviceId'>,
): Promise<PublicKey | null> {
  const says = await readCertificate(subtle, shopKey, certificate, device);
  return publicKeyShape.safeParse(says?.publicKey).data ?? null;
}

/** True when the key made this signature (64 bytes in base64url) over the text. Never rejects. */
export async function isSignedBy(
  subtle: SubtleCrypto,
  { kty, crv, x, y }: PublicKey,
  text: string,
  signature: string,
): Promise<boolean> {
  try {
    const key = await subtle.importKey('jwk', { kty, crv, x, y }, ES256, false, ['verify']);
    return await subtle.verify(ES256, key, bytesOf(signature), new TextEncoder().encode(text));
  } catch {
    return false;
  }
}

interface Says extends Partial<DeviceIdentity> {
  readonly publicKey?: unknown;
}

async function readCertificate(
  subtle: SubtleCrypto,
  shopKey: PublicKey,
  certificate: string,
  claims: Partial<DeviceIdentity>,
): Promise<Says | null> {
  const [header = '', payload = '', signature = ''] = certificate.split('.');
  if (!(await isSignedBy(subtle, shopKey, `${header}.${payload}`, signature))) return null;
  try {
    const says = JSON.parse(new TextDecoder().decode(bytesOf(payload))) as Says;
    const isItself = Object.entries(claims).every(([name, value]) => says[name as keyof Says] === value);
    return isItself ? says : null;
  } catch {
    return null;
  }
}

const ES256 = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' } as const;

function bytesOf(base64url: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(atob(base64url.replace(/-/g, '+').replace(/_/g, '/')), (char) => char.charCodeAt(0));
}
