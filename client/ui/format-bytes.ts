/** Bytes as people say them: whole megabytes, gigabytes with one digit. Storage is counted in thousands, as on its box. */
export function formatBytes(bytes: number, language: string): string {
  const gigabytes = bytes >= 1e9;
  return new Intl.NumberFormat(language, {
    style: 'unit',
    unit: gigabytes ? 'gigabyte' : 'megabyte',
    maximumFractionDigits: gigabytes ? 1 : 0,
  }).format(bytes / (gigabytes ? 1e9 : 1e6));
}

/** A share from 0 to 1 as a percentage without fractions. */
export function formatShare(share: number, language: string): string {
  return new Intl.NumberFormat(language, { style: 'percent', maximumFractionDigits: 0 }).format(share);
}
