import type { DeviceIdentity, PublicKey } from '../../schema/protocol/enrol.ts';

/** True when the shop's key signed this certificate (a compact JWS, ES256) for this device. Never rejects. */
export async function isCertified(
  subtle: SubtleCrypto,
  shopKey: PublicKey,
  certificate: string,
  { deviceId, till, branch, generation }: DeviceIdentity,
): Promise<boolean> {
  const [header = '', payload = '', signature = ''] = certificate.split('.');
  try {
    const key = await subtle.importKey('jwk', shopKey, ES256, false, ['verify']);
    const signed = new TextEncoder().encode(`${header}.${payload}`);
    if (!(await subtle.verify(ES256, key, bytesOf(signature), signed))) return false;
    const says = JSON.parse(new TextDecoder().decode(bytesOf(payload))) as Partial<DeviceIdentity>;
    const claims = { deviceId, till, branch, generation };
    return Object.entries(claims).every(([name, value]) => says[name as keyof typeof claims] === value);
  } catch {
    return false;
  }
}

const ES256 = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' } as const;

function bytesOf(base64url: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(atob(base64url.replace(/-/g, '+').replace(/_/g, '/')), (char) => char.charCodeAt(0));
}
