import { AsnConvert } from '@peculiar/asn1-schema';
import {
  GeneralName,
  GeneralSubtree,
  GeneralSubtrees,
  id_ce_nameConstraints,
  NameConstraints,
} from '@peculiar/asn1-x509';
import type { HostScope } from './host-scope.ts';
import { Extension, type X509Certificate } from './x509.ts';

/** A scope in a certificate (RFC 5280 §4.2.1.10), critical: who cannot enforce it refuses the CA. */
export function scopeToExtension({ names, ranges }: HostScope): Extension {
  const permitted = [
    ...names.map((dNSName) => new GeneralName({ dNSName })),
    ...ranges.map((iPAddress) => new GeneralName({ iPAddress })),
  ];
  const permittedSubtrees = new GeneralSubtrees(permitted.map((base) => new GeneralSubtree({ base })));
  return new Extension(id_ce_nameConstraints, true, AsnConvert.serialize(new NameConstraints({ permittedSubtrees })));
}

/** The scope written in a CA's certificate; an empty one where there is none. */
export function certificateToScope(certificate: X509Certificate): HostScope {
  const extension = certificate.getExtension(id_ce_nameConstraints);
  const parsed = extension ? AsnConvert.parse(extension.value, NameConstraints) : undefined;
  const permitted = [...(parsed?.permittedSubtrees ?? [])].map(({ base }) => base);
  return {
    names: permitted.flatMap(({ dNSName }) => dNSName ?? []),
    ranges: permitted.flatMap(({ iPAddress }) => iPAddress ?? []),
  };
}
